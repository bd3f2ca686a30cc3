using System.Globalization;
using System.Reflection;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Reviews;

/// <summary>Reviews at the properties that the actor sees, the latest first.</summary>
public static class ListReviews
{
    /// <param name="Page">The page's size and its cursor.</param>
    /// <param name="PropertyIds">Only reviews at these properties; all when left out.</param>
    /// <param name="Stars">Only reviews with these numbers of stars; all when left out.</param>
    /// <param name="ContactId">Only this guest's reviews.</param>
    /// <param name="BookingId">Only reviews of this booking.</param>
    public sealed record Query(
        PageQuery Page,
        IReadOnlyList<Guid>? PropertyIds = null,
        IReadOnlyList<int>? Stars = null,
        Guid? ContactId = null,
        Guid? BookingId = null
    )
    {
        internal static readonly string[] Parameters = ["propertyId*", "stars*", "contactId", "bookingId", "limit", "cursor"];

        private ValidationErrors? Wrong { get; init; }

        /// <summary>Reads a request's parameters. The use case throws the errors after it has checked the permission.</summary>
        public static ValueTask<Query?> BindAsync(HttpContext http, ParameterInfo _)
        {
            var (query, errors) = (http.Request.Query, new ValidationErrors());
            var read = new QueryReading(query, errors);
            var stars = new List<int>();
            foreach (var text in query["stars"])
            {
                if (text is [>= '1' and <= '5'])
                {
                    stars.Add(text[0] - '0');
                }
                else
                {
                    errors.Add("stars", "Range", Review.Fewest, Review.Most);
                }
            }

            var (contact, booking, places) = (read.Id("contactId"), read.Id("bookingId"), read.Ids("propertyId"));
            var page = PageQuery.Read(query, errors, Parameters.Select(p => p.TrimEnd('*')));
            return ValueTask.FromResult<Query?>(
                new(page, places, stars.Count == 0 ? null : [.. stars.Distinct()], contact, booking) { Wrong = errors }
            );
        }

        internal void Refuse()
        {
            Wrong?.Refuse();
            Page.Refuse();
        }

        internal string Binding(Actor who) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"reviews/{who.OrganizationId}/{(who.Properties is { } limited ? string.Join(',', limited.Order()) : "all")}/"
                    + $"{string.Join(',', (PropertyIds ?? []).Order())}/{string.Join(',', (Stars ?? []).Order())}/{ContactId}/"
                    + $"{BookingId}"
            );
    }

    /// <exception cref="Refusal">403 without bookings.view; 400 for a parameter with a wrong value; 404 for a property, contact or booking
    /// that the actor does not see.</exception>
    public static async Task<Page<ReviewRow>> Run(Query query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsView);
        query.Refuse();
        var places = await VisibleProperties.Of(query.PropertyIds, who, db, cancel);
        await DemandSeen(query, who, db, cancel);
        var after = query.Page.After(cursors, query.Binding(who))?.Split('/');
        (DateTime, Guid)? place = after is [var ticks, var last]
            ? (new(long.Parse(ticks, CultureInfo.InvariantCulture), DateTimeKind.Utc), Guid.Parse(last))
            : null;
        var mayName = who.Can(Permission.ContactsView);
        var rows = await db.Read(Question(query, places, place, who.OrganizationId), row => Of(row, mayName), cancel);
        if (query.ContactId is { } guest)
        {
            await ContactSeen.Demand(guest, rows.Count > 0, who, db, cancel);
        }

        return query.Page.Page(rows, r => string.Create(CultureInfo.InvariantCulture, $"{r.At.Ticks}/{r.Id}"), cursors, query.Binding(who));
    }

    private static Sql Question(Query query, IReadOnlyList<Guid>? places, (DateTime At, Guid Id)? after, int organizationId)
    {
        Sql ofGuest = query.ContactId is { } guest ? $" AND r.contact_id = {guest}" : Sql.None;
        Sql ofStay = query.BookingId is { } stay ? $" AND r.booking_id = {stay}" : Sql.None;
        Sql goesOn = after is { } place ? $" AND (r.at, r.id) < ({place.At}, {place.Id})" : Sql.None;
        return $"""
            SELECT r.id, r.contact_id, r.booking_id, r.stars, r.comment, r.at, r.property_id, p.name, c.name FROM reviews r
            JOIN properties p ON p.organization_id = r.organization_id AND p.id = r.property_id
            LEFT JOIN contacts c ON c.organization_id = r.organization_id AND c.id = r.contact_id
            WHERE r.organization_id = {organizationId}{Sql.AndIn($"r.property_id", places)}{Sql.AndIn($"r.stars", query.Stars)}
            {ofGuest}{ofStay}{goesOn}
            ORDER BY r.at DESC, r.id DESC{SqlDialect.Limit(query.Page.Limit + 1)}
            """;
    }

    private static ReviewRow Of(SqlRow row, bool mayName)
    {
        var review = new ReviewRow(row.Id(), row.IdOrNull(), row.IdOrNull(), row.Number(), row.TextOrNull(), row.Instant())
        {
            Property = new(row.Id(), row.Text()),
        };
        var guest = row.TextOrNull();
        return mayName ? review with { Guest = guest } : review;
    }

    private static async Task DemandSeen(Query query, Actor who, BellhopDb db, CancellationToken cancel)
    {
        if (query.BookingId is { } stay && !await Bookings.BookingRights.VisibleTo(db.Bookings, who).AnyAsync(b => b.Id == stay, cancel))
        {
            throw Refusal.NotThere("booking", stay);
        }
    }
}

/// <summary>One review.</summary>
public static class GetReview
{
    /// <exception cref="Refusal">404 when the review does not exist, belongs to another organisation or is at a property that the actor
    /// does not see.</exception>
    public static async Task<Saved<ReviewRow>> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsView);
        var review =
            await db.Reviews.AsNoTracking().VisibleTo(who).SingleOrDefaultAsync(r => r.Id == id, cancel)
            ?? throw Refusal.NotThere("review", id);
        return new(ReviewRow.Of(review), review.UpdatedAt, ContactId: review.ContactId);
    }
}

/// <summary>The number of a guest's reviews and the average of their stars, over all properties.</summary>
public static class SeeRating
{
    /// <param name="Number">The number of reviews.</param>
    /// <param name="Average">The average of the stars; 0 without reviews.</param>
    public sealed record Row(int Number, double Average);

    /// <exception cref="Refusal">404 for a contact that the actor does not see.</exception>
    public static async Task<Row> Run(Guid contactId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        var (number, stars) = await db.ReadFirst(
            $"""
            SELECT count(*), CAST(coalesce(sum(stars), 0) AS bigint) FROM reviews
            WHERE organization_id = {who.OrganizationId} AND contact_id = {contactId}
            """,
            row => ((int)row.Long(), row.Long()),
            cancel
        );
        await ContactSeen.Demand(contactId, number > 0, who, db, cancel);
        return number == 0 ? new(0, 0) : new(number, (double)stars / number);
    }
}
