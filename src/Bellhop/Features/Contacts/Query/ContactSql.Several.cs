using Bellhop.Data;
using Bellhop.Features.Properties;

namespace Bellhop.Features.Contacts;

/// <summary>
/// The list over several properties. A guest's figures are summed over the guest's rows in <c>contact_at</c>, but only for the guests of
/// the page. These are found in the order of one such row, where one row has the figure of the order.
/// </summary>
internal static partial class ContactSql
{
    // With more properties than this, too many indexes would be read side by side.
    private const int MostWalked = 30;

    private static readonly IReadOnlyList<Column> SummedOfSeveral = [.. ContactRow.Columns.Where(c => c.OfSeveral is not null)];

    /// <summary>Whether a list over several properties can be read in its order, without summing the figures of every guest.</summary>
    internal static bool HasOrder(Criteria found, ContactSort sort) =>
        sort.Column.FirstOfSeveral is not null && found is { Segment: null, Scope.Count: <= MostWalked };

    /// <summary>SELECT of the ids of the page's guests.</summary>
    private static Sql TopOfSeveral(SqlDialect dialect, QueryShape shape)
    {
        var found = shape.Criteria;
        if (shape.Plan == Plan.Walk && HasOrder(found, shape.Sort))
        {
            return InOrderOfSeveral(dialect, shape);
        }

        var only = shape.IsByIndex ? Sql.Of($" AND a.contact_id IN (SELECT id FROM hits)") : Sql.None;
        return $"SELECT c.id FROM {Sum(shape.Scope, only, Used(shape))} f "
            + $"JOIN contacts c ON c.organization_id = {GuestHoles.Organization} AND c.id = f.contact_id{Choose(dialect, shape)}";
    }

    /// <summary>
    /// Reads the index of each property side by side, only as far as the page needs. A guest stands in several of them, and counts in the
    /// one whose row has the figure.
    /// </summary>
    private static Sql InOrderOfSeveral(SqlDialect dialect, QueryShape shape)
    {
        var (found, sort, scope) = (shape.Criteria, shape.Sort, shape.Scope);
        var (key, isFilled) = (Sql.Of($"w.{Sql.Name(sort.Key.Key.Name)}"), shape.Part == NullsPart.Filled);
        var (way, beyond) = shape.Descending ? (Sql.Of($" DESC"), Sql.Of($"<")) : (Sql.None, $">");
        var part =
            sort.Key.Empty is not { } empty ? Sql.None
            : isFilled ? Sql.Of($" AND w.{Sql.Name(empty.Name)} = 0")
            : $" AND w.{Sql.Name(empty.Name)} = 1 AND {key} IS NULL";
        var after =
            !shape.After ? Sql.None
            : isFilled ? Sql.Of($" AND ({key}, w.contact_id) {beyond} ({GuestHoles.Key}, {GuestHoles.After})")
            : $" AND w.contact_id {beyond} {GuestHoles.After}";
        var order = isFilled ? $"{key}{way}, " : dialect.OrderOfEmpties(key, shape.Descending);
        var conditions = WhereConditions(dialect, found, over: column => OfGuest(scope, column));
        var rows = RowsOfSeveral(scope, $" AND a.contact_id = c.id", HasToday(sort.Column));
        Sql rest =
            $" AND w.listed = 1{part}{after}{conditions} "
            + $"AND w.property_id = (SELECT e.property_id FROM ({rows}) e ORDER BY {sort.Column.FirstOfSeveral}, property_id LIMIT 1) "
            + $"ORDER BY {order}w.contact_id{way} LIMIT {MostRead(shape):fixed}";
        var each = Enumerable
            .Range(0, scope.Count)
            .Select(at =>
                Sql.Of(
                    $"SELECT * FROM (SELECT w.contact_id AS id, {key} AS sorted FROM contact_at w{dialect.JoinAfter}contacts c "
                        + $"ON c.organization_id = {GuestHoles.Organization} AND c.id = w.contact_id "
                        + $"WHERE w.organization_id = {GuestHoles.Organization} AND w.property_id = {GuestHoles.Properties[at]}{rest}) s"
                )
            );
        Sql sorted = isFilled ? $"u.sorted{way}, " : Sql.None;
        return $"SELECT u.id FROM ({Sql.Join(" UNION ALL ", each)}) u ORDER BY {sorted}u.id{way} LIMIT {MostRead(shape):fixed}";
    }

    /// <summary>A figure of the guest <c>c</c> over several properties; any other column as it is.</summary>
    private static Sql OfGuest(PropertyScope scope, GuestColumn column)
    {
        if (!column.IsFigure)
        {
            return column.Over(scope);
        }

        var sum = Sum(scope, $" AND a.contact_id = c.id", [.. SummedOfSeveral.Where(Has(column))]);
        return $"(SELECT e.{Sql.Name(column.Name)} FROM {sum} e)";
    }

    /// <summary>The columns whose figures choose the guests of a page, and their order.</summary>
    private static IReadOnlyList<Column> Used(QueryShape shape)
    {
        var found = shape.Criteria;
        if (found.Segment is not null)
        {
            return SummedOfSeveral; // the segment's other conditions may name any figure
        }

        IEnumerable<GuestColumn> used = Asked(found).Select(t => t.Column).OfType<GuestColumn>();
        var sources = found.Sources > 0 ? SourceField.Column : null;
        return [.. SummedOfSeveral.Where(c => c == shape.Sort.Column || c == sources || used.Any(u => Has(u)(c)))];
    }

    private static Func<Column, bool> Has(GuestColumn figure) =>
        column => figure.IsFigure && (column.Reads.Contains(figure) || column.Sort?.Key == figure || column.Sort?.Empty == figure);

    /// <summary>
    /// The figures over several properties. The first touch at any of them gives source and time. The last arrival is the latest that is
    /// not in the future; when there is none, the next one.
    /// </summary>
    private static Sql Sum(PropertyScope scope, Sql only, IReadOnlyList<Column> columns)
    {
        var figures = Sql.Join("", columns.Select(c => Sql.Of($", {c.OfSeveral}")));
        var rows = RowsOfSeveral(scope, only, columns.Any(HasToday), columns.Contains(SourceField.Column));
        return $"(SELECT contact_id{figures} FROM ({rows}) every GROUP BY contact_id)";
    }

    private static bool HasToday(Column column) => column == LastBookingField.Column;

    /// <summary>SELECT of the rows of <c>contact_at</c> that figures over several properties are computed from.</summary>
    /// <param name="today">With today at each property.</param>
    /// <param name="source">With the source of the guest's first touch.</param>
    private static Sql RowsOfSeveral(PropertyScope scope, Sql only, bool today, bool source = false)
    {
        var (properties, todays) = (GuestHoles.Properties, GuestHoles.Todays);
        var whens = Sql.Join("", Enumerable.Range(0, scope.Count).Select(at => Sql.Of($" WHEN {properties[at]} THEN {todays[at]}")));
        var day = today ? Sql.Of($", CASE a.property_id{whens} END AS today") : Sql.None;
        var first = source
            ? Sql.Of($", first_value(a.source) OVER (PARTITION BY a.contact_id ORDER BY a.created_at, a.property_id) AS first_source")
            : Sql.None;
        return $"SELECT a.*{day}{first} FROM contact_at a WHERE a.organization_id = {GuestHoles.Organization} "
            + $"AND a.property_id IN ({properties.List(scope.Count)}){only}";
    }

    private static Sql LastOfSeveral(PropertyScope scope) =>
        $"""
            (SELECT l.id FROM contact_at a JOIN bookings l ON l.organization_id = a.organization_id AND l.id = a.last_booking_id
            WHERE a.organization_id = {GuestHoles.Organization} AND a.contact_id = f.contact_id
            AND a.property_id IN ({GuestHoles.Properties.List(scope.Count)}) AND a.last_arrival = f.last_arrival
            ORDER BY l.booked_at DESC, l.id DESC LIMIT 1)
            """;
}
