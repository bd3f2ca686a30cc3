using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Bookings.Payments;
using Bellhop.Features.Contacts;
using Bellhop.Features.Doctor;
using Bellhop.Features.Properties;
using Bellhop.Features.Reviews;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using CsCheck;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Doctor;

public partial class CheckFiguresTests
{
    private static async Task Do(Deed deed, TestHouse house)
    {
        try
        {
            await Try(deed, house);
        }
        catch (Refusal refusal)
            when (refusal.Status is 404 or 409 || refusal.Errors.Keys.Any(k => k is "amount.amount" or "amount.currency"))
        {
            // Gone meanwhile, in another currency by now, or not possible from the present status: nothing was changed.
        }
    }

    private static async Task Try(Deed deed, TestHouse house)
    {
        var (key, day) = ($"b{deed.Key}", house.Day(deed.Number - 200));
        await using var db = house.Open();
        switch (deed.What)
        {
            case 0 or 1 or 2 or 3:
                var status = new[] { "Confirmed", "Cancelled", "Pending", "Completed" }[deed.Number % 4];
                await house.Book(
                    key,
                    status,
                    Phones[deed.Who],
                    $"guest{deed.Number % 3}@example.org",
                    deed.Number,
                    Currencies[deed.Number % 3],
                    day,
                    deed.Key % 2 == 0
                );
                break;
            case 4 or 5:
                var booking = await db.Bookings.AsNoTracking().FirstOrDefaultAsync(b => b.ExternalId == key);
                if (booking is not null)
                {
                    var possible = BookingRules.Possible(booking.Status);
                    await ChangeBooking.Run(
                        booking.Id,
                        new(
                            Arrival: Text(day),
                            Departure: Text(day.AddDays(2)),
                            Status: possible[deed.Number % possible.Count].ToString(),
                            Total: new MoneyInput(deed.Number, Currencies[deed.Who % 3])
                        ),
                        house.Owner,
                        db,
                        IfMatch.Any,
                        default
                    );
                }

                break;
            case 6:
                await SetRate.Run(
                    Text(day),
                    Currencies[1 + (deed.Who % 2)],
                    "EUR",
                    new(decimal.Round(1m / (1 + deed.Number), 6) + 0.000001m),
                    house.Owner,
                    db,
                    default
                );
                break;
            case 7:
                var guests = await db.Contacts.Select(c => c.Id).ToListAsync();
                if (guests.Count > 0 && deed.Number % 3 == 0)
                {
                    await DeleteContact.Run(guests[deed.Number % guests.Count], house.Owner, db, IfMatch.Any, default);
                }

                break;
            case 8:
                var some = await db.Contacts.Select(c => c.Id).ToListAsync();
                if (some.Count > 0)
                {
                    await EditContact.Run(
                        some[deed.Number % some.Count],
                        new(
                            Name: "Ana " + deed.Number,
                            Phone: Phones[deed.Who],
                            PropertyId: deed.Key % 2 == 0 ? house.Lisbon : house.Auckland
                        ),
                        house.Owner,
                        db,
                        IfMatch.Any,
                        default
                    );
                }

                break;
            case 10 or 11:
                var stays = await db.Bookings.Select(b => new { b.Id, b.ContactId }).ToListAsync();
                if (stays.Count > 0)
                {
                    var stay = stays[deed.Number % stays.Count];
                    var at = house.Clock.GetUtcNow().AddDays(-(deed.Number % 20));
                    await AddReview.Run(
                        new(
                            1 + (deed.Number % 5),
                            deed.What == 10 ? stay.Id : null,
                            deed.What == 11 ? stay.ContactId ?? Guid.Empty : null,
                            "Nice",
                            deed.Who == 0 ? $"r{deed.Key}" : null,
                            at
                        ),
                        house.Owner,
                        db,
                        default
                    );
                }

                break;
            case 12 or 13:
                if (await db.Bookings.AsNoTracking().FirstOrDefaultAsync(b => b.ExternalId == key) is { } toPay)
                {
                    await AddPayment.Run(
                        toPay.Id,
                        new(deed.Who == 0 ? "refund" : "payment", new(1 + deed.Number, toPay.Currency), "card", Text(day)),
                        house.Owner,
                        db,
                        default
                    );
                }

                break;
            case 14:
                if (await db.Payments.AsNoTracking().OrderBy(p => p.Id).Skip(deed.Number % 5).FirstOrDefaultAsync() is { } wrong)
                {
                    await DeletePayment.Run(wrong.BookingId, wrong.Id, house.Owner, db, IfMatch.Any, default);
                }

                break;
            default:
                await house.RunJobs();
                break;
        }
    }
}
