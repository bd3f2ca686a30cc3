using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Audit;

/// <summary>
/// Lists events, newest first: who did what, to what, when and from where. It shows the names of fields, never their values.
/// </summary>
public static class ListEvents
{
    /// <param name="Id">The event's id.</param>
    /// <param name="At">UTC.</param>
    /// <param name="Who">Who did it.</param>
    /// <param name="Action">Noun and verb, like <c>booking.updated</c>.</param>
    /// <param name="Entity">The row that was changed.</param>
    /// <param name="From">The network address; null when there is none.</param>
    /// <param name="Fields">Names of the changed fields.</param>
    public sealed record Row(Guid Id, DateTime At, Doer Who, string Action, Thing Entity, string? From, IReadOnlyList<string> Fields);

    /// <param name="Kind">User, ApiKey or System.</param>
    /// <param name="Id">The id of the user or key.</param>
    /// <param name="Name">The name at that time; never a guest's.</param>
    public sealed record Doer(ActorKind Kind, Guid Id, string Name);

    public sealed record Thing(string Kind, Guid? Id);

    public static async Task<Page<Row>> Run(PageQuery query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.Demand(Permission.SettingsManage);
        query.Refuse();
        var binding =
            $"audit/{who.OrganizationId}/{(who.Properties is { } limit ? who.Id + ":" + string.Join(',', limit.Order()) : "all")}";
        var events = VisibleTo(db, who);
        if (query.After(cursors, binding) is { } after)
        {
            var id = Guid.Parse(after);
            events = events.Where(e => e.Id < id);
        }

        var rows = await events.OrderByDescending(e => e.Id).Take(query.Limit + 1).ToListAsync(cancel);
        return query.Page(rows.ConvertAll(Of), row => row.Id.ToString(), cursors, binding);
    }

    /// <summary>
    /// The organisation's events. A limited actor sees their own events and those of contacts, bookings and properties that they see.
    /// </summary>
    private static IQueryable<Event> VisibleTo(BellhopDb db, Actor who)
    {
        var events = db.Events.AsNoTracking().Where(e => e.OrganizationId == who.OrganizationId);
        return who.Properties is { } limited
            ? events.Where(e =>
                (e.WhoId == who.Id && e.WhoKind == who.Kind)
                || (
                    e.EntityKind == "contact"
                    && (
                        e.Action != "contact.becameKnown"
                        || db.EventContacts.Any(c =>
                            c.OrganizationId == e.OrganizationId
                            && c.ContactId == e.EntityId
                            && c.EventId == e.Id
                            && limited.Contains(c.PropertyId)
                        )
                    )
                    && db.ContactsAtProperty.Any(a =>
                        a.OrganizationId == e.OrganizationId && a.ContactId == e.EntityId && limited.Contains(a.PropertyId)
                    )
                )
                || (
                    e.EntityKind == "booking"
                    && db.Bookings.Any(b => b.OrganizationId == e.OrganizationId && b.Id == e.EntityId && limited.Contains(b.PropertyId))
                )
                || (e.EntityKind == "property" && limited.Any(p => p == e.EntityId))
            )
            : events;
    }

    private static Row Of(Event e) =>
        new(
            e.Id,
            e.At,
            new(e.WhoKind, e.WhoId, e.WhoName),
            e.Action,
            new(e.EntityKind, e.EntityId),
            e.From,
            e.Fields.Split(',', StringSplitOptions.RemoveEmptyEntries)
        );
}
