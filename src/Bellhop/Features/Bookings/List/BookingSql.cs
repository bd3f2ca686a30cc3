using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Bookings;

/// <summary>
/// The list's SQL. A stretch is one property, source and status: one seek in an index. Several stretches are read side by side, each only
/// as far as the page needs, and then sorted together. A rare search starts from the guests and numbers found.
/// </summary>
internal static partial class BookingSql
{
    /// <summary>The most stretches that are read side by side.</summary>
    internal const int MostStretches = 60;

    /// <summary>The columns that <see cref="BookingReading"/> reads, without the property's name at the end.</summary>
    internal static Sql Columns { get; } =
        $"b.id, b.property_id, b.contact_id, b.source, b.external_id, b.reference, b.status, b.arrival, b.departure, "
        + $"b.total, b.paid, b.currency, b.converted, b.converted_currency, b.guest_name, b.guest_phone, b.phone_unusable, b.guest_email, "
        + $"b.room_type, b.adults, b.children, b.notes, b.booked_at, b.created_at, b.updated_at, b.claimed, b.warnings";

    private static readonly Sql InOrder = $" ORDER BY b.arrival DESC, b.id DESC",
        OfProperty = $"b.property_id",
        OfStatus = $"b.status",
        OfSource = $"b.source",
        OfSourceWithoutIndex = $"(b.source || '')";

    /// <summary>How bookings are found.</summary>
    internal enum Plan
    {
        /// <summary>Read the list in its order and compare each row.</summary>
        Walk,

        /// <summary>Start from the search indexes and from the indexes of references and external ids.</summary>
        Index,
    }

    /// <summary>A page in the list's order.</summary>
    /// <param name="after">The page continues after this booking.</param>
    public static Sql Page(BookingQuery asked, int most, BookingPosition? after, BellhopDb db)
    {
        var (limit, read) = (SqlDialect.Limit(most), Selected(asked.OrganizationId));
        if (asked.Plan != Plan.Walk)
        {
            return $"""
                WITH found AS MATERIALIZED ({Found(asked, db.Dialect)})
                SELECT {read} FROM {FoundBookings(asked, db.Dialect)}{JoinGuest(asked)}{Where(asked, db.Dialect, after)}{InOrder}{limit}
                """;
        }

        Sql rest = $"{Narrower(asked, db.Dialect, after)}{InOrder}{limit}";
        var (guest, stretches) = (JoinGuest(asked), Stretches(asked.Filter, asked.Properties));
        if (stretches.Count == 1)
        {
            return $"SELECT {read}{Walk(stretches[0])}";
        }

        // A search needs the full rows from the start.
        if (asked.Filter.Q is not null)
        {
            return $"SELECT {read} FROM ({SideBySide(Columns)}) b{InOrder}{limit}";
        }

        // First only the sort keys, from the indexes; then the other columns for the page's rows.
        return $"""
            SELECT {read} FROM (SELECT b.arrival, b.id FROM ({SideBySide($"b.arrival, b.id")}) b{InOrder}{limit}) k{db.Dialect.JoinAfter}
            bookings b ON b.organization_id = {asked.OrganizationId} AND b.id = k.id ORDER BY k.arrival DESC, k.id DESC
            """;

        Sql SideBySide(Sql columns) =>
            Sql.Join(" UNION ALL ", stretches.Select(stretch => Sql.Of($"SELECT * FROM (SELECT {columns}{Walk(stretch)}) s")));

        // Where sources are read together, an expression hides their column, so that the database uses the index of the order.
        Sql Walk(Stretch stretch) =>
            $" FROM bookings b{guest}{WhereOf(asked, stretch, stretch.Source is null ? OfSourceWithoutIndex : OfSource)}{rest}";
    }

    /// <summary>Counts the matching bookings up to <paramref name="most"/>. The plans are those of <see cref="Page"/>.</summary>
    public static Sql Matches(BookingQuery asked, int most, BellhopDb db)
    {
        var (with, from) =
            asked.Plan == Plan.Walk
                ? (Sql.None, Sql.Of($"bookings b"))
                : (Sql.Of($"WITH found AS MATERIALIZED ({Found(asked, db.Dialect)}) "), FoundBookings(asked, db.Dialect));
        return $"""
            {with}SELECT count(*) FROM (SELECT 1 FROM {from}{JoinGuest(asked)}{Where(asked, db.Dialect)} LIMIT {most:fixed}) m
            """;
    }

    /// <summary>
    /// The ids of the matching bookings among the newest that were made after <paramref name="since"/>. Only the primary key is used to
    /// find them.
    /// </summary>
    public static Sql Newer(BookingQuery asked, Guid since, int among, BellhopDb db) =>
        $"""
            SELECT b.id FROM (SELECT * FROM bookings b WHERE b.organization_id = {asked.OrganizationId} AND b.id > {since}
                ORDER BY b.id DESC LIMIT {among:fixed}) b{JoinGuest(asked)}{Where(asked, db.Dialect)}
            """;

    /// <summary>The bookings of one guest.</summary>
    /// <param name="properties">The properties that the guest's bookings are limited to; null for all.</param>
    /// <param name="after">The page continues after this booking.</param>
    public static Sql OfGuest(
        int organizationId,
        Guid contactId,
        IReadOnlyCollection<Guid>? properties,
        int most,
        BookingPosition? after
    ) =>
        $"""
            SELECT {Selected(organizationId)} FROM bookings b WHERE b.organization_id = {organizationId} AND b.contact_id = {contactId}
            {Sql.AndIn($"b.property_id", properties)}{after?.AndLater}{InOrder}{SqlDialect.Limit(most)}
            """;

    /// <summary>One property, status and source of the filter; null means all values together.</summary>
    /// <param name="Named">One status, when the filter has sources but no statuses.</param>
    private readonly record struct Stretch(Guid? Property, BookingStatus? Status, Source? Source, BookingStatus? Named);

    /// <summary>The stretches of a query. When there are too many, all properties are taken together first, then all sources.</summary>
    private static List<Stretch> Stretches(BookingFilter filter, IReadOnlyList<Guid>? within)
    {
        var properties = Each(within);
        var sources = Each(filter.Sources);
        var statuses = Each(filter.Statuses);

        // In a source's index the status comes before the arrival, so without a status filter each status is a stretch.
        BookingStatus?[] named = filter is { Sources.Count: > 0, Statuses: null or { Count: 0 } }
            ? [.. Enum.GetValues<BookingStatus>()]
            : [null];
        if (properties.Length * sources.Length * statuses.Length * named.Length > MostStretches && properties.Length > 1)
        {
            properties = [null];
        }

        if (properties.Length * sources.Length * statuses.Length * named.Length > MostStretches)
        {
            (sources, named) = ([null], [null]);
        }

        if (properties.Length * statuses.Length > MostStretches)
        {
            statuses = [null];
        }

        return [.. from p in properties from s in statuses from o in sources from n in named select new Stretch(p, s, o, n)];

        static T?[] Each<T>(IReadOnlyList<T>? values)
            where T : struct => values is { Count: > 0 } ? [.. values.Select(v => (T?)v)] : [null];
    }

    /// <summary>What <see cref="BookingReading"/> reads of the bookings <c>b</c>.</summary>
    internal static Sql Selected(int organizationId) =>
        $"""
            {Columns}, (SELECT p.name FROM properties p WHERE p.organization_id = {organizationId} AND p.id = b.property_id)
            """;

    private static Sql JoinGuest(BookingQuery asked) =>
        asked.Terms.IsEmpty ? Sql.None : $" LEFT JOIN contacts c ON c.organization_id = {asked.OrganizationId} AND c.id = b.contact_id";

    private static Sql Where(BookingQuery asked, SqlDialect dialect, BookingPosition? after = null) =>
        $"{WhereOf(asked, default, OfSource)}{Narrower(asked, dialect, after)}";

    private static Sql WhereOf(BookingQuery asked, Stretch stretch, Sql source)
    {
        var filter = asked.Filter;
        Sql named = stretch.Named is { } status ? $" AND b.status = {status:fixed}" : Sql.None;
        return $" WHERE b.organization_id = {asked.OrganizationId}{And(OfProperty, stretch.Property, asked.Properties)}"
            + $"{And(OfStatus, stretch.Status, filter.Statuses)}{And(source, stretch.Source, filter.Sources)}{named}";
    }

    /// <summary>The conditions that are the same in every stretch.</summary>
    private static Sql Narrower(BookingQuery asked, SqlDialect dialect, BookingPosition? after)
    {
        var filter = asked.Filter;
        Sql from = filter.ArrivalFrom is { } first ? $" AND b.arrival >= {first}" : Sql.None;
        Sql until = after is null && filter.ArrivalTo is { } last ? $" AND b.arrival <= {last}" : Sql.None;
        return $"{from}{after?.AndLater}{until}{Search(asked, dialect)}";
    }

    private static Sql And<T>(Sql column, T? one, IReadOnlyCollection<T>? any)
        where T : struct =>
        one is { } only ? $" AND {column} = {Sql.List([only])}"
        : any is { Count: > 0 } ? Sql.AndIn(column, any)
        : Sql.None;
}
