using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Profile;

/// <summary>
/// Everything that happened between a guest and the properties one sees: each touch, and what was changed since; newest first.
/// </summary>
public static class ListTimeline
{
    /// <param name="Id">The touch's or event's id.</param>
    /// <param name="At">UTC.</param>
    /// <param name="Touch">An arrival from somewhere; or</param>
    /// <param name="Event">something that was done.</param>
    public sealed record Row(Guid Id, DateTime At, Touched? Touch, Done? Event);

    /// <param name="Kind">As what they came.</param>
    /// <param name="Source">From where.</param>
    /// <param name="Property">Where to.</param>
    /// <param name="BookingId">The booking it was, where it was one.</param>
    /// <param name="Claimed">Who they are was only claimed: typed by a stranger into the public booking form.</param>
    public sealed record Touched(TouchKind Kind, Source Source, PropertyName Property, Guid? BookingId, bool Claimed);

    /// <param name="Action">Noun and verb.</param>
    /// <param name="Who">Who did it.</param>
    /// <param name="Fields">Names of what changed.</param>
    /// <param name="Changes">What it said before and after, where that is kept.</param>
    /// <param name="Booking">Of which booking; null where it was of the guest.</param>
    /// <param name="Property">Where; null where it was of the guest as the whole organisation knows them.</param>
    public sealed record Done(
        string Action,
        Doer Who,
        IReadOnlyList<string> Fields,
        IReadOnlyDictionary<string, string?[]> Changes,
        Stay? Booking,
        PropertyName? Property
    );

    /// <param name="Id">The booking's.</param>
    /// <param name="Property">Where it is.</param>
    public sealed record Stay(Guid Id, PropertyName Property);

    /// <param name="Kind">User, ApiKey or System.</param>
    /// <param name="Id">Of the user or key.</param>
    /// <param name="Name">As it was then.</param>
    public sealed record Doer(ActorKind Kind, Guid Id, string Name);

    private static readonly ParameterNames PropertyNames = new("property");

    private const string Touches =
        "SELECT 0 AS what, t.id, t.at, t.kind AS name, t.source, t.property_id, p.name AS property, t.booking_id, NULL AS who_kind, CAST(NULL AS uuid) AS who_id, NULL AS who_name, NULL AS fields, NULL AS detail, t.claimed "
        + "FROM touches t JOIN properties p ON p.organization_id = t.organization_id AND p.id = t.property_id WHERE t.organization_id = @organization AND t.contact_id = @contact";

    // The first touch says that the guest came; what was refused is the audit log's. What happened at one property has its own way below.
    private const string Events =
        "SELECT e.*, CAST(NULL AS uuid) AS place FROM events e WHERE e.organization_id = @organization AND e.entity_kind = 'contact' AND e.entity_id = @contact "
        + "AND e.action NOT IN ('contact.created', 'contact.becameKnown', 'access.refused')";

    // Only changes of a booking say whose it is; that it was made is the touch's.
    private const string AtProperties =
        "SELECT e.*, l.property_id AS place FROM event_contacts l JOIN events e ON e.organization_id = l.organization_id AND e.id = l.event_id "
        + "WHERE l.organization_id = @organization AND l.contact_id = @contact";

    /// <exception cref="Refusal">404 for a contact not seen.</exception>
    public static async Task<Page<Row>> Run(Guid id, PageQuery query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        query.Refuse();
        var limited = who.Properties?.Order().ToArray();
        var binding = $"timeline/{who.OrganizationId}/{id}/{(limited is null ? "all" : string.Join(',', limited))}";
        var after = query.After(cursors, binding)?.Split('/');
        await using var reading = await db.Read(Text(limited?.Length, after is not null), cancel);
        reading
            .With("organization", who.OrganizationId)
            .With("contact", db.Stored(id))
            .With("most", query.Limit + 1)
            .With(PropertyNames, limited, db);
        if (after is [var at, var last])
        {
            reading
                .With("at", db.Stored(new DateTime(long.Parse(at, CultureInfo.InvariantCulture), DateTimeKind.Utc)))
                .With("id", db.Stored(Guid.Parse(last)));
        }

        var rows = await reading.ToList(row => Of(row, db), cancel);
        await ContactSeen.Demand(id, rows.Count > 0, who, db, cancel);

        return query.Page(rows, r => string.Create(CultureInfo.InvariantCulture, $"{r.At.Ticks}/{r.Id}"), cursors, binding);
    }

    /// <summary>
    /// Touches, events and changes of bookings are each read off their own index, as far as the page goes; then all are one, and what
    /// stands beside each is looked up.
    /// </summary>
    private static string Text(int? properties, bool goesOn)
    {
        return $"""
            SELECT * FROM (
            SELECT * FROM ({Touches}{PropertyNames.AndIn("t.property_id", properties)}{Last("t.at", "t.id")}) a
            UNION ALL SELECT 1, e.id, e.at, e.action, NULL, e.place, p.name, b.id, e.who_kind, e.who_id, e.who_name, e.fields, d.detail, NULL
            FROM (SELECT * FROM ({Events}{Last("e.at", "e.id")}) c
            UNION ALL SELECT * FROM ({AtProperties}{PropertyNames.AndIn("l.property_id", properties)}{Last("l.at", "l.event_id")}) s) e
            LEFT JOIN bookings b ON e.entity_kind = 'booking' AND b.organization_id = e.organization_id AND b.id = e.entity_id
            LEFT JOIN properties p ON p.organization_id = e.organization_id AND p.id = e.place
            LEFT JOIN event_details d ON d.organization_id = e.organization_id AND d.id = e.id
            ) x ORDER BY at DESC, id DESC{BellhopDb.Most}
            """;

        string Last(string at, string id) =>
            $"{(goesOn ? $" AND ({at}, {id}) < (@at, @id)" : "")} ORDER BY {at} DESC, {id} DESC{BellhopDb.Most}";
    }

    private static Row Of(DbDataReader row, BellhopDb db)
    {
        var (id, at) = (db.ReadId(row, 1), db.ReadInstant(row, 2));
        return row.GetInt32(0) == 0
            ? new(
                id,
                at,
                new(
                    row.ReadName<TouchKind>(3),
                    row.ReadName<Source>(4),
                    new(db.ReadId(row, 5), row.GetString(6)),
                    row.IsDBNull(7) ? null : db.ReadId(row, 7),
                    row.GetBoolean(13)
                ),
                null
            )
            : new(
                id,
                at,
                null,
                new(
                    row.GetString(3),
                    new(row.ReadName<ActorKind>(8), db.ReadId(row, 9), row.GetString(10)),
                    row.GetString(11).Split(',', StringSplitOptions.RemoveEmptyEntries),
                    row.IsDBNull(12) ? new Dictionary<string, string?[]>() : Changes(row.GetString(12)),
                    row.IsDBNull(7) ? null : new(db.ReadId(row, 7), Place(row, db)!),
                    Place(row, db)
                )
            );
    }

    private static PropertyName? Place(DbDataReader row, BellhopDb db) => row.IsDBNull(5) ? null : new(db.ReadId(row, 5), row.GetString(6));

    // A property is named by its id there, and may be none of the viewer's.
    private static Dictionary<string, string?[]> Changes(string detail) =>
        JsonSerializer
            .Deserialize<Dictionary<string, string?[]>>(detail)!
            .Where(c => c.Key != "propertyId")
            .ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal);
}
