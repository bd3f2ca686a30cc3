using System.Globalization;
using System.Text;
using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts.Segments;

/// <summary>
/// A segment's conditions as SQL. Each is built in the same way as the list's, with its own parameter names. When a guest lacks the
/// compared value, the condition is unknown to the database, and a group takes that as false. No group is ever negated here.
/// </summary>
internal sealed class SegmentQuery(Reporting house, ContactScope scope, BellhopDb db)
{
    // Columns are only compared, never read in order.
    private const string NoSort = "-";

    private readonly DateOnly _today = db.Now.DayIn(Clock.Zone(house.TimeZone)!);
    private int _asked;

    /// <summary>The values of the parameters in the SQL.</summary>
    public List<(string Name, object? Value)> Values { get; } = [];

    /// <summary>
    /// Splits a filter with a segment. Plain has what one filter can ask, including segment conditions that must all hold; Beside is the
    /// rest of the segment.
    /// </summary>
    public (ContactFilter Plain, SegmentRule? Beside) Split(ContactFilter filter, SegmentRule segment)
    {
        var rest = new List<SegmentRule>();
        foreach (var rule in Every(segment))
        {
            if (rule is RuleLeaf leaf && filter.And(Fit(leaf.Asks)) is { } both)
            {
                filter = both;
            }
            else
            {
                rest.Add(rule);
            }
        }

        return (filter, rest.Count == 0 ? null : new RuleGroup(true, rest));
    }

    /// <summary>SQL of a condition on <c>c</c> and <c>f</c>, in brackets.</summary>
    public async Task<string> Text(SegmentRule rule, CancellationToken cancel)
    {
        if (rule is RuleLeaf leaf)
        {
            return await Text(leaf.Asks, cancel);
        }

        var (group, texts) = ((RuleGroup)rule, new List<string>());
        foreach (var member in group.Of)
        {
            texts.Add(await Text(member, cancel));
        }

        return $"({string.Join(group.All ? " AND " : " OR ", texts)})";
    }

    private async Task<string> Text(ContactFilter asks, CancellationToken cancel)
    {
        var question = await ContactQuery.OfRule(Fit(asks), house, scope, db, cancel);
        var sql = new StringBuilder("(1 = 1");
        ContactSql.WhereConditions(sql, db, question.CriteriaOver(scope), NoSort);
        var mine = string.Create(CultureInfo.InvariantCulture, $"s{_asked++}_");
        Values.AddRange(question.Values.Select(v => (mine + v.Name, v.Value)));
        return sql.Append(')').Replace("@", "@" + mine).Replace($"@{mine}organization", "@organization").ToString();
    }

    private static IEnumerable<SegmentRule> Every(SegmentRule rule) =>
        rule switch
        {
            RuleGroup { All: true } group => group.Of.SelectMany(Every),
            RuleGroup { Of: [var only] } => Every(only),
            _ => [rule],
        };

    /// <summary>
    /// Computes days as of today, and rounds amounts to whole minor units of the organisation's currency, which may be another by now.
    /// </summary>
    private ContactFilter Fit(ContactFilter asks) => SpentField.Fit(asks.AsOf(_today), house.Currency);
}
