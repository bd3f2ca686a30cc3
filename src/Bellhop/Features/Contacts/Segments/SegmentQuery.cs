using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts.Segments;

/// <summary>
/// A segment's conditions as SQL. Each is built in the same way as the list's, with its own values. When a guest lacks the compared value,
/// the condition is unknown to the database, and a group takes that as false. No group is ever negated here.
/// </summary>
internal sealed class SegmentQuery(Reporting house, ContactScope scope, BellhopDb db)
{
    private readonly DateOnly _today = db.Now.DayIn(Clock.Zone(house.TimeZone)!);

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

    /// <summary>A condition on <c>c</c> and <c>f</c>, in brackets, with its values.</summary>
    public async Task<Sql> Holds(SegmentRule rule, CancellationToken cancel)
    {
        if (rule is RuleLeaf leaf)
        {
            var question = await ContactQuery.OfRule(Fit(leaf.Asks), house, scope, db, cancel);

            // Columns are only compared: the list is not read in the order of any of them.
            var more = question.Segment is { } own ? $" AND {own}" : Sql.None;
            Sql conditions = $"(1 = 1{ContactSql.WhereConditions(db.Dialect, question.CriteriaOver(scope))}{more})";
            return conditions.With(new GuestValues(scope, question));
        }

        var (group, members) = ((RuleGroup)rule, new List<Sql>());
        foreach (var member in group.Of)
        {
            members.Add(await Holds(member, cancel));
        }

        return $"({Sql.Join(group.All ? " AND " : " OR ", members)})";
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
