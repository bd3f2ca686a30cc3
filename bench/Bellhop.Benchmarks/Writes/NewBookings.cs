using System.Globalization;
using Bellhop.Benchmarks.Contacts;
using Bellhop.Features.Bookings;

namespace Bellhop.Benchmarks.Writes;

/// <summary>
/// Bookings, each with phone, e-mail and outside key: of guests that nobody knows yet, or of those that came by an earlier one.
/// </summary>
internal sealed class NewBookings(BenchDatabase town)
{
    private static readonly string[] First = ["Ana", "Bruno", "Clara", "Dieter", "Elif", "Femke", "Goran", "Hana", "Ines", "Jonas"];
    private static readonly string[] Last = ["Silva", "Costa", "Meyer", "Kaya", "Novak", "Jansen", "Sato", "Rossi", "Martin", "Lopez"];
    private readonly Random _random = new(7);
    private readonly int _firstPhone = Random.Shared.Next(10_000_000, 90_000_000); // nobody in the town has one of this country
    private readonly Lock _gate = new();
    private readonly string _run = Guid.CreateVersion7().ToString("N")[^12..];
    private readonly List<ReceiveBooking.GuestInput> _known = [];
    private int _next;

    public ReceiveBooking.Input Next() => Next(null);

    /// <summary>A further booking of a guest who was given out by <see cref="Next()"/>, each in turn.</summary>
    public ReceiveBooking.Input Again() => Next(_known[_next % _known.Count]);

    private ReceiveBooking.Input Next(ReceiveBooking.GuestInput? known)
    {
        lock (_gate)
        {
            var number = _next++;
            var name = $"{First[_random.Next(10)]} {Last[_random.Next(10)]}";
            var arrival = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(_random.Next(-400, 120));
            var days = _random.Next(1, 9);
            var guest = known ?? new(name, $"+346{_firstPhone + number}", $"{_run}.{number}@writes.example");
            if (known is null)
            {
                _known.Add(guest);
            }

            return new(
                town.Properties[_random.Next(town.Properties.Length)],
                _random.Next(2) == 0 ? "BookingCom" : "Website",
                arrival.AddDays(days) < DateOnly.FromDateTime(DateTime.UtcNow) ? "Completed" : "Confirmed",
                arrival.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                arrival.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                new(40 * days, "EUR"),
                guest,
                $"{_run}-{number}",
                $"R{number}"
            );
        }
    }
}
