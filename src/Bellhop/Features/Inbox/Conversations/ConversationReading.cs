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

        return (search.IsCommon ? await WalkAWhile(parts, search.Tests, cancel) : null)
            ?? await Find(
                $"({found}) f{db.Dialect.JoinAfter}conversations c ON c.id = f.id",
                $"{where}{search.Others}{GoesOn(after)}",
                newest ? ByLast : Both,
                most,
                cancel
            );
    }

    private sealed record Part(Sql Where, Sql Order, Sql Column, bool IsDescending);

    /// <summary>The list, or its two parts, each in the order of an index, from a place on.</summary>
    private IEnumerable<Part> Parts(string? after)
    {
        if (newest)
        {
            yield return new(Below(Place.Read(after)), ByLast, $"c.last_at", true);
            yield break;
        }

        var isPast = after?.StartsWith(Rests, StringComparison.Ordinal) == true;
        if (!isPast)
        {
            yield return new($" AND c.waiting_empty = 0{Above(Place.Read(after?[1..]))}", BySince, $"c.waiting_since", false);
        }

        yield return new($" AND c.waiting_empty = 1{Below(isPast ? Place.Read(after![1..]) : null)}", ByLast, $"c.last_at", true);
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
                rows.AddRange(
                    tests is null
                        ? await List(part, most - rows.Count, cancel)
                        : await Find($"conversations c", $"{where}{part.Where}{tests}", part.Order, most - rows.Count, cancel)
                );
            }
        }

        return rows;
    }

    /// <summary>The rows, or null where so many conversations that do not match come first that it would take long.</summary>
    private async Task<IReadOnlyList<ConversationRow>?> WalkAWhile(IEnumerable<Part> parts, Sql tests, CancellationToken cancel)
    {
        var rows = new List<ConversationRow>();
        foreach (var part in parts)
        {
            var last = await Ahead(part, cancel);
            Sql until =
                last is not { } place ? Sql.None
                : part.IsDescending ? Sql.Of($" AND ({part.Column}, c.id) >= ({place.At}, {place.Id})")
                : $" AND ({part.Column}, c.id) <= ({place.At}, {place.Id})";
            rows.AddRange(await Find($"conversations c", $"{where}{part.Where}{until}{tests}", part.Order, most - rows.Count, cancel));
            if (rows.Count == most)
            {
                return rows;
            }

            if (last is not null)
            {
                return null;
            }
        }

        return rows;
    }

    /// <summary>The place to which a reading is patient; null where the part ends before.</summary>
    private async Task<Place?> Ahead(Part part, CancellationToken cancel)
    {
        var places = await db.Read(
            $"""
            SELECT {part.Column}, c.id FROM conversations c{ConversationRow.Mine(who)}{where}{part.Where}
            ORDER BY {part.Order} LIMIT 1 OFFSET {ConversationSearch.Patience:fixed}
            """,
            row => new Place(row.Instant(), row.Id()),
            cancel
        );
        return places.Count == 0 ? null : places[0];
    }

    /// <summary>One statement. It has no words to look for, so PostgreSQL keeps its plan.</summary>
    /// <remarks>The limit stands in the text: with a parameter, PostgreSQL would plan each reading anew.</remarks>
    private Task<List<ConversationRow>> List(Part part, int limit, CancellationToken cancel) =>
        Shown(
            $"""
            (SELECT c.id FROM conversations c{ConversationRow.Mine(who)}{where}{part.Where} ORDER BY {part.Order} LIMIT {limit:fixed}) x
            {db.Dialect.JoinAfter}conversations c ON c.organization_id = {who.OrganizationId} AND c.id = x.id{ConversationRow.Joined(who)}
            """,
            part.Order,
            cancel
        );

    /// <summary>
    /// First which, by the order alone; then what is shown of those. PostgreSQL plans a search anew for its words, and tables beside would
    /// make that take longer than the search.
    /// </summary>
    private async Task<IReadOnlyList<ConversationRow>> Find(Sql from, Sql conditions, Sql order, int limit, CancellationToken cancel)
    {
        var ids = await db.Read(
            $"SELECT c.id FROM {from}{ConversationRow.Mine(who)}{conditions} ORDER BY {order} LIMIT {limit:fixed}",
            row => row.Id(),
            cancel
        );
        return ids.Count == 0
            ? []
            : await Shown(
                $"""
                conversations c{ConversationRow.Joined(who)}
                WHERE c.organization_id = {who.OrganizationId} AND {db.Dialect.Among($"c.id", ids)}
                """,
                order,
                cancel
            );
    }

    private Task<List<ConversationRow>> Shown(Sql from, Sql order, CancellationToken cancel)
    {
        var now = db.Now;
        return db.Read($"SELECT {ConversationRow.Columns} FROM {from} ORDER BY {order}", row => ConversationRow.Of(row, now), cancel);
    }
}
