using System.Data.Common;
using System.Globalization;
using System.Text;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Bookings;

/// <summary>
/// The list's SQL, built from constants. A stretch is one property, source and status: one seek in an index. Several stretches are read
/// side by side, each only as far as the page needs, and then sorted together. A rare search starts from the guests and numbers found.
/// </summary>
internal static partial class BookingSql
{
    /// <summary>The most stretches that are read side by side.</summary>
    internal const int MostStretches = 60;

    // BookingReading reads the columns in this order.
    internal const string Columns =
        "b.id, b.property_id, b.contact_id, b.source, b.external_id, b.reference, b.status, b.arrival, b.departure, "
        + "b.total, b.currency, b.converted, b.converted_currency, b.guest_name, b.guest_phone, "
        + "b.phone_unusable, b.guest_email, b.room_type, b.adults, b.children, b.notes, b.booked_at, b.created_at, b.updated_at, b.claimed";

    private const string Property = ", (SELECT p.name FROM properties p WHERE p.organization_id = @organization AND p.id = b.property_id)";
    private const string Guest = " LEFT JOIN contacts c ON c.organization_id = @organization AND c.id = b.contact_id";
    private const string Order = " ORDER BY b.arrival DESC, b.id DESC" + BellhopDb.Most;

    internal static ParameterNames PropertyNames { get; } = new("property");
    internal static ParameterNames StatusNames { get; } = new("status");
    internal static ParameterNames SourceNames { get; } = new("source");
    internal static ParameterNames TermNames { get; } = new("term");

    /// <summary>How bookings are found.</summary>
    internal enum Plan
    {
        /// <summary>Read the list in its order and compare each row.</summary>
        Walk,

        /// <summary>Start from the guests' search index and from the indexes of references and external ids.</summary>
        Index,
    }

    /// <summary>The parts of a query that decide its SQL text. Values are parameters.</summary>
    /// <param name="Properties">The number of properties; -1 for all.</param>
    /// <param name="Statuses">The number of statuses; 0 for all.</param>
    /// <param name="Sources">The number of sources; 0 for all.</param>
    /// <param name="From">Whether there is a first day of arrival.</param>
    /// <param name="To">Whether there is a last day of arrival.</param>
    /// <param name="After">Whether the page continues after a cursor.</param>
    /// <param name="Words">The shape of the guest's search words; empty for no search.</param>
    /// <param name="Number">Whether references and external ids are searched too.</param>
    /// <param name="Plan">How bookings are found.</param>
    /// <param name="Word">The word to look up in the guests' index.</param>
    /// <param name="Shown">The shape of the words that a row may show in its source, status or property; see <see
    /// cref="RowWords"/>.</param>
    internal readonly record struct QueryShape(
        int Properties = -1,
        int Statuses = 0,
        int Sources = 0,
        bool From = false,
        bool To = false,
        bool After = false,
        string Words = "",
        bool Number = false,
        Plan Plan = Plan.Walk,
        int Word = SearchTerms.AllWords,
        string Shown = ""
    );

    public static string Page(BellhopDb db, QueryShape shape)
    {
        var sql = new StringBuilder();
        if (shape.Plan != Plan.Walk)
        {
            sql.Append("WITH found AS MATERIALIZED (")
                .Append(Found(db, shape))
                .Append(") SELECT ")
                .Append(Columns)
                .Append(Property)
                .Append(" FROM found f")
                .Append(db.JoinAfter)
                .Append("bookings b ON b.organization_id = @organization AND b.id = f.id")
                .Append(JoinGuest(shape));
            Where(sql, db, shape, default);
            return sql.Append(Order).ToString();
        }

        var stretches = Stretches(shape);
        if (stretches.Count == 1)
        {
            sql.Append("SELECT ").Append(Columns).Append(Property);
            Walk(sql, db, shape, stretches[0]);
            return sql.ToString();
        }

        // First only the sort keys, from the indexes; then the other columns for the page's rows. A search needs the full rows from the
        // start.
        var read = shape.Number ? Columns : "b.arrival, b.id";
        sql.Append("SELECT ")
            .Append(Columns)
            .Append(Property)
            .Append(" FROM (")
            .Append(shape.Number ? "" : "SELECT b.arrival, b.id FROM (");
        for (var i = 0; i < stretches.Count; i++)
        {
            sql.Append(i == 0 ? "SELECT * FROM (SELECT " : " UNION ALL SELECT * FROM (SELECT ").Append(read);
            Walk(sql, db, shape, stretches[i]);
            sql.Append(") s").Append(i);
        }

        if (!shape.Number)
        {
            sql.Append(") b")
                .Append(Order)
                .Append(") k")
                .Append(db.JoinAfter)
                .Append("bookings b ON b.organization_id = @organization AND b.id = k.id ORDER BY k.arrival DESC, k.id DESC");
            return sql.ToString();
        }

        return sql.Append(") b").Append(Order).ToString();
    }

    /// <summary>Counts the matching bookings up to <paramref name="most"/>. The plans are those of <see cref="Page"/>.</summary>
    public static string Matches(BellhopDb db, QueryShape shape, int most)
    {
        var sql = new StringBuilder(shape.Plan == Plan.Walk ? "" : $"WITH found AS MATERIALIZED ({Found(db, shape)}) ").Append(
            "SELECT count(*) FROM (SELECT 1 FROM "
        );
        if (shape.Plan == Plan.Walk)
        {
            sql.Append("bookings b");
        }
        else
        {
            sql.Append("found f").Append(db.JoinAfter).Append("bookings b ON b.organization_id = @organization AND b.id = f.id");
        }

        sql.Append(JoinGuest(shape));

        Where(sql, db, shape, default);
        return sql.Append(CultureInfo.InvariantCulture, $" LIMIT {most}) m").ToString();
    }

    /// <summary>
    /// The ids of the matching bookings among the newest that were made after <c>@since</c>. Only the primary key is used to find them.
    /// </summary>
    public static string Newer(BellhopDb db, QueryShape shape, int among)
    {
        var sql = new StringBuilder().Append(
            CultureInfo.InvariantCulture,
            $"""
            SELECT b.id FROM (SELECT * FROM bookings b WHERE b.organization_id = @organization AND b.id > @since
                ORDER BY b.id DESC LIMIT {among}) b{JoinGuest(shape)}
            """
        );
        Where(sql, db, shape with { Plan = Plan.Walk }, default);
        return sql.ToString();
    }

    /// <summary>
    /// One property, status and source of the filter, each by its place among the parameters; null means all values together.
    /// </summary>
    /// <param name="Named">The status's name, when the filter has sources but no statuses.</param>
    private readonly record struct Stretch(int? Property, int? Status, int? Source, BookingStatus? Named = null);

    /// <summary>The stretches of a query. When there are too many, all properties are taken together first, then all sources.</summary>
    private static List<Stretch> Stretches(QueryShape shape)
    {
        int?[] properties = shape.Properties > 0 ? [.. Numbers(shape.Properties)] : [null],
            sources = shape.Sources > 0 ? [.. Numbers(shape.Sources)] : [null],
            statuses = shape.Statuses > 0 ? [.. Numbers(shape.Statuses)] : [null];

        // In a source's index the status comes before the arrival, so without a status filter each status is a stretch.
        BookingStatus?[] named = shape is { Sources: > 0, Statuses: 0 } ? [.. Enum.GetValues<BookingStatus>()] : [null];
        if (properties.Length * sources.Length * statuses.Length * named.Length > MostStretches)
        {
            properties = [shape.Properties == 1 ? 0 : null];
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

        static IEnumerable<int?> Numbers(int count) => Enumerable.Range(0, count).Select(i => (int?)i);
    }

    /// <summary>The bookings of one guest, <c>@contact</c>.</summary>
    /// <param name="properties">How many properties the guest's bookings are limited to; null for all.</param>
    /// <param name="goesOn">Whether the page continues after a cursor.</param>
    public static string OfGuest(int? properties, bool goesOn) =>
        $"SELECT {Columns}{Property} FROM bookings b WHERE b.organization_id = @organization AND b.contact_id = @contact"
        + PropertyNames.AndIn("b.property_id", properties)
        + (goesOn ? " AND (b.arrival, b.id) < (@arrival, @id)" : "")
        + Order;

    private static void Walk(StringBuilder sql, BellhopDb db, QueryShape shape, Stretch stretch)
    {
        sql.Append(" FROM bookings b").Append(JoinGuest(shape));
        Where(sql, db, shape, stretch, walks: true);
        sql.Append(Order);
    }

    private static void Where(StringBuilder sql, BellhopDb db, QueryShape shape, Stretch stretch, bool walks = false)
    {
        sql.Append(" WHERE b.organization_id = @organization");
        One(shape.Properties, stretch.Property, "b.property_id", PropertyNames);
        One(shape.Statuses, stretch.Status, "b.status", StatusNames);

        // When the list is read in its order, an expression hides the source column, so that the database uses the index of the order.
        One(shape.Sources, stretch.Source, walks && stretch.Source is null ? "(b.source || '')" : "b.source", SourceNames);
        if (stretch.Named is { } status)
        {
            sql.Append(" AND b.status = '").Append(status).Append('\'');
        }

        sql.Append(shape.From ? " AND b.arrival >= @from" : "")
            .Append(
                shape.After ? " AND (b.arrival, b.id) < (@arrival, @id)"
                : shape.To ? " AND b.arrival <= @to"
                : ""
            );
        if (shape.Number)
        {
            sql.Append(" AND (").AppendJoin(" OR ", Begins(""));
            var numbers = Numbers(shape.Words).ToList();
            var words = SearchSql
                .Conditions(db, "c.search", shape.Words, TermNames)
                .Select(
                    (guest, i) =>
                        string.Join(
                            " OR ",
                            [guest, .. numbers.Contains(i) ? Begins($"{i}") : [], .. RowWords.Conditions(db, shape.Shown, i)]
                        )
                );
            sql.Append(shape.Words.Length > 0 ? $" OR (({string.Join(") AND (", words)}))" : "").Append(')');
        }

        void One(int many, int? one, string column, ParameterNames names)
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
