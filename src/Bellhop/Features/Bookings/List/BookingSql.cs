using System.Data.Common;
using System.Globalization;
using System.Text;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Bookings;

/// <summary>
/// The list's SQL, put together from constants. Each stretch is a seek in the index of its property, source and status; several are read
/// side by side, each no further than the page goes, and put in one order. A rare search goes by the guests and numbers it finds.
/// </summary>
internal static partial class BookingSql
{
    /// <summary>More stretches than this are not read side by side.</summary>
    internal const int MostStretches = 60;

    // Read in this order by BookingReading.
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
        /// <summary>On the way through the order.</summary>
        Walk,

        /// <summary>By the search index of guests, and by their own numbers.</summary>
        Index,
    }

    /// <summary>What of a question decides its text; values are parameters.</summary>
    /// <param name="Properties">How many; -1 for all.</param>
    /// <param name="Statuses">How many; 0 for all.</param>
    /// <param name="Sources">How many; 0 for all.</param>
    /// <param name="From">Whether there is a first day.</param>
    /// <param name="To">Whether there is a last day.</param>
    /// <param name="After">Whether it goes on after a place.</param>
    /// <param name="Words">Who is searched for, by the shape of it; empty for nobody.</param>
    /// <param name="Number">Whether a reference or external id is.</param>
    /// <param name="Plan">How they are found.</param>
    /// <param name="Word">Which word the index of guests is asked for.</param>
    /// <param name="Shown">Which words a row may show beside its guest, by the shape of it; see <see cref="RowWords"/>.</param>
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

        // By their places alone, off the indexes; what is shown of them is read of a page's rows only. A search reads the rows on its way.
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

    /// <summary>How many match, no further than so many; the ways are those of <see cref="Page"/>.</summary>
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

    /// <summary>The ids of those that match among the newest made after <c>@since</c>, found by the key alone.</summary>
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
    /// One value each of what several were asked for, by its place among the parameters; null where all are taken together.
    /// </summary>
    /// <param name="Named">The status by its name, where every one of them is a stretch of a source.</param>
    private readonly record struct Stretch(int? Property, int? Status, int? Source, BookingStatus? Named = null);

    /// <summary>Each is a seek; where there would be too many, properties are taken together first, then sources.</summary>
    private static List<Stretch> Stretches(QueryShape shape)
    {
        int?[] properties = shape.Properties > 0 ? [.. Numbers(shape.Properties)] : [null],
            sources = shape.Sources > 0 ? [.. Numbers(shape.Sources)] : [null],
            statuses = shape.Statuses > 0 ? [.. Numbers(shape.Statuses)] : [null];

        // A source's index has its statuses in between: without a choice each is a stretch.
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

    /// <summary>A guest's own, <c>@contact</c>.</summary>
    /// <param name="properties">At how many; null for all.</param>
    /// <param name="goesOn">After a place.</param>
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

        // Not a column alone where the order is walked: no index but that of the order is to be taken for several together.
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
