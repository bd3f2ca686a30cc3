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
        return
            await db
                .ListViews.AsNoTracking()
                .SingleOrDefaultAsync(v => v.OrganizationId == who.OrganizationId && v.UserId == who.Id && v.List == list, cancel)
                is { } view
            ? await Of(view, who, db, cancel)
            : new(ViewRow.Usual, DateTime.UnixEpoch);
    }

    /// <summary>The view of the guest list for its page; the usual one for whoever is no person.</summary>
    internal static async Task<ViewRow> OfPage(Actor who, BellhopDb db, CancellationToken cancel) =>
        who.Kind == ActorKind.User ? (await Run(ViewRules.Contacts, who, db, cancel)).Value : ViewRow.Usual;

    /// <summary>A stored view without the segments that the person does not see any more.</summary>
    internal static async Task<Saved<ViewRow>> Of(ListView view, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var segments = await Segments(view.Tabs, who, db, cancel);
        return new(new(ViewRules.Read(view.Columns), view.Dense, [.. segments.Select(s => s.Id)]) { Segments = segments }, view.UpdatedAt);
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
