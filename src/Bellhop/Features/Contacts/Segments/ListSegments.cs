using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Contacts.Segments;

/// <summary>
/// The shared segments and one's own, by name. Of two with one name the shared one is first. They have no counts, because each count would
/// query all contacts.
/// </summary>
public static class ListSegments
{
    private const int MostNames = 200;
    private const char Shared = '+';
    private const char Own = '-';

    /// <exception cref="Refusal">403 without contacts.view; 400 for an invalid limit or cursor.</exception>
    public static async Task<Page<SegmentRow>> Run(PageQuery query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        query.Refuse();
        var binding = $"segments/{who.OrganizationId}/{who.Id:N}";
        var segments = db.Segments.AsNoTracking().VisibleTo(who);
        if (query.After(cursors, binding) is { } after)
        {
            var (key, wasShared) = (after[1..], after[0] == Shared);
            segments = segments.Where(s =>
                string.Compare(s.NameKey, key) > 0 || (wasShared && s.NameKey == key && s.ListedFor != Guid.Empty)
            );
        }

        var found = await segments.OrderBy(s => s.NameKey).ThenBy(s => s.ListedFor != Guid.Empty).Take(query.Limit + 1).ToListAsync(cancel);
        var page = query.Page(found, s => (s.IsShared ? Shared : Own) + s.NameKey, cursors, binding);
        var rows = new List<SegmentRow>();
        foreach (var segment in page.Items)
        {
            rows.Add(await SegmentRow.Of(segment, null, db, cancel));
        }

        return new(rows, page.NextCursor);
    }

    /// <summary>The first segments by name, to choose from.</summary>
    public static async Task<IReadOnlyList<SegmentName>> Names(Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        return await db
            .Segments.AsNoTracking()
            .VisibleTo(who)
            .OrderBy(s => s.NameKey)
            .ThenBy(s => s.ListedFor != Guid.Empty)
            .Take(MostNames)
            .Select(s => new SegmentName(s.Id, s.Name, s.ListedFor == Guid.Empty))
            .ToListAsync(cancel);
    }
}

/// <summary>One segment, with the number of contacts that match it now.</summary>
public static class GetSegment
{
    /// <exception cref="Refusal">403 without contacts.view; 404 also for another person's own segment.</exception>
    public static async Task<Saved<SegmentRow>> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        var segment = await Find(id, who, db, cancel);
        var row = await SegmentRow.Of(segment, null, db, cancel);
        return new(row with { Count = await LiveSegment.Count(row.Rules, who, db, cancel) }, segment.UpdatedAt);
    }

    /// <exception cref="Refusal">404 when the actor sees no such segment.</exception>
    internal static async Task<Segment> Find(Guid id, Actor who, BellhopDb db, CancellationToken cancel) =>
        await db.Segments.VisibleTo(who).SingleOrDefaultAsync(s => s.Id == id, cancel) ?? throw Refusal.NotThere("segment", id);

    /// <summary>The segment's conditions. The SQL is written by hand, because it runs before every list over a segment.</summary>
    /// <exception cref="Refusal">404 when the actor sees no such segment.</exception>
    internal static async Task<SegmentRule> Rules(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var conditions = await db.ReadFirst(
            $"""
            SELECT conditions FROM segments
            WHERE organization_id = {who.OrganizationId} AND id = {id} AND listed_for IN ({Guid.Empty}, {who.Id})
            """,
            row => row.Text(),
            cancel
        );
        return conditions is { } text
            ? await StoredRules.Read(text, who.OrganizationId, db, cancel)
            : throw Refusal.NotThere("segment", id);
    }

    /// <summary>The segment's name; null when the filter names none.</summary>
    /// <exception cref="Refusal">404 when the actor sees no such segment.</exception>
    internal static async Task<string?> Name(Guid? id, Actor who, BellhopDb db, CancellationToken cancel) =>
        id is { } some ? (await Find(some, who, db, cancel)).Name : null;
}
