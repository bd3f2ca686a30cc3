using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Inbox;

/// <summary>Reads a part of the list of conversations off its indexes.</summary>
/// <param name="where">The conditions on the conversations <c>c</c>, each after its AND.</param>
/// <param name="newest">The newest first; else who waits longest first, and then who does not wait, the newest first.</param>
/// <param name="most">So many rows are read.</param>
internal sealed class ConversationReading(Sql where, bool newest, int most, Actor who, BellhopDb db)
{
    // A place by waiting says first in which part it stands.
    private const string Waits = "w",
        Rests = "-";

    private static readonly Sql ByLast = $"c.last_at DESC, c.id DESC",
        BySince = $"c.waiting_since, c.id",
        Both =
            $"""
                c.waiting_empty, c.waiting_since, CASE WHEN c.waiting_empty = 1 THEN c.last_at END DESC,
                    CASE WHEN c.waiting_empty = 0 THEN c.id END, c.id DESC
                """;

    /// <summary>Where the list goes on after a row.</summary>
    public string PlaceOf(ConversationRow row) =>
        newest ? Place.Write(row.Shown.LastAt, row.Id)
        : row.WaitingSince is { } since ? Waits + Place.Write(since, row.Id)
        : Rests + Place.Write(row.Shown.LastAt, row.Id);

    /// <param name="after">The place to go on after; null for the beginning.</param>
    /// <param name="search">The words to look for; null for none.</param>
    /// <param name="cancel">Stops the reading.</param>
    public async Task<IReadOnlyList<ConversationRow>> Run(string? after, ConversationSearch? search, CancellationToken cancel)
    {
        var parts = Parts(after).ToList();
        if (search is not { Found: { } found })
        {
            return await Walk(parts, search?.Tests, cancel);
        }

        foreach (var patience in search.Walks)
        {
            if (await WalkAWhile(parts, search.Tests, patience, cancel) is { } rows)
            {
                return rows;
            }
        }

        return await Find(found, $"{where}{search.Others}{GoesOn(after)}", newest ? ByLast : Both, cancel);
    }

    internal sealed record Part(Sql Where, Sql Order);

    /// <summary>The list, or its two parts, each in the order of an index, from a place on.</summary>
    internal IEnumerable<Part> Parts(string? after)
    {
        if (newest)
        {
            yield return new(Below(Place.Read(after)), ByLast);
            yield break;
        }

        var isPast = after?.StartsWith(Rests, StringComparison.Ordinal) == true;
        if (!isPast)
        {
            yield return new($" AND c.waiting_empty = 0{Above(Place.Read(after?[1..]))}", BySince);
        }

        yield return new($" AND c.waiting_empty = 1{Below(isPast ? Place.Read(after![1..]) : null)}", ByLast);
    }

    /// <summary>The condition that a row comes after a place, whatever the part.</summary>
    private Sql GoesOn(string? after) =>
        after is null ? Sql.None
        : newest ? Below(Place.Read(after))
        : after.StartsWith(Waits, StringComparison.Ordinal) && Place.Read(after[1..]) is { } place
            ? Sql.Of($" AND (c.waiting_empty = 1 OR (c.waiting_since, c.id) > ({place.At}, {place.Id}))")
        : $" AND c.waiting_empty = 1{Below(Place.Read(after[1..]))}";

    private static Sql Above(Place? place) => place is { } p ? $" AND (c.waiting_since, c.id) > ({p.At}, {p.Id})" : Sql.None;

    private static Sql Below(Place? place) => place is { } p ? $" AND (c.last_at, c.id) < ({p.At}, {p.Id})" : Sql.None;

    private async Task<IReadOnlyList<ConversationRow>> Walk(IEnumerable<Part> parts, Sql? tests, CancellationToken cancel)
    {
        var rows = new List<ConversationRow>();
        foreach (var part in parts)
        {
            if (rows.Count < most)
            {
                rows.AddRange(await Shown(InOrder(part, tests, null, most - rows.Count), part.Order, cancel));
            }
        }

        return rows;
    }

    /// <summary>The rows, or null where so many conversations that do not match come first that it would take long.</summary>
    private async Task<IReadOnlyList<ConversationRow>?> WalkAWhile(
        IEnumerable<Part> parts,
        Sql tests,
        int patience,
        CancellationToken cancel
    )
    {
        var rows = new List<ConversationRow>();
        foreach (var part in parts)
        {
            rows.AddRange(await Shown(InOrder(part, tests, patience, most - rows.Count), part.Order, cancel));
            if (rows.Count == most)
            {
                return rows;
            }

            if (await db.Any($"{Of(part)} LIMIT 1 OFFSET {patience:fixed}", cancel))
            {
                return null;
            }
        }

        return rows;
    }

    private Sql Of(Part part) =>
        $"SELECT c.id, c.organization_id, c.contact_id FROM conversations c{ConversationRow.Mine(who)}{where}{part.Where}";

    /// <summary>A SELECT of the ids of the first conversations of a part that pass the tests.</summary>
    /// <remarks>The limits stand in the text: with a parameter, PostgreSQL would plan each reading anew.</remarks>
    /// <param name="part">The part of the list.</param>
    /// <param name="tests">The conditions, each after its AND; null for none.</param>
    /// <param name="patience">Only so many conversations are tested; null for all.</param>
    /// <param name="limit">So many are read at most.</param>
    internal Sql InOrder(Part part, Sql? tests, int? patience, int limit)
    {
        Sql ids = patience is { } tested
            ? Sql.Of($"SELECT c.id FROM ({Of(part)} ORDER BY {part.Order} LIMIT {tested:fixed}) c WHERE 1 = 1{tests ?? Sql.None}")
            : $"{Of(part)}{tests ?? Sql.None} ORDER BY {part.Order}";
        return $"{ids} LIMIT {limit:fixed}";
    }

    /// <summary>
    /// First which, by the order alone; then what is shown of those. PostgreSQL plans a look-up anew for its words, and tables beside
    /// would make that take longer than the look-up.
    /// </summary>
    private async Task<IReadOnlyList<ConversationRow>> Find(Sql found, Sql conditions, Sql order, CancellationToken cancel)
    {
        var ids = await db.Read(
            $"""
            SELECT c.id FROM ({found}) f{db.Dialect.JoinAfter}conversations c ON c.id = f.id{ConversationRow.Mine(who)}{conditions}
            ORDER BY {order} LIMIT {most:fixed}
            """,
            row => row.Id(),
            cancel
        );
        return ids.Count == 0 ? [] : await Shown(db.Dialect.Listed(ids), order, cancel);
    }

    private Task<List<ConversationRow>> Shown(Sql ids, Sql order, CancellationToken cancel)
    {
        var now = db.Now;
        return db.Read(Showing(ids, order), row => ConversationRow.Of(row, now), cancel);
    }

    /// <param name="ids">A SELECT of the conversations' ids. They are read first: no table is read for one that is not shown.</param>
    /// <param name="order">The order to show them in.</param>
    internal Sql Showing(Sql ids, Sql order) =>
        $"""
            SELECT {ConversationRow.Columns} FROM ({ids}) x
            {db.Dialect.JoinAfter}conversations c ON c.organization_id = {who.OrganizationId} AND c.id = x.id{ConversationRow.Joined(who)}
            ORDER BY {order}
            """;
}
