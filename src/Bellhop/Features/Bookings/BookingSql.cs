using System.Data.Common;
using System.Text;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Bookings;

/// <summary>
/// The list's SQL, put together from constants. Each stretch is a seek in the index of its property and status; several are read side by side, each no further than the page
/// goes, and put in one order. A rare search goes by the guests and numbers it finds.
/// </summary>
internal static class BookingSql
{
    /// <summary>More stretches than this are not read side by side.</summary>
    internal const int MostStretches = 60;

    // Read in this order by BookingReading.
    internal const string Columns =
        "b.id, b.property_id, b.contact_id, b.source, b.external_id, b.reference, b.status, b.arrival, b.departure, b.total, b.currency, b.converted, b.converted_currency, b.guest_name, b.guest_phone, "
        + "b.phone_unusable, b.guest_email, b.room_type, b.adults, b.children, b.notes, b.booked_at, b.created_at, b.updated_at";

    private const string Property = ", (SELECT p.name FROM properties p WHERE p.organization_id = @organization AND p.id = b.property_id)";
    private const string Order = " ORDER BY b.arrival DESC, b.id DESC" + BellhopDb.Most;

    internal static Numbered PropertyNames { get; } = new("property");
    internal static Numbered StatusNames { get; } = new("status");
    internal static Numbered SourceNames { get; } = new("source");
    internal static Numbered TermNames { get; } = new("term");

    /// <summary>How bookings are found.</summary>
    internal enum Way
    {
        /// <summary>On the way through the order.</summary>
        Walk,

        /// <summary>By the search index of guests, and by their own numbers.</summary>
        Index,

        /// <summary>The same, of two letters.</summary>
        Pairs,
    }

    /// <summary>What of a question decides its text; values are parameters.</summary>
    /// <param name="Properties">How many; -1 for all.</param>
    /// <param name="Statuses">How many; 0 for all.</param>
    /// <param name="Sources">How many; 0 for all.</param>
    /// <param name="From">Whether there is a first day.</param>
    /// <param name="To">Whether there is a last day.</param>
    /// <param name="After">Whether it goes on after a place.</param>
    /// <param name="Terms">How many spellings of a guest are searched for.</param>
    /// <param name="Number">Whether a reference or external id is.</param>
    /// <param name="Way">How they are found.</param>
    internal readonly record struct Shape(
        int Properties = -1, int Statuses = 0, int Sources = 0, bool From = false, bool To = false, bool After = false, int Terms = 0, bool Number = false, Way Way = Way.Walk);

    public static string Page(BellhopDb db, Shape shape)
    {
        var sql = new StringBuilder();
        if (shape.Way != Way.Walk)
        {
            sql.Append("WITH found AS MATERIALIZED (").Append(Found(db, shape)).Append(") SELECT ").Append(Columns).Append(Property).Append(" FROM found f").Append(db.JoinAfter)
                .Append("bookings b ON b.organization_id = @organization AND b.id = f.id");
            Where(sql, db, shape with { Terms = 0, Number = false }, null, null);
            return sql.Append(Order).ToString();
        }

        var (properties, statuses) = (Math.Max(shape.Properties, 1), Math.Max(shape.Statuses, 1));
        if (properties * statuses is 1 or > MostStretches)
        {
            sql.Append("SELECT ").Append(Columns).Append(Property);
            Stretch(sql, db, shape, properties * statuses == 1 && shape.Properties == 1 ? 0 : null, properties * statuses == 1 && shape.Statuses == 1 ? 0 : null);
            return sql.ToString();
        }

        sql.Append("SELECT ").Append(Columns).Append(Property).Append(" FROM (");
        for (var p = 0; p < properties; p++)
        {
            for (var s = 0; s < statuses; s++)
            {
                sql.Append(p + s == 0 ? "SELECT * FROM (SELECT " : " UNION ALL SELECT * FROM (SELECT ").Append(Columns);
                Stretch(sql, db, shape, shape.Properties > 0 ? p : null, shape.Statuses > 0 ? s : null);
                sql.Append(") s").Append(p).Append('_').Append(s);
            }
        }

        return sql.Append(") b").Append(Order).ToString();
    }

    /// <summary>A guest's own, <c>@contact</c>.</summary>
    /// <param name="properties">At how many; null for all.</param>
    /// <param name="goesOn">After a place.</param>
    public static string OfGuest(int? properties, bool goesOn) =>
        $"SELECT {Columns}{Property} FROM bookings b WHERE b.organization_id = @organization AND b.contact_id = @contact{PropertyNames.AndIn("b.property_id", properties)}{(goesOn ? " AND (b.arrival, b.id) < (@arrival, @id)" : "")}{Order}";

    /// <summary>Three numbers, each no greater than one more than what is worth sorting: guests found, references, external ids.</summary>
    public static string Count(BellhopDb db, int terms, Way way) =>
        $"SELECT (SELECT count(*) FROM ({Guests(db, terms, way)}) g), {Numbers("reference")}, {Numbers("external_id")}";

    private static string Numbers(string column) => $"(SELECT count(*) FROM (SELECT 1 FROM bookings b WHERE b.organization_id = @organization AND {Begins(column)} LIMIT {SearchSample.MostHits + 1}) n)";

    private static string Guests(BellhopDb db, int terms, Way way) =>
        terms == 0 ? "SELECT id FROM contacts WHERE 1 = 0" : db.Hits(terms, way == Way.Pairs, SearchSample.MostHits + 1);

    private static string Begins(string column) => $"lower(b.{column}) >= @number AND lower(b.{column}) < @number_end";

    private static string Found(BellhopDb db, Shape shape)
    {
        var sql = new StringBuilder();
        if (shape.Terms > 0)
        {
            sql.Append("SELECT b.id FROM (").Append(Guests(db, shape.Terms, shape.Way)).Append(") h").Append(db.JoinAfter).Append("bookings b ON b.organization_id = @organization AND b.contact_id = h.id UNION ");
        }

        return sql.Append("SELECT b.id FROM bookings b WHERE b.organization_id = @organization AND ").Append(Begins("reference"))
            .Append(" UNION SELECT b.id FROM bookings b WHERE b.organization_id = @organization AND ").Append(Begins("external_id")).ToString();
    }

    private static void Stretch(StringBuilder sql, BellhopDb db, Shape shape, int? property, int? status)
    {
        sql.Append(" FROM bookings b");
        if (shape.Terms > 0)
        {
            sql.Append(" LEFT JOIN contacts c ON c.organization_id = @organization AND c.id = b.contact_id");
        }

        Where(sql, db, shape, property, status);
        sql.Append(Order);
    }

    private static void Where(StringBuilder sql, BellhopDb db, Shape shape, int? property, int? status)
    {
        sql.Append(" WHERE b.organization_id = @organization");
        One(shape.Properties, property, "b.property_id", PropertyNames);
        One(shape.Statuses, status, "b.status", StatusNames);
        if (shape.Sources > 0)
        {
            // Not a column alone: no index but that of the order is to be taken for it.
            sql.Append(" AND (b.source || '') IN (").Append(SourceNames.List(shape.Sources)).Append(')');
        }

        sql.Append(shape.From ? " AND b.arrival >= @from" : "").Append(shape.After ? " AND (b.arrival, b.id) < (@arrival, @id)" : shape.To ? " AND b.arrival <= @to" : "");
        if (shape.Number)
        {
            sql.Append(" AND (");
            for (var i = 0; i < shape.Terms; i++)
            {
                sql.Append(db.Holds("c.search", "@" + TermNames[i])).Append(" OR ");
            }

            sql.Append('(').Append(Begins("reference")).Append(") OR (").Append(Begins("external_id")).Append("))");
        }

        void One(int many, int? one, string column, Numbered names)
        {
            if (one is { } only)
            {
                sql.Append(" AND ").Append(column).Append(" = @").Append(names[only]);
            }
            else if (many > 0)
            {
                sql.Append(" AND ").Append(column).Append(" IN (").Append(names.List(many)).Append(')');
            }
        }
    }
}

/// <summary>Reads the rows of <see cref="BookingSql.Page"/>, column by column.</summary>
internal static class BookingReading
{
    public static BookingRow Row(DbDataReader row, int organizationId, BellhopDb db) => BookingRow.Of(
        new()
        {
            OrganizationId = organizationId, Id = db.ReadId(row, 0), PropertyId = db.ReadId(row, 1), ContactId = row.IsDBNull(2) ? null : db.ReadId(row, 2), Source = row.ReadName<Source>(3),
            ExternalId = row.ReadText(4), Reference = row.ReadText(5), Status = row.ReadName<BookingStatus>(6), Arrival = db.ReadDay(row, 7), Departure = db.ReadDay(row, 8), Total = row.GetInt64(9),
            Currency = row.GetString(10), Converted = row.IsDBNull(11) ? null : row.GetInt64(11), ConvertedCurrency = row.ReadText(12), GuestName = row.ReadText(13), GuestPhone = row.ReadText(14),
            PhoneUnusable = row.GetBoolean(15), GuestEmail = row.ReadText(16), RoomType = row.ReadText(17), Adults = Number(row, 18), Children = Number(row, 19), Notes = row.ReadText(20),
            BookedAt = db.ReadInstant(row, 21), CreatedAt = db.ReadInstant(row, 22), UpdatedAt = db.ReadInstant(row, 23),
        },
        row.GetString(24));

    private static int? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);
}
