using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Text;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Reviews;

/// <summary>Reviews at the properties one sees, the latest first.</summary>
public static class ListReviews
{
    private static readonly ParameterNames PropertyNames = new("property"),
        StarNames = new("stars");

    /// <param name="Page">How many, after which.</param>
    /// <param name="PropertyIds">Of any of these; all where left out.</param>
    /// <param name="Stars">With any of these; all where left out.</param>
    /// <param name="ContactId">Of this guest alone.</param>
    /// <param name="BookingId">Of this stay alone.</param>
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

        /// <summary>Reads a request's parameters; what is wrong is refused by the use case, after its permission.</summary>
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

    /// <exception cref="Refusal">403 without bookings.view; 400 for a parameter that cannot be taken; 404 for a property, contact or
    /// booking not seen.</exception>
    public static async Task<Page<ReviewRow>> Run(Query query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsView);
        query.Refuse();
        var places = await VisibleProperties.Of(query.PropertyIds, who, db, cancel);
        await DemandSeen(query, who, db, cancel);
        var after = query.Page.After(cursors, query.Binding(who))?.Split('/');
        await using var reading = await db.Read(Text(query, places?.Count, after is not null), cancel);
        reading
            .With("organization", who.OrganizationId)
            .With("most", query.Page.Limit + 1)
            .With(PropertyNames, places, db)
            .With(StarNames, query.Stars, db);
        Add("contact", query.ContactId);
        Add("booking", query.BookingId);
        if (after is [var ticks, var last])
        {
            reading.With("at", db.Stored(new DateTime(long.Parse(ticks, CultureInfo.InvariantCulture), DateTimeKind.Utc)));
            Add("id", Guid.Parse(last));
        }

        var mayName = who.Can(Permission.ContactsView);
        var rows = await reading.ToList(row => Of(row, mayName, db), cancel);
        if (query.ContactId is { } guest)
        {
            await ContactSeen.Demand(guest, rows.Count > 0, who, db, cancel);
        }

        return query.Page.Page(rows, r => string.Create(CultureInfo.InvariantCulture, $"{r.At.Ticks}/{r.Id}"), cursors, query.Binding(who));

        void Add(string name, Guid? id)
        {
            if (id is { } given)
            {
                reading.With(name, db.Stored(given));
            }
        }
    }

    private static string Text(Query query, int? properties, bool goesOn)
    {
        var sql = new StringBuilder(
            "SELECT r.id, r.contact_id, r.booking_id, r.stars, r.comment, r.at, r.property_id, p.name, c.name FROM reviews r "
                + "JOIN properties p ON p.organization_id = r.organization_id AND p.id = r.property_id "
                + "LEFT JOIN contacts c ON c.organization_id = r.organization_id AND c.id = r.contact_id "
                + "WHERE r.organization_id = @organization"
        );
        return sql.Append(PropertyNames.AndIn("r.property_id", properties))
            .Append(StarNames.AndIn("r.stars", query.Stars?.Count))
            .Append(query.ContactId is null ? "" : " AND r.contact_id = @contact")
            .Append(query.BookingId is null ? "" : " AND r.booking_id = @booking")
            .Append(goesOn ? " AND (r.at, r.id) < (@at, @id)" : "")
            .Append(" ORDER BY r.at DESC, r.id DESC")
            .Append(BellhopDb.Most)
            .ToString();
    }

    private static ReviewRow Of(DbDataReader row, bool mayName, BellhopDb db) =>
        new(
            db.ReadId(row, 0),
            row.IsDBNull(1) ? null : db.ReadId(row, 1),
            row.IsDBNull(2) ? null : db.ReadId(row, 2),
            row.GetInt16(3),
            row.ReadText(4),
            db.ReadInstant(row, 5)
        )
        {
            Property = new(db.ReadId(row, 6), row.GetString(7)),
            Guest = mayName ? row.ReadText(8) : null,
        };

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
    /// <exception cref="Refusal">404 where it is not there, of another organisation, or at a property that is not theirs.</exception>
    public static async Task<Saved<ReviewRow>> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsView);
        var review =
            await db.Reviews.AsNoTracking().VisibleTo(who).SingleOrDefaultAsync(r => r.Id == id, cancel)
            ?? throw Refusal.NotThere("review", id);
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
        await using var reading = await db.Read(
            "SELECT count(*), CAST(coalesce(sum(stars), 0) AS bigint) FROM reviews WHERE organization_id = @organization "
                + "AND contact_id = @contact",
            cancel
        );
        var sums = (
            await reading
                .With("organization", who.OrganizationId)
                .With("contact", db.Stored(contactId))
                .ToList(row => (Number: (int)row.GetInt64(0), Stars: row.GetInt64(1)), cancel)
        )[0];
        await ContactSeen.Demand(contactId, sums.Number > 0, who, db, cancel);
        return sums.Number == 0 ? new(0, 0) : new(sums.Number, (double)sums.Stars / sums.Number);
    }
}
