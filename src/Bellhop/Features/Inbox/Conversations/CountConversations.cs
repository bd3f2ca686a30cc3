using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Inbox;

/// <summary>
/// How many conversations there are of each kind that staff look for. Above <see cref="Most"/> it does not count on.
/// </summary>
public static class CountConversations
{
    public const int Most = 99;

    /// <param name="Waiting">Open ones in which a guest waits for an answer.</param>
    /// <param name="Mine">Open ones that the actor has.</param>
    /// <param name="Unassigned">Open ones that nobody has.</param>
    public sealed record Row(int Open, int Waiting, int Mine, int Unassigned, int Snoozed);

    /// <param name="propertyIds">Only at these properties; null for all that the actor sees.</param>
    /// <exception cref="Refusal">403; 404 for a property that the actor does not see.</exception>
    public static async Task<Row> Run(IReadOnlyList<Guid>? propertyIds, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ConversationsView);
        var at = await VisibleProperties.Of(propertyIds, who, db, cancel);
        var open = ConversationFilter.IsOpen(db.Now);
        var row = await db.ReadFirst(
            $"""
            SELECT {Count(at, who, open)}, {Waiting(at, who, open)}, {Count(at, who, $"{open} AND c.assignee_id = {who.Id}")},
                {Count(at, who, $"{open} AND c.assignee_id IS NULL")}, {Count(at, who, ConversationFilter.IsSnoozed(db.Now))}
            """,
            row => new Row((int)row.Long(), (int)row.Long(), (int)row.Long(), (int)row.Long(), (int)row.Long()),
            cancel
        );
        return row ?? new(0, 0, 0, 0, 0);
    }

    /// <summary>How many guests wait for an answer, as the navigation shows it.</summary>
    internal static async Task<int> OfWaiting(Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ConversationsView);
        var number = await db.Read(
            $"SELECT {Waiting(who.Properties, who, ConversationFilter.IsOpen(db.Now))}",
            row => (int)row.Long(),
            cancel
        );
        return number[0];
    }

    private static Sql Waiting(IReadOnlyCollection<Guid>? at, Actor who, Sql open) => Count(at, who, $" AND c.waiting_empty = 0{open}");

    private static Sql Count(IReadOnlyCollection<Guid>? at, Actor who, Sql which) =>
        $"""
            (SELECT count(*) FROM (SELECT 1 FROM conversations c
                WHERE c.organization_id = {who.OrganizationId}{Sql.AndIn($"c.property_id", at)}{which}{SqlDialect.Limit(Most + 1)}) x)
            """;
}
