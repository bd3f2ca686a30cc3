using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Profile;

/// <summary>Everything that happened between a guest and the properties one sees: each touch, and what was changed since; newest first.</summary>
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
    public sealed record Touched(TouchKind Kind, Source Source, PropertyName Property, Guid? BookingId);

    /// <param name="Action">Noun and verb.</param>
    /// <param name="Who">Who did it.</param>
    /// <param name="Fields">Names of what changed.</param>
    /// <param name="Changes">What it said before and after, where that is kept.</param>
    /// <param name="Booking">Of which booking; null where it was of the guest.</param>
    public sealed record Done(string Action, Doer Who, IReadOnlyList<string> Fields, IReadOnlyDictionary<string, string?[]> Changes, Stay? Booking);

    /// <param name="Id">The booking's.</param>
    /// <param name="Property">Where it is.</param>
    public sealed record Stay(Guid Id, PropertyName Property);

    /// <param name="Kind">User, ApiKey or System.</param>
    /// <param name="Id">Of the user or key.</param>
    /// <param name="Name">As it was then.</param>
    public sealed record Doer(ActorKind Kind, Guid Id, string Name);

    // The first touch says that the guest came; what was refused is the audit log's.
    private const string Touches =
        "SELECT 0 AS what, t.id, t.at, t.kind AS name, t.source, t.property_id, p.name AS property, t.booking_id, NULL AS who_kind, CAST(NULL AS uuid) AS who_id, NULL AS who_name, NULL AS fields, NULL AS detail " +
        "FROM touches t JOIN properties p ON p.organization_id = t.organization_id AND p.id = t.property_id WHERE t.organization_id = @organization AND t.contact_id = @contact";

    private const string Events =
        "SELECT 1 AS what, e.id, e.at, e.action AS name, NULL AS source, CAST(NULL AS uuid) AS property_id, NULL AS property, CAST(NULL AS uuid) AS booking_id, e.who_kind, e.who_id, e.who_name, e.fields, d.detail " +
        "FROM events e LEFT JOIN event_details d ON d.organization_id = e.organization_id AND d.id = e.id " +
        "WHERE e.organization_id = @organization AND e.entity_kind = 'contact' AND e.entity_id = @contact AND e.action <> 'contact.created' AND e.action <> 'access.refused'";

    // That it was made is the touch's.
    private const string Stays =
        "SELECT 1 AS what, e.id, e.at, e.action AS name, NULL AS source, b.property_id, p.name AS property, b.id AS booking_id, e.who_kind, e.who_id, e.who_name, e.fields, d.detail " +
        "FROM bookings b JOIN events e ON e.organization_id = b.organization_id AND e.entity_kind = 'booking' AND e.entity_id = b.id JOIN properties p ON p.organization_id = b.organization_id AND p.id = b.property_id " +
        "LEFT JOIN event_details d ON d.organization_id = e.organization_id AND d.id = e.id AND d.contact_id = b.contact_id " +
        "WHERE b.organization_id = @organization AND b.contact_id = @contact AND e.action <> 'booking.created' AND e.action <> 'access.refused'";

    /// <exception cref="Refusal">404 for a contact not seen.</exception>
    public static async Task<Page<Row>> Run(Guid id, PageQuery query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        query.Refuse();
        var limited = who.Properties?.Order().ToArray();
        var binding = $"timeline/{who.OrganizationId}/{id}/{(limited is null ? "all" : string.Join(',', limited))}";
        var after = query.After(cursors, binding)?.Split('/');
        await ContactSeen.Demand(id, who, db, cancel);
        await using var reading = await db.Read(Text(limited?.Length ?? -1, after is not null), cancel);
        reading.With("organization", who.OrganizationId).With("contact", db.Stored(id)).With("most", query.Limit + 1);
        for (var i = 0; i < limited?.Length; i++)
        {
            reading.With("property" + i.ToString(CultureInfo.InvariantCulture), db.Stored(limited[i]));
        }

        if (after is [var at, var last])
        {
            reading.With("at", db.Stored(new DateTime(long.Parse(at, CultureInfo.InvariantCulture), DateTimeKind.Utc))).With("id", db.Stored(Guid.Parse(last)));
        }

        var rows = new List<Row>();
        await using var row = await reading.Command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            rows.Add(Of(row, db));
        }

        return query.Page(rows, r => string.Create(CultureInfo.InvariantCulture, $"{r.At.Ticks}/{r.Id}"), cursors, binding);
    }

    /// <summary>Touches and events are read off their own indexes, as far as the page goes, the changes of each booking off theirs; then all are one.</summary>
    private static string Text(int properties, bool goesOn)
    {
        return "SELECT * FROM (SELECT * FROM (" + Touches + Mine("t") + Last("t") + ") a UNION ALL SELECT * FROM (" + Events + Last("e") + ") b UNION ALL SELECT * FROM (" + Stays + Mine("b") + Last("e") + ") c) x ORDER BY at DESC, id DESC LIMIT @most";

        string Mine(string table) => properties < 0 ? "" : properties == 0 ? " AND 1 = 0"
            : $" AND {table}.property_id IN ({string.Join(", ", Enumerable.Range(0, properties).Select(i => "@property" + i.ToString(CultureInfo.InvariantCulture)))})";

        string Last(string table) => $"{After(table)} ORDER BY {table}.at DESC, {table}.id DESC LIMIT @most";

        string After(string table) => goesOn ? $" AND ({table}.at, {table}.id) < (@at, @id)" : "";
    }

    private static Row Of(DbDataReader row, BellhopDb db)
    {
        var (id, at) = (db.ReadId(row, 1), db.ReadInstant(row, 2));
        return row.GetInt32(0) == 0
            ? new(id, at, new(row.ReadName<TouchKind>(3), row.ReadName<Source>(4), new(db.ReadId(row, 5), row.GetString(6)), row.IsDBNull(7) ? null : db.ReadId(row, 7)), null)
            : new(id, at, null, new(
                row.GetString(3), new(row.ReadName<ActorKind>(8), db.ReadId(row, 9), row.GetString(10)), row.GetString(11).Split(',', StringSplitOptions.RemoveEmptyEntries),
                row.IsDBNull(12) ? new Dictionary<string, string?[]>() : Changes(row.GetString(12)), row.IsDBNull(7) ? null : new(db.ReadId(row, 7), new(db.ReadId(row, 5), row.GetString(6)))));
    }

    // A property is named by its id there, and may be none of the viewer's.
    private static Dictionary<string, string?[]> Changes(string detail) =>
        JsonSerializer.Deserialize<Dictionary<string, string?[]>>(detail)!.Where(c => c.Key != "propertyId").ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal);
}
