using System.Globalization;
using System.Reflection;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Reviews;

/// <summary>Reviews at the properties one sees, the latest first.</summary>
public static class ListReviews
{
    /// <param name="Page">How many, after which.</param>
    /// <param name="PropertyIds">Of any of these; all where left out.</param>
    /// <param name="Stars">With any of these; all where left out.</param>
    /// <param name="ContactId">Of this guest alone.</param>
    /// <param name="BookingId">Of this stay alone.</param>
    public sealed record Query(PageQuery Page, IReadOnlyList<Guid>? PropertyIds = null, IReadOnlyList<int>? Stars = null, Guid? ContactId = null, Guid? BookingId = null)
    {
        internal static readonly string[] Parameters = ["propertyId*", "stars*", "contactId", "bookingId", "limit", "cursor"];

        private Faults? Wrong { get; init; }

        /// <summary>Reads a request's parameters; what is wrong is refused by the use case, after its permission.</summary>
        public static ValueTask<Query?> BindAsync(HttpContext http, ParameterInfo _)
        {
            var (query, faults) = (http.Request.Query, new Faults());
            var read = new QueryReading(query, faults);
            var stars = new List<int>();
            foreach (var text in query["stars"])
            {
                if (text is [>= '1' and <= '5'])
                {
                    stars.Add(text[0] - '0');
                }
                else
                {
                    faults.Add("stars", "Range", Review.Fewest, Review.Most);
                }
            }

            var (contact, booking, places) = (read.Id("contactId"), read.Id("bookingId"), read.Ids("propertyId"));
            var page = PageQuery.Read(query, faults, Parameters.Select(p => p.TrimEnd('*')));
            return ValueTask.FromResult<Query?>(new(page, places, stars.Count == 0 ? null : [.. stars.Distinct()], contact, booking) { Wrong = faults });
        }

        internal void Refuse()
        {
            Wrong?.Refuse();
            Page.Refuse();
        }

        internal string Binding(Actor who) => string.Create(
            CultureInfo.InvariantCulture,
            $"reviews/{who.OrganizationId}/{(who.Properties is { } limited ? string.Join(',', limited.Order()) : "all")}/{string.Join(',', (PropertyIds ?? []).Order())}/{string.Join(',', (Stars ?? []).Order())}/{ContactId}/{BookingId}");
    }

    /// <exception cref="Refusal">403 without bookings.view; 400 for a parameter that cannot be taken; 404 for a property, contact or booking not seen.</exception>
    public static async Task<Page<ReviewRow>> Run(Query query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsView);
        query.Refuse();
        await DemandSeen(query, who, db, cancel);
        var reviews = Of(query, db.Reviews.AsNoTracking().VisibleTo(who));
        if (query.Page.After(cursors, query.Binding(who))?.Split('/') is [var ticks, var last])
        {
            var (at, after) = (new DateTime(long.Parse(ticks, CultureInfo.InvariantCulture), DateTimeKind.Utc), Guid.Parse(last));
            reviews = reviews.Where(r => r.At <= at && (r.At < at || r.Id < after));
        }

        var rows = await ReviewFollower.Latest(reviews).Take(query.Page.Limit + 1)
            .Select(r => new
            {
                Review = r,
                Property = db.Properties.Where(p => p.OrganizationId == r.OrganizationId && p.Id == r.PropertyId).Select(p => p.Name).First(),
                Guest = db.Contacts.Where(c => c.OrganizationId == r.OrganizationId && c.Id == r.ContactId).Select(c => c.Name).FirstOrDefault(),
            }).ToListAsync(cancel);
        var mayName = who.Can(Permission.ContactsView);
        return query.Page.Page(
            rows.ConvertAll(r => ReviewRow.Of(r.Review) with { Property = new(r.Review.PropertyId, r.Property), Guest = mayName ? r.Guest : null }),
            r => string.Create(CultureInfo.InvariantCulture, $"{r.At.Ticks}/{r.Id}"), cursors, query.Binding(who));
    }

    private static IQueryable<Review> Of(Query query, IQueryable<Review> reviews)
    {
        if (query.PropertyIds is { } places)
        {
            reviews = places is [var only] ? reviews.Where(r => r.PropertyId == only) : reviews.Where(r => places.Contains(r.PropertyId));
        }

        if (query.Stars is { } stars)
        {
            var wanted = stars.Select(s => (short)s).ToArray();
            reviews = reviews.Where(r => wanted.Contains(r.Stars));
        }

        reviews = query.ContactId is { } guest ? reviews.Where(r => r.ContactId == guest) : reviews;
        return query.BookingId is { } stay ? reviews.Where(r => r.BookingId == stay) : reviews;
    }

    private static async Task DemandSeen(Query query, Actor who, BellhopDb db, CancellationToken cancel)
    {
        if (query.PropertyIds is { } places)
        {
            var seen = await db.Properties.VisibleTo(who).Where(p => places.Contains(p.Id)).Select(p => p.Id).ToListAsync(cancel);
            foreach (var id in places.Except(seen))
            {
                throw Refusal.NotThere("property", id);
            }
        }

        if (query.ContactId is { } guest)
        {
            await ContactSeen.Demand(guest, who, db, cancel);
        }

        if (query.BookingId is { } stay && !await Bookings.BookingRights.VisibleTo(db.Bookings, who).AnyAsync(b => b.Id == stay, cancel))
        {
            throw Refusal.NotThere("booking", stay);
        }
    }
}

/// <summary>One review.</summary>
public static class GetReview
{
    /// <exception cref="Refusal">404 where it is not there, of another organisation, or at a property that is not theirs.</exception>
    public static async Task<Saved<ReviewRow>> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsView);
        var review = await db.Reviews.AsNoTracking().VisibleTo(who).SingleOrDefaultAsync(r => r.Id == id, cancel) ?? throw Refusal.NotThere("review", id);
        return new(ReviewRow.Of(review), review.UpdatedAt, ContactId: review.ContactId);
    }
}

/// <summary>How many reviews a guest has given, and how good they are on average. The contact's own, at whichever property.</summary>
public static class SeeRating
{
    /// <param name="Number">Of reviews.</param>
    /// <param name="Average">Of their stars; 0 where there is none.</param>
    public sealed record Row(int Number, double Average);

    /// <exception cref="Refusal">404 for a contact not seen.</exception>
    public static async Task<Row> Run(Guid contactId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        await ContactSeen.Demand(contactId, who, db, cancel);
        var sums = await db.Reviews.Where(r => r.OrganizationId == who.OrganizationId && r.ContactId == contactId).GroupBy(_ => 1)
            .Select(g => new { Number = g.Count(), Stars = g.Sum(r => (int)r.Stars) }).FirstOrDefaultAsync(cancel);
        return sums is null ? new(0, 0) : new(sums.Number, (double)sums.Stars / sums.Number);
    }
}
