using Bellhop.Features.Bookings;
using Bellhop.Features.Bookings.Payments;
using Bellhop.Features.Reviews;
using Bellhop.Platform;

namespace Bellhop.Features.Demo;

/// <summary>What was paid for the demo's bookings, and how their guests liked the stays.</summary>
internal sealed class DemoMoney(DemoHouse house, Actor who, DateTime now)
{
    private static readonly IReadOnlyList<(int Stars, int Weight)> Stars = [(5, 52), (4, 30), (3, 11), (2, 5), (1, 2)];

    private static readonly IReadOnlyList<string?>[] Comments =
    [
        ["The shower was cold two mornings running.", "Too loud to sleep, right above the bar."],
        ["The room was not ready until six.", "Dormitory too full, lockers too small."],
        ["Good location, the rest is all right.", "Fine for a night. Breakfast is thin.", null],
        ["Lovely people at the desk. The street is loud.", "Would come again, with earplugs.", null, null],
        ["Best hostel of our whole trip!", "Clean, quiet, and Rita knew every tram.", "We felt at home.", null, null, null],
    ];

    private readonly SeededRandom _dice = new(7);

    /// <summary>Pays and rates the stays of every guest.</summary>
    public void Settle()
    {
        var rated = DateOnly.FromDateTime(now).AddDays(-365);
        foreach (var guest in house.Guests)
        {
            foreach (var booking in guest.Bookings)
            {
                Pay(guest, booking);
                if (booking.Status == BookingStatus.Completed && booking.Departure >= rated && _dice.Percent(25))
                {
                    Rate(guest, booking);
                }
            }
        }
    }

    // Most pay on arrival. Some pay a part ahead, a few leave with something open, and one in thirty gets some back.
    private void Pay(DemoHouse.Known guest, Booking booking)
    {
        var today = DateOnly.FromDateTime(now);
        var part = booking.Total * 3 / 10;
        switch (booking.Status)
        {
            case BookingStatus.Completed when _dice.Percent(97):
                Add(guest, booking, PaymentKind.Payment, booking.Total, booking.Arrival);
                if (_dice.Percent(3))
                {
                    Add(guest, booking, PaymentKind.Refund, part, booking.Departure, "Shower out of order");
                }

                break;
            case BookingStatus.InHouse:
                Add(guest, booking, PaymentKind.Payment, _dice.Percent(60) ? booking.Total : part, booking.Arrival);
                break;
            case BookingStatus.Confirmed when _dice.Percent(30):
                var booked = DateOnly.FromDateTime(booking.BookedAt);
                Add(guest, booking, PaymentKind.Payment, part, booked < today ? booked : today, "Deposit");
                break;
            default:
                break;
        }
    }

    private void Add(DemoHouse.Known guest, Booking booking, PaymentKind kind, long amount, DateOnly day, string? note = null)
    {
        if (amount <= 0)
        {
            return;
        }

        var at = day.ToDateTime(new TimeOnly(16, 0), DateTimeKind.Utc);
        var payment = new Payment
        {
            OrganizationId = who.OrganizationId,
            BookingId = booking.Id,
            Kind = kind,
            Amount = amount,
            Currency = booking.Currency,
            Method = _dice.Weighted([
                (PaymentMethod.Card, 60),
                (PaymentMethod.Cash, 25),
                (PaymentMethod.Online, 12),
                (PaymentMethod.Transfer, 3),
            ]),
            Day = day,
            Note = note,
            AuthorKind = who.Kind,
            AuthorId = who.Id,
            AuthorName = who.Name,
            CreatedAt = at < now ? at : now,
        };
        booking.Paid += payment.Signed;
        booking.UpdatedAt = payment.CreatedAt.After(booking.UpdatedAt);
        guest.Payments.Add(payment);
        guest.Events.Add(house.Happened("payment.created", "booking", booking.Id, payment.CreatedAt, "paid"));
    }

    private void Rate(DemoHouse.Known guest, Booking booking)
    {
        var stars = _dice.Weighted(Stars);
        var at = booking.Departure.ToDateTime(new TimeOnly(18, 0), DateTimeKind.Utc).AddHours(_dice.Below(90));
        var review = new Review
        {
            OrganizationId = who.OrganizationId,
            PropertyId = booking.PropertyId,
            ContactId = booking.ContactId,
            BookingId = booking.Id,
            Stars = (short)stars,
            Comment = _dice.One(Comments[stars - 1]),
            At = at < now ? at : now,
            CreatedAt = at < now ? at : now,
            UpdatedAt = at < now ? at : now,
        };
        guest.Reviews.Add(review);
        guest.Events.Add(house.Happened("review.created", "review", review.Id, review.At));
    }
}
