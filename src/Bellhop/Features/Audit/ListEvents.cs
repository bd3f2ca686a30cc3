using System.Runtime.CompilerServices;
using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Audit;

/// <summary>
/// Lists events, newest first: who did what, to what, when and from where. It shows the names of fields, never their values.
/// </summary>
public static class ListEvents
{
    private const int AtOnce = 500;

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

    public static async Task<Page<Row>> Run(EventQuery query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.Demand(Permission.SettingsManage);
        query.Refuse();
        var scope = who.Properties is { } limit ? who.Id + ":" + string.Join(',', limit.Order()) : "all";
        var binding = $"audit/{who.OrganizationId}/{scope}/{query.Binding}";
        var events = await Asked(query, who, db, cancel);
        if (query.Page.After(cursors, binding) is { } after)
        {
            var id = Guid.Parse(after);
            events = events.Where(e => e.Id < id);
        }

        var rows = await events.OrderByDescending(e => e.Id).Take(query.Page.Limit + 1).ToListAsync(cancel);
        return query.Page.Page(rows.ConvertAll(Of), row => row.Id.ToString(), cursors, binding);
    }

    /// <summary>All the events that the query asks for, newest first, read some at a time.</summary>
    internal static async IAsyncEnumerable<Row> All(
        EventQuery query,
        Actor who,
        BellhopDb db,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var events = await Asked(query, who, db, cancel);
        for (var (last, more) = (Guid.Empty, true); more; )
        {
            var (id, rest) = (last, events);
            if (id != Guid.Empty)
            {
                rest = events.Where(e => e.Id < id);
            }

            var some = await rest.OrderByDescending(e => e.Id).Take(AtOnce).ToListAsync(cancel);
            foreach (var one in some)
            {
                yield return Of(one);
            }

            more = some.Count == AtOnce;
            last = more ? some[^1].Id : last;
        }
    }

    private static async Task<IQueryable<Event>> Asked(EventQuery query, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var events = VisibleTo(db, who);
        if (query.From is not null || query.To is not null)
        {
            var name = await db.Organizations.Where(o => o.Id == who.OrganizationId).Select(o => o.TimeZone).SingleAsync(cancel);
            var zone = Clock.Zone(name) ?? TimeZoneInfo.Utc;
            var (begins, ends) = (query.From?.StartIn(zone), query.To?.AddDays(1).StartIn(zone));
            events = events.Where(e => (begins == null || e.At >= begins) && (ends == null || e.At < ends));
        }

        events = query.Kind is { } kind ? events.Where(e => e.EntityKind == kind) : events;
        events = query.EntityId is { } entity ? events.Where(e => e.EntityId == entity) : events;
        events = query.WhoId is { } doer ? events.Where(e => e.WhoId == doer) : events;
        return query.Refused is { } refused ? events.Where(e => (e.Action == EventQuery.RefusedAction) == refused) : events;
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
