using System.Runtime.CompilerServices;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Doctor;

/// <summary>Counts the cards' counters again. Memory grows with days and properties, not with guests.</summary>
internal sealed class CounterCheck
{
    private readonly Dictionary<(Guid Property, Measure Measure, long At), long> _right = [];
    private readonly Dictionary<(Guid Property, Measure Measure, long At), long> _ofStored = [];

    /// <summary>
    /// What to add to each stored counter so that it agrees with the stored figures. Repairing a figure later also changes its counters.
    /// </summary>
    public Dictionary<(Guid Property, Measure Measure, long At), long> Missing { get; } = [];

    /// <summary>Adds one contact's figures, for one property or, with the empty id, for all.</summary>
    public void Add(Figures stored, Guid property, GuestFigures.Counted counted, TimeZoneInfo zone)
    {
        Add(
            _right,
            property,
            ContactFollower.Counted(stored.CreatedAt, counted.Bookings, counted.Spent, counted.ActiveUntil, counted.FirstArrival, zone)
        );
        Add(
            _ofStored,
            property,
            ContactFollower.Counted(stored.CreatedAt, stored.Bookings, stored.Spent, stored.ActiveUntil, stored.FirstArrival, zone)
        );
    }

    /// <summary>Compares with the stored counters and returns each difference.</summary>
    public async IAsyncEnumerable<CheckFigures.Difference> Compare(
        int organizationId,
        BellhopDb db,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var stored = await db
            .Counters.AsNoTracking()
            .Where(t => t.OrganizationId == organizationId)
            .GroupBy(t => new
            {
                t.PropertyId,
                t.Measure,
                t.At,
            })
            .Select(t => new { t.Key, Amount = t.Sum(s => s.Amount) })
            .ToDictionaryAsync(t => (Property: t.Key.PropertyId, t.Key.Measure, t.Key.At), t => t.Amount, cancel);
        foreach (var key in _right.Keys.Union(_ofStored.Keys).Union(stored.Keys).Order())
        {
            var (right, now) = (_right.GetValueOrDefault(key), stored.GetValueOrDefault(key));
            if (_ofStored.GetValueOrDefault(key) - now is not 0 and var missing)
            {
                Missing[key] = missing;
            }

            if (right != now)
            {
                yield return new(
                    "counter",
                    $"{(key.Property == Guid.Empty ? "all" : key.Property.ToString())}/{key.Measure}/{key.At}",
                    "amount",
                    now.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    right.ToString(System.Globalization.CultureInfo.InvariantCulture)
                );
            }
        }
    }

    private static void Add(
        Dictionary<(Guid, Measure, long), long> counters,
        Guid property,
        IEnumerable<(Measure Measure, long At, long Amount)> counted
    )
    {
        foreach (var (measure, at, amount) in counted)
        {
            counters[(property, measure, at)] = counters.GetValueOrDefault((property, measure, at)) + amount;
        }
    }
}
