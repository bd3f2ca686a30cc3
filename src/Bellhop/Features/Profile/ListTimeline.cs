using System.Globalization;
using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Profile;

/// <summary>
/// Everything that happened between a guest and the properties that the actor sees, newest first: each touch, and later changes.
/// </summary>
public static class ListTimeline
{
    private const string MergeField = "merge";

    /// <param name="Id">The touch's or event's id.</param>
    /// <param name="At">UTC.</param>
    /// <param name="Touch">The touch, when this row is an arrival; otherwise null.</param>
    /// <param name="Event">The event, when this row is a change; otherwise null.</param>
    public sealed record Row(Guid Id, DateTime At, Touched? Touch, Done? Event);

    /// <param name="Kind">The kind of the touch.</param>
    /// <param name="Source">Where the guest came from.</param>
    /// <param name="Property">The property of the touch.</param>
    /// <param name="BookingId">The booking that the touch is; null when it is none.</param>
    /// <param name="Claimed">The guest's details were only claimed: a stranger typed them into the public booking form.</param>
    public sealed record Touched(TouchKind Kind, Source Source, PropertyName Property, Guid? BookingId, bool Claimed);

    /// <param name="Action">What was done: a noun and a verb.</param>
    /// <param name="Who">Who did it.</param>
    /// <param name="Fields">The names of the changed fields.</param>
    /// <param name="Changes">The values before and after, when they are kept.</param>
    /// <param name="Booking">The changed booking; null when the guest was changed.</param>
    /// <param name="Property">The property; null when the guest was changed for the whole organisation.</param>
    /// <param name="Merge">The merge or split that the row tells of; null for other rows.</param>
    public sealed record Done(
        string Action,
        Doer Who,
        IReadOnlyList<string> Fields,
        IReadOnlyDictionary<string, string?[]> Changes,
        Stay? Booking,
        PropertyName? Property,
        Guid? Merge
    );

    // The first touch already says that the guest came, and refusals belong in the audit log only. What happened at one property is read by
    // its link, which says where.
    private static readonly Sql SaidElsewhere =
        $"'contact.created', 'contact.becameKnown', 'contact.joinedLoyalty', 'contact.leftLoyalty', 'contact.loyaltyTier', "
        + $"'contact.redeemedPoints', 'contact.adjustedPoints', 'access.refused'";

    /// <param name="Id">The booking's.</param>
    /// <param name="Property">The property of the booking.</param>
    public sealed record Stay(Guid Id, PropertyName Property);

    /// <param name="Kind">User, ApiKey or System.</param>
    /// <param name="Id">The id of the user or key.</param>
    /// <param name="Name">The name at that time.</param>
    public sealed record Doer(ActorKind Kind, Guid Id, string Name);

    /// <exception cref="Refusal">404 when the actor does not see the contact.</exception>
    public static async Task<Page<Row>> Run(Guid id, PageQuery query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        query.Refuse();
        var limited = who.Properties?.Order().ToArray();
        var binding = $"timeline/{who.OrganizationId}/{id}/{(limited is null ? "all" : string.Join(',', limited))}";
        var after = query.After(cursors, binding)?.Split('/');
        (DateTime, Guid)? place = after is [var at, var last]
            ? (new(long.Parse(at, CultureInfo.InvariantCulture), DateTimeKind.Utc), Guid.Parse(last))
            : null;
        var rows = await db.Read(Question(id, limited, place, query.Limit + 1, who.OrganizationId), Of, cancel);
        // Events stay when a guest is deleted or merged; touches go along.
        await ContactSeen.Demand(id, rows.Exists(r => r.Touch is not null), who, db, cancel);

        return query.Page(rows, r => string.Create(CultureInfo.InvariantCulture, $"{r.At.Ticks}/{r.Id}"), cursors, binding);
    }

    /// <summary>
    /// Reads touches, events and changes of bookings from an index each, only as far as the page needs. Then it joins them and looks up the
    /// details of each row.
    /// </summary>
    private static Sql Question(Guid id, Guid[]? limited, (DateTime At, Guid Id)? after, int most, int organizationId)
    {
        return $"""
            SELECT * FROM (
            SELECT * FROM (
                SELECT 0 AS what, t.id, t.at, t.kind AS name, t.source, t.property_id, p.name AS property, t.booking_id, t.claimed,
                    NULL AS who_kind, CAST(NULL AS uuid) AS who_id, NULL AS who_name, NULL AS fields, NULL AS detail
                FROM touches t JOIN properties p ON p.organization_id = t.organization_id AND p.id = t.property_id
                WHERE t.organization_id = {organizationId} AND t.contact_id = {id}
                {Sql.AndIn($"t.property_id", limited)}{Last($"t.at", $"t.id")}) a
            UNION ALL SELECT 1, e.id, e.at, e.action, NULL, e.place, p.name, b.id, NULL, e.who_kind, e.who_id, e.who_name, e.fields,
                d.detail
            FROM (SELECT * FROM ({Events()}{Last($"e.at", $"e.id")}) c
            UNION ALL SELECT * FROM ({OfMerged()}{Last($"e.at", $"e.id")}) g
            UNION ALL SELECT * FROM ({AtProperties()}{Sql.AndIn($"l.property_id", limited)}{Last($"l.at", $"l.event_id")}) s) e
            LEFT JOIN bookings b ON e.entity_kind = 'booking' AND b.organization_id = e.organization_id AND b.id = e.entity_id
            LEFT JOIN properties p ON p.organization_id = e.organization_id AND p.id = e.place
            LEFT JOIN event_details d ON d.organization_id = e.organization_id AND d.id = e.id
            ) x ORDER BY at DESC, id DESC{SqlDialect.Limit(most)}
            """;

        Sql Events() =>
            $"""
                SELECT e.*, CAST(NULL AS uuid) AS place FROM events e WHERE e.organization_id = {organizationId}
                AND e.entity_kind = 'contact' AND e.entity_id = {id}
                AND e.action NOT IN ({SaidElsewhere})
                """;

        // What happened to a guest who was merged into this one.
        Sql OfMerged() =>
            $"""
                SELECT e.*, CAST(NULL AS uuid) AS place FROM merges m
                JOIN events e ON e.organization_id = m.organization_id AND e.entity_id = m.from_id
                WHERE m.organization_id = {organizationId} AND m.contact_id = {id} AND e.entity_kind = 'contact'
                AND e.action NOT IN ('contact.mergedAway', {SaidElsewhere})
                """;

        // Only changes of a booking are linked to its guest; the touch already says that the booking was made.
        Sql AtProperties() =>
            $"""
                SELECT e.*, l.property_id AS place FROM event_contacts l
                JOIN events e ON e.organization_id = l.organization_id AND e.id = l.event_id
                WHERE l.organization_id = {organizationId} AND l.contact_id = {id}
                """;

        Sql Last(Sql at, Sql id)
        {
            Sql goesOn = after is { } place ? $" AND ({at}, {id}) < ({place.At}, {place.Id})" : Sql.None;
            return $"{goesOn} ORDER BY {at} DESC, {id} DESC{SqlDialect.Limit(most)}";
        }
    }

    private static Row Of(SqlRow row)
    {
        var (isTouch, id, at) = (row.Number() == 0, row.Id(), row.Instant());
        return isTouch ? new(id, at, Touch(row), null) : new(id, at, null, Event(row));
    }

    private static Touched Touch(SqlRow row)
    {
        var touch = new Touched(row.Name<TouchKind>(), row.Name<Source>(), new(row.Id(), row.Text()), row.IdOrNull(), Claimed: row.Flag());
        row.Skip(5);
        return touch;
    }

    private static Done Event(SqlRow row)
    {
        var action = row.Text();
        row.Skip(1);
        var (placeId, place, booking) = (row.IdOrNull(), row.TextOrNull(), row.IdOrNull());
        row.Skip(1);
        var property = placeId is { } known ? new PropertyName(known, place!) : null;
        var doer = new Doer(row.Name<ActorKind>(), row.Id(), row.Text());
        var fields = row.Text().Split(',', StringSplitOptions.RemoveEmptyEntries);
        var changes = row.TextOrNull() is { } detail ? Changes(detail) : [];
        var merge = changes.Remove(MergeField, out var of) ? of.OfType<string>().Select(Guid.Parse).FirstOrDefault() : (Guid?)null;
        return new(action, doer, fields, changes, booking is { } stay ? new(stay, property!) : null, property, merge);
    }

    // Leaves the property out: the event names it by its id, and the viewer may not see it.
    private static Dictionary<string, string?[]> Changes(string detail) =>
        JsonSerializer
            .Deserialize<Dictionary<string, string?[]>>(detail)!
            .Where(c => c.Key != "propertyId")
            .ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal);
}
