using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>
/// The list's SQL. Each shape of query has one text, which is kept. <c>c</c> is the contact. <c>f</c> has the figures over the properties
/// asked about: the contact itself for all, its row in <c>contact_at</c> for one, the sum for several. <c>p</c> is the property, <c>b</c>
/// the last booking, <c>o</c> the organisation.
/// </summary>
internal static partial class ContactSql
{
    private const int MostKept = 4000;

    // A filter may have hundreds of tags. A text longer than this is not kept.
    private const int LongestKept = 12_000;

    private static readonly BoundedCache<(SqlDialect Engine, QueryShape Shape), KeptSql> Kept = new(MostKept);
    private static readonly BoundedCache<(SqlDialect Engine, PropertyScope Scope), KeptSql> KeptGuests = new(MostKept);

    /// <summary>SQL for a stretch of the list in its order, with one row more than asked for when more follow.</summary>
    /// <remarks>
    /// A row has the columns of <see cref="ContactRow.Reads"/>; then, if the guests are found by an index, the number of hits; then, if
    /// the guests have it, the sort's key.
    /// </remarks>
    public static Sql Page(SqlDialect dialect, QueryShape shape, GuestValues values)
    {
        // Segments differ too much to be kept.
        if (shape.Criteria.Segment is not null)
        {
            return Compose(dialect, shape).With(values);
        }

        if (!Kept.TryGet((dialect, shape), out var kept))
        {
            kept = Compose(dialect, shape).Keep(dialect);
            if (kept.Text.Length <= LongestKept)
            {
                Kept.Set((dialect, shape), kept);
            }
        }

        return Sql.Of(kept, values);
    }

    /// <summary>SQL for the row of one guest.</summary>
    public static Sql Guest(SqlDialect dialect, GuestValues values)
    {
        var scope = values.Scope.Scope;
        if (!KeptGuests.TryGet((dialect, scope), out var kept))
        {
            kept = Sql.Of($"SELECT {Columns(scope)}{FromGuest(scope)}{Beside(scope)}{WhereGuest(scope)}").Keep(dialect);
            KeptGuests.Set((dialect, scope), kept);
        }

        return Sql.Of(kept, values);
    }

    /// <summary>The tables for one guest.</summary>
    internal static Sql FromGuest(PropertyScope scope) => From(scope, $" AND a.contact_id = {GuestHoles.Contact}");

    internal static Sql WhereGuest(PropertyScope scope)
    {
        var contact = GuestHoles.Contact;
        var one = scope.IsOne
            ? Sql.Of(
                $" AND f.organization_id = {GuestHoles.Organization} AND f.property_id = {GuestHoles.Properties[0]} "
                    + $"AND f.contact_id = {contact}"
            )
            : Sql.None;
        return $" WHERE c.organization_id = {GuestHoles.Organization} AND c.id = {contact}{one}";
    }

    private static Sql Compose(SqlDialect dialect, QueryShape shape)
    {
        var scope = shape.Scope;
        var key = shape.Part == NullsPart.Filled ? Sql.Of($", {Key(shape)}") : Sql.None;
        var count = shape.IsByIndex ? Sql.Of($", (SELECT count(*) FROM hits)") : Sql.None;
        return shape.IsByIndex || scope.IsSeveral
            ? Sql.Of(
                $"{Top(dialect, shape)}SELECT {Columns(scope)}{count}{key}{FromFound(dialect, scope, $"top")}{Beside(scope)}"
                    + $"{Order(dialect, shape)}"
            )
            : $"SELECT {Columns(scope)}{key}{FromWalk(dialect, shape.Criteria)}{Beside(scope)}{Choose(dialect, shape)}";
    }

    /// <summary>The tables for guests that are read in an order.</summary>
    private static Sql FromWalk(SqlDialect dialect, Criteria found) =>
        found.Plan == Plan.TagWalk
            ? $" FROM contact_tags g{dialect.JoinAfter}contacts c ON c.organization_id = g.organization_id AND c.id = g.contact_id"
            : From(found.Scope);

    private static Sql Columns(PropertyScope scope) => Sql.Join(", ", ContactRow.Reads.Select(c => c.Over(scope)));

    /// <summary>
    /// The tables for all but the guest's own figures: the currency, the property if it is one of those asked about, the last booking.
    /// </summary>
    private static Sql Beside(PropertyScope scope)
    {
        var asked = scope.IsAll ? Sql.None : $" AND p.id IN ({GuestHoles.Properties.List(scope.Count)})";
        var last = scope.IsSeveral ? LastOfSeveral(scope) : GuestColumn.Figure("last_booking_id").Over(scope);
        return $" JOIN organizations o ON o.id = {GuestHoles.Organization} "
            + $"LEFT JOIN properties p ON p.organization_id = {GuestHoles.Organization} AND p.id = c.property_id{asked} "
            + $"LEFT JOIN bookings b ON b.organization_id = {GuestHoles.Organization} AND b.id = {last}";
    }

    /// <summary>Which rows of a stretch to read, in which order, and how many.</summary>
    private static Sql Choose(SqlDialect dialect, QueryShape shape)
    {
        var (isTag, isFilled) = (shape.Plan == Plan.TagWalk, shape.Part == NullsPart.Filled);
        var (key, id, order) = (Key(shape), Id(shape), isTag ? null : shape.Sort.Key.Key);
        var tag = isTag ? $" AND g.organization_id = {GuestHoles.Organization} AND g.tag_id = {GuestHoles.FromTags[0]}" : Sql.None;
        var part =
            isTag || shape.Sort.Key.Empty is not { } empty ? Sql.None
            : isFilled ? Sql.Of($" AND {empty.Over(shape.Scope)} = 0")
            : $" AND {empty.Over(shape.Scope)} = 1 AND {key} IS NULL";
        var beyond = shape.Descending ? Sql.Of($"<") : $">";
        var after =
            !shape.After ? Sql.None
            : isFilled ? Sql.Of($" AND ({key}, {id}) {beyond} ({GuestHoles.Key}, {GuestHoles.After})")
            : $" AND {id} {beyond} {GuestHoles.After}";
        return $"{Where(dialect, shape.Criteria, order)}{tag}{part}{after}{Order(dialect, shape)} LIMIT {MostRead(shape):fixed}";
    }

    /// <summary>One row more than the page has says whether more follow.</summary>
    private static int MostRead(QueryShape shape) => (shape.Many ? ListContacts.MostLimit : ListContacts.UsualLimit) + 1;

    private static Sql Order(SqlDialect dialect, QueryShape shape)
    {
        var (key, way) = (Key(shape), shape.Descending ? $" DESC" : Sql.None);
        var first = shape.Part == NullsPart.Filled ? $"{key}{way}, " : dialect.OrderOfEmpties(key, shape.Descending);
        return $" ORDER BY {first}{Id(shape)}{way}";
    }

    private static Sql Key(QueryShape shape) => shape.Plan == Plan.TagWalk ? $"g.created_at" : shape.Sort.Key.Key.Over(shape.Scope);

    private static Sql Id(QueryShape shape) => shape.Plan == Plan.TagWalk ? $"g.contact_id" : Id(shape.Scope);

    private static Sql Id(PropertyScope scope) => scope.IsOne ? Sql.Of($"f.contact_id") : $"c.id";

    /// <param name="Now">Until when a guest is active.</param>
    /// <param name="Month">The start of this month.</param>
    /// <param name="Next">The start of the next month.</param>
    /// <param name="Last">The start of the last month.</param>
    internal readonly record struct Instants(DateTime Now, DateTime Month, DateTime Next, DateTime Last);

    /// <summary>SQL for one row of counts: all, active, new this month, new last month, with bookings, spent.</summary>
    public static Sql Count(SqlDialect dialect, Criteria found, Instants at)
    {
        var f = found.Scope.IsAll ? Sql.Of($"c") : $"f";
        var isOfTag = found is { Plan: Plan.Tags, Scope.IsAll: true, Tags.From: 1 };

        // The tag's index has the time too, so it need not be read from the contact.
        var created = isOfTag ? Sql.Of($"h.created_at") : $"{f}.created_at";
        var from =
            isOfTag
                ? Sql.Of(
                    $" FROM contact_tags h{dialect.JoinAfter}contacts c ON c.organization_id = {GuestHoles.Organization} "
                        + $"AND c.id = h.contact_id"
                )
            : found.IsByIndex ? FromFound(dialect, found.Scope, $"({Hits(dialect, found, int.MaxValue)})")
            : From(found.Scope);
        var tag = isOfTag ? $" AND h.organization_id = {GuestHoles.Organization} AND h.tag_id = {GuestHoles.FromTags[0]}" : Sql.None;
        return $"""
            SELECT count(*), count(CASE WHEN {f}.active_until > {at.Now} THEN 1 END),
            count(CASE WHEN {created} >= {at.Month} AND {created} < {at.Next} THEN 1 END),
            count(CASE WHEN {created} >= {at.Last} AND {created} < {at.Month} THEN 1 END),
            count(CASE WHEN {f}.bookings > 0 THEN 1 END), CAST(coalesce(sum({f}.spent), 0) AS bigint){from}{Where(
                dialect,
                found,
                anyIndex: true
            )}{tag}
            """;
    }

    /// <param name="only">A condition on <c>a</c>, a guest at a property. It leaves out guests before the rows of several properties are
    /// summed.</param>
    internal static Sql From(PropertyScope scope, Sql? only = null) =>
        scope.IsAll ? $" FROM contacts c"
        : scope.IsOne ? $" FROM contact_at f JOIN contacts c ON c.organization_id = f.organization_id AND c.id = f.contact_id"
        : Sql.Of(
            $" FROM {Sum(scope, only ?? Sql.None, SummedOfSeveral)} f "
                + $"JOIN contacts c ON c.organization_id = {GuestHoles.Organization} AND c.id = f.contact_id"
        );
}
