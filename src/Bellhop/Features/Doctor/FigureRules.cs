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
    private readonly Dictionary<Guid, Property> _properties;
    private readonly Dictionary<string, List<(DateOnly Day, decimal Rate)>> _rates = new(StringComparer.Ordinal);
    private readonly DateOnly? _at;
    private readonly DateTime _now;

    private FigureRules(Organization organization, Dictionary<Guid, Property> properties, DateOnly? at, DateTime now)
    {
        (Organization, _properties, _at, _now) = (organization, properties, at, now);
        Zone = Clock.Zone(organization.TimeZone)!;
    }

    public Organization Organization { get; }
    public TimeZoneInfo Zone { get; }

    public static async Task<FigureRules> Read(DateOnly? at, int organizationId, BellhopDb db, CancellationToken cancel) =>
        new(
            await db.Organizations.AsNoTracking().SingleAsync(o => o.Id == organizationId, cancel),
            await db.Properties.AsNoTracking().Where(p => p.OrganizationId == organizationId).ToDictionaryAsync(p => p.Id, cancel),
            at,
            db.Now
        );

    public TimeZoneInfo ZoneOf(Guid propertyId) => _properties[propertyId].Zone;

    public short ListedAt(Guid propertyId) => ContactAtProperty.ListedAt(_properties[propertyId]);

    /// <summary>The day to check, in a zone.</summary>
    public DateOnly Today(TimeZoneInfo zone) => _at ?? _now.DayIn(zone);

    /// <summary>
    /// Whether stored figures cannot be compared, because the midnight job would recount them between now and the day to check, or because
    /// that day is past.
    /// </summary>
    public bool RollsBefore(DateOnly? lastArrival, DateOnly? nextArrival, TimeZoneInfo zone) =>
        _at is { } day && day != _now.DayIn(zone) && (nextArrival <= day || lastArrival > day || day < _now.DayIn(zone));

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

    private async Task<decimal?> On(string from, DateOnly day, BellhopDb db, CancellationToken cancel)
    {
        if (!_rates.TryGetValue(from, out var rates))
        {
            var to = Organization.Currency;
            var stored = await db
                .Rates.AsNoTracking()
                .Where(r => r.OrganizationId == Organization.Id && r.From == from && r.To == to)
                .OrderBy(r => r.Date)
                .ToListAsync(cancel);
            _rates[from] = rates = stored.ConvertAll(r => (r.Date, r.Value));
        }

        var index = rates.FindLastIndex(r => r.Day <= day);
        return index < 0 ? null : rates[index].Rate;
    }
}
