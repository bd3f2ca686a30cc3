using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts.Segments;

/// <summary>Explains why a guest is in a segment or not. Each condition is asked for this guest with the SQL of the list.</summary>
public static class ExplainSegment
{
    /// <param name="Matches">Whether the guest is in the segment.</param>
    /// <param name="Conditions">The segment's conditions, each with its own <c>matches</c>.</param>
    public sealed record Row(bool Matches, JsonNode Conditions)
    {
        [JsonIgnore]
        public Verdict Verdict { get; init; } = new(new RuleLeaf(ContactFilter.None), false, []);
    }

    /// <param name="Rule">A condition or a group.</param>
    /// <param name="Holds">Whether it is true for the guest.</param>
    /// <param name="Of">The verdicts of a group's members.</param>
    public sealed record Verdict(SegmentRule Rule, bool Holds, IReadOnlyList<Verdict> Of)
    {
        public JsonObject ToJson()
        {
            var json = Rule is RuleGroup group
                ? new JsonObject { [group.All ? "all" : "any"] = new JsonArray([.. Of.Select(v => v.ToJson())]) }
                : Rule.ToJson();
            json["matches"] = Holds;
            return json;
        }
    }

    /// <exception cref="Refusal">403 without contacts.view; 404 for a segment or a contact that the actor does not see.</exception>
    public static async Task<Row> Run(Guid id, Guid contactId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        var scope = await ContactScope.Of(new(SegmentId: id), who, db, cancel);
        var rules = scope.Segment!.Apart();
        var answers = scope.IsEmpty ? null : await Ask([.. rules.Leaves()], contactId, scope, db, cancel);
        var verdict = Judge(rules, new(answers ?? throw Refusal.NotThere("contact", contactId)));
        return new(verdict.Holds, verdict.ToJson()) { Verdict = verdict };
    }

    private static Verdict Judge(SegmentRule rule, Queue<bool> answers)
    {
        if (rule is not RuleGroup group)
        {
            return new(rule, answers.Dequeue(), []);
        }

        var members = group.Of.Select(r => Judge(r, answers)).ToList();
        return new(rule, group.All ? members.TrueForAll(v => v.Holds) : members.Exists(v => v.Holds), members);
    }

    /// <summary>One answer for each rule, in their order; null when there is no such guest.</summary>
    internal static async Task<IReadOnlyList<bool>?> Ask(
        IReadOnlyList<SegmentRule> rules,
        Guid contactId,
        ContactScope scope,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var asked = new SegmentQuery(await Reporting.Of(scope.OrganizationId, db, cancel), scope, db);
        var answers = new List<Sql>();
        foreach (var rule in rules)
        {
            answers.Add($", CASE WHEN {await asked.Holds(rule, cancel)} THEN 1 ELSE 0 END");
        }

        Sql sql = $"SELECT 1{Sql.Join("", answers)}{ContactSql.FromGuest(scope.Scope)}{ContactSql.WhereGuest(scope.Scope)}";
        return await db.ReadFirst(
            sql.With(new GuestValues(scope, ContactQuery.None) { Contact = contactId }),
            row =>
            {
                row.Skip(1);
                return rules.Select(_ => row.Number() == 1).ToList();
            },
            cancel
        );
    }
}
