using Bellhop.Data;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Contacts.Views;

/// <summary>How the person who asks sees a list.</summary>
public static class SeeView
{
    /// <exception cref="Refusal">403 for a key; 404 for a list that has no views.</exception>
    public static async Task<Saved<ViewRow>> Run(string list, Actor who, BellhopDb db, CancellationToken cancel)
    {
        SeeMe.Demand(who);
        ViewRules.DemandList(list);
        var (view, version) = await Read(list, who, db, cancel);
        return new(view.Row, version);
    }

    /// <summary>The view of the guest list for its page; the usual one for whoever is no person.</summary>
    internal static async Task<PageView> OfPage(Actor who, BellhopDb db, CancellationToken cancel) =>
        who.Kind == ActorKind.User ? (await Read(ViewRules.Contacts, who, db, cancel)).View : PageView.Usual;

    private static async Task<(PageView View, DateTime Version)> Read(string list, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var stored = await db.ReadFirst(
            $"""
            SELECT columns, dense, tabs, updated_at FROM list_views
            WHERE organization_id = {who.OrganizationId} AND user_id = {who.Id} AND list = {list}
            """,
            row => new ListView
            {
                List = list,
                Columns = row.Text(),
                Dense = row.Flag(),
                Tabs = GuidText.Read(row.Text()),
                UpdatedAt = row.Instant(),
            },
            cancel
        );
        return stored is null ? (PageView.Usual, DateTime.UnixEpoch) : (await Of(stored, who, db, cancel), stored.UpdatedAt);
    }

    /// <summary>A stored view without the segments that the person does not see any more.</summary>
    internal static async Task<PageView> Of(ListView view, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var segments = await Segments(view.Tabs, who, db, cancel);
        return new(new(ViewRules.Read(view.Columns), view.Dense, [.. segments.Select(s => s.Id)]), segments);
    }

    /// <summary>Those of the segments that the actor sees, in the order of their ids here.</summary>
    internal static async Task<IReadOnlyList<SegmentName>> Segments(Guid[] ids, Actor who, BellhopDb db, CancellationToken cancel)
    {
        if (ids.Length == 0 || !who.Can(Permission.ContactsView))
        {
            return [];
        }

        var known = await db
            .Segments.AsNoTracking()
            .VisibleTo(who)
            .Where(s => ids.Contains(s.Id))
            .Select(s => new SegmentName(s.Id, s.Name, s.ListedFor == Guid.Empty))
            .ToDictionaryAsync(s => s.Id, cancel);
        return [.. ids.Where(known.ContainsKey).Select(id => known[id])];
    }
}
