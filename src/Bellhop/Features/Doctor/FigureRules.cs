using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Doctor;

/// <summary>What figures depend on: the organisation's currency and zone, its properties' zones, its rates, and the day.</summary>
internal sealed class FigureRules
{
    private readonly Dictionary<Guid, (TimeZoneInfo Zone, short Listed)> _properties;
    private readonly Dictionary<TimeZoneInfo, DateOnly> _todays = [];
    private readonly Dictionary<string, List<(DateOnly Day, decimal Rate)>> _rates = new(StringComparer.Ordinal);
    private readonly DateOnly? _at;
    private readonly DateTime _now;

    private FigureRules(
        Organization organization,
        Dictionary<Guid, (TimeZoneInfo Zone, short Listed)> properties,
        DateOnly? at,
        DateTime now
    )
    {
        (Organization, _properties, _at, _now) = (organization, properties, at, now);
        Zone = Clock.Zone(organization.TimeZone)!;
    }

    public Organization Organization { get; }
    public TimeZoneInfo Zone { get; }

    public static async Task<FigureRules> Read(DateOnly? at, int organizationId, BellhopDb db, CancellationToken cancel) =>
        new(
            await db.Organizations.AsNoTracking().SingleAsync(o => o.Id == organizationId, cancel),
            await db
                .Properties.AsNoTracking()
                .Where(p => p.OrganizationId == organizationId)
                .ToDictionaryAsync(p => p.Id, p => (p.Zone, ContactAtProperty.ListedAt(p)), cancel),
            at,
            db.Now
        );

    public TimeZoneInfo ZoneOf(Guid propertyId) => _properties[propertyId].Zone;

    public short ListedAt(Guid propertyId) => _properties[propertyId].Listed;

    /// <summary>The day to check, in a zone.</summary>
    public DateOnly Today(TimeZoneInfo zone) => _at ?? PresentDay(zone);

    /// <summary>
    /// Whether stored figures cannot be compared, because the midnight job would recount them between now and the day to check, or because
    /// that day is past.
    /// </summary>
    public bool RollsBefore(DateOnly? lastArrival, DateOnly? nextArrival, TimeZoneInfo zone) =>
        _at is { } day && day != PresentDay(zone) && (nextArrival <= day || lastArrival > day || day < PresentDay(zone));

    public GuestFigures.Counted Count(IReadOnlyCollection<GuestFigures.Stay> stays) =>
        GuestFigures.Count(stays, Organization.Currency, ZoneOf, Today);

    /// <summary>The right conversion of a booking's total.</summary>
    public async Task<(long? Converted, string? Currency)> Convert(Booking booking, BellhopDb db, CancellationToken cancel)
    {
        var day = booking.BookedAt.DayIn(ZoneOf(booking.PropertyId));
        var rate = booking.Currency == Organization.Currency ? 1m : await On(booking.Currency, day, db, cancel);
        var converted = rate is { } known ? BookingRules.Convert(booking, known, Organization.Currency) : null;
        return (converted, converted is null ? null : Organization.Currency);
    }

    private async Task<decimal?> On(string currency, DateOnly day, BellhopDb db, CancellationToken cancel)
    {
        if (!_rates.TryGetValue(currency, out var rates))
        {
            var ours = Organization.Currency;
            var stored = await db
                .Rates.AsNoTracking()
                .Where(r => r.OrganizationId == Organization.Id && r.From == currency && r.To == ours)
                .OrderBy(r => r.Date)
                .ToListAsync(cancel);
            _rates[currency] = rates = stored.ConvertAll(r => (r.Date, r.Value));
        }

        // No rate is as great as this, so the place found is the one after the last rate up to this day.
        var next = ~rates.BinarySearch((day, decimal.MaxValue));
        return next == 0 ? null : rates[next - 1].Rate;
    }

    private DateOnly PresentDay(TimeZoneInfo zone)
    {
        if (!_todays.TryGetValue(zone, out var day))
        {
            _todays[zone] = day = _now.DayIn(zone);
        }

        return day;
    }
}
