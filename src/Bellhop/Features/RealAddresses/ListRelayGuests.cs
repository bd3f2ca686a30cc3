using System.Globalization;
using System.Reflection;
using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.RealAddresses;

/// <summary>A stay of a guest who has to be asked for the real address.</summary>
/// <param name="WhatsApp">The digits that a link to WhatsApp takes; null where the guest has no valid number.</param>
/// <param name="AskedAt">When the guest was last asked for this stay, UTC; null for never.</param>
public sealed record RelayGuestRow(
    Guid BookingId,
    PropertyName Property,
    Guid ContactId,
    string? Name,
    string? WhatsApp,
    DateOnly Arrival,
    DateOnly Departure,
    DateTime? AskedAt
);

/// <summary>The guests in house or arriving whose only address is a booking site's, the earliest arrival first.</summary>
public static class ListRelayGuests
{
    private const string Day = "yyyy-MM-dd";

    /// <param name="PropertyIds">Only these properties; all that the actor sees when left out.</param>
    /// <param name="Date">Only stays that have begun by this day, or begin on it; each property's own stays to come when left out.</param>
    public sealed record Query(PageQuery Page, IReadOnlyList<Guid>? PropertyIds = null, DateOnly? Date = null)
    {
        internal static string[] Parameters { get; } = ["propertyId*", "date", .. PageQuery.Names];

        internal ValidationErrors? Wrong { get; init; }

        /// <summary>Lets a route handler take it as a parameter.</summary>
        public static ValueTask<Query?> BindAsync(HttpContext http, ParameterInfo _)
        {
            var (query, errors) = (http.Request.Query, new ValidationErrors());
            var read = new QueryReading(query, errors);
            var (places, date) = (read.Ids("propertyId"), read.Day("date"));
            var page = PageQuery.Read(query, errors, Parameters.Select(p => p.TrimEnd('*')));
            return ValueTask.FromResult<Query?>(new Query(page, places, date) { Wrong = errors });
        }
    }

    /// <exception cref="Refusal">403 without bookings.view and contacts.view; 400 for a parameter with a wrong value; 404 for a property
    /// that the actor does not see.</exception>
    public static async Task<Page<RelayGuestRow>> Run(Query query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsView);
        who.Demand(Permission.ContactsView);
        query.Wrong?.Refuse();
        var seen = await VisibleProperties.Of(query.PropertyIds, who, db, cancel);
        var places = (await db.Properties.AsNoTracking().VisibleTo(who).ToListAsync(cancel))
            .Where(p => seen?.Contains(p.Id) ?? true)
            .ToDictionary(p => p.Id);
        query.Page.Refuse();
        var binding = string.Create(
            CultureInfo.InvariantCulture,
            $"relayGuests {query.Date:yyyy-MM-dd} {string.Join(',', seen ?? [])} {who.OrganizationId} "
        );
        binding += who.Properties is null ? "all" : string.Join(',', who.Properties.Order());
        var stays = await RelayGuests.First(
            query.Page.Limit + 1,
            PlaceOf(query.Page.After(cursors, binding)),
            who.OrganizationId,
            places.Values.Select(p => (p.Id, query.Date ?? db.Now.DayIn(p.Zone))),
            query.Date,
            db,
            cancel
        );
        var asked = await Asked([.. stays.Select(s => s.BookingId)], who, db, cancel);
        return query.Page.Page(
            [
                .. stays.Select(s => new RelayGuestRow(
                    s.BookingId,
                    new(s.PropertyId, places[s.PropertyId].Name),
                    s.ContactId,
                    s.Name,
                    s.Phone is { } phone ? Phone.WhatsAppDigits(phone) : null,
                    s.Arrival,
                    s.Departure,
                    asked.TryGetValue(s.BookingId, out var at) ? at : null
                )),
            ],
            r => string.Create(CultureInfo.InvariantCulture, $"{r.Arrival:yyyy-MM-dd}{r.BookingId}"),
            cursors,
            binding
        );
    }

    private static (DateOnly Arrival, Guid BookingId)? PlaceOf(string? written) =>
        written is null
            ? null
            : (DateOnly.ParseExact(written[..Day.Length], Day, CultureInfo.InvariantCulture), Guid.Parse(written[Day.Length..]));

    private static async Task<Dictionary<Guid, DateTime>> Asked(List<Guid> bookings, Actor who, BellhopDb db, CancellationToken cancel) =>
        await db
            .AddressAsks.Where(a => a.OrganizationId == who.OrganizationId && bookings.Contains(a.BookingId))
            .GroupBy(a => a.BookingId)
            .Select(g => new { g.Key, At = g.Max(a => a.CreatedAt) })
            .ToDictionaryAsync(g => g.Key, g => g.At, cancel);
}
