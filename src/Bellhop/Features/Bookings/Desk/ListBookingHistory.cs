using System.Globalization;
using System.Text.Json;
using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Bookings;

/// <summary>
/// The changes of a booking, newest first: who, when, which fields, and the stay's old and new values where they are kept.
/// </summary>
public static class ListBookingHistory
{
    /// <param name="Id">The event's id.</param>
    /// <param name="At">UTC.</param>
    /// <param name="WhoKind">The kind of actor.</param>
    /// <param name="WhoName">The actor's name at that time.</param>
    /// <param name="Action">Noun and verb, like <c>booking.updated</c>.</param>
    /// <param name="Fields">Names of the changed fields.</param>
    /// <param name="Changes">Field → old and new value. Days are YYYY-MM-DD; money is followed by its currency.</param>
    public sealed record Row(
        Guid Id,
        DateTime At,
        ActorKind WhoKind,
        string WhoName,
        string Action,
        IReadOnlyList<string> Fields,
        IReadOnlyDictionary<string, string?[]> Changes
    );

    /// <exception cref="Refusal">404 for a booking that the actor does not see.</exception>
    public static async Task<Page<Row>> Run(Guid id, PageQuery query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsView);
        query.Refuse();
        if (!await db.Bookings.VisibleTo(who).AnyAsync(b => b.Id == id, cancel))
        {
            throw Refusal.NotThere("booking", id);
        }

        var binding = $"bookingHistory/{who.OrganizationId}/{id}";
        var events = db
            .Events.AsNoTracking()
            .Where(e =>
                e.OrganizationId == who.OrganizationId && e.EntityKind == "booking" && e.EntityId == id && e.Action != "access.refused"
            );
        if (query.After(cursors, binding)?.Split('/') is [var ticks, var last])
        {
            var (at, after) = (new DateTime(long.Parse(ticks, CultureInfo.InvariantCulture), DateTimeKind.Utc), Guid.Parse(last));
            events = events.Where(e => e.At <= at && (e.At < at || e.Id < after));
        }

        var rows = await events
            .OrderByDescending(e => e.At)
            .ThenByDescending(e => e.Id)
            .Take(query.Limit + 1)
            .Select(e => new
            {
                Event = e,
                Detail = db
                    .EventDetails.Where(d => d.OrganizationId == e.OrganizationId && d.Id == e.Id)
                    .Select(d => d.Detail)
                    .FirstOrDefault(),
            })
            .ToListAsync(cancel);
        return query.Page(
            rows.ConvertAll(r => new Row(
                r.Event.Id,
                r.Event.At,
                r.Event.WhoKind,
                r.Event.WhoName,
                r.Event.Action,
                r.Event.Fields.Split(',', StringSplitOptions.RemoveEmptyEntries),
                Changes(r.Detail)
            )),
            r => string.Create(CultureInfo.InvariantCulture, $"{r.At.Ticks}/{r.Id}"),
            cursors,
            binding
        );
    }

    private static Dictionary<string, string?[]> Changes(string? detail) =>
        detail is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string?[]>>(detail)!;
}
