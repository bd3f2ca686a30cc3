using Bellhop.Data;
using Bellhop.Features.Bookings.Payments;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Bookings;

/// <summary>Staff change a booking's dates, status or total; the guest's figures change in the same save.</summary>
public static class ChangeBooking
{
    /// <param name="Arrival">YYYY-MM-DD.</param>
    /// <param name="Departure">YYYY-MM-DD, not before arrival.</param>
    /// <param name="Status">The present status, or one that <see cref="BookingRules.Possible"/> allows after it.</param>
    /// <param name="Total">Price of the whole stay; it is converted again.</param>
    public sealed record Input(
        Optional<string> Arrival = default,
        Optional<string> Departure = default,
        Optional<string> Status = default,
        Optional<MoneyInput> Total = default
    );

    /// <exception cref="Refusal">404; 412 when <paramref name="match"/> names another version; 400 listing every field at fault; 409
    /// <c>illegal-status</c> with the allowed statuses in <c>possible</c>.</exception>
    public static Task<Saved<BookingRow>> Run(Guid id, Input input, Actor who, BellhopDb db, IfMatch match, CancellationToken cancel) =>
        Change(id, input, match, isUndo: false, who, db, cancel);

    /// <summary>
    /// Takes a change back: what it wrote gets its old value again, also where the rules have no way back, as from confirmed to pending.
    /// </summary>
    /// <param name="before">The booking as it was before the change.</param>
    /// <param name="done">The change. What it did not write stays as it is now: somebody else may have written it.</param>
    /// <param name="changed">The version that the change made. If the booking has another one by now, nothing is taken back.</param>
    /// <param name="who">Who takes it back.</param>
    /// <param name="db">The database.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="Refusal">404; 412 when somebody has changed the booking since.</exception>
    internal static Task<Saved<BookingRow>> Undo(
        BookingRow before,
        Input done,
        DateTime changed,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    ) => Change(before.Id, Old(before, done), new(Versions.ETag(changed)), isUndo: true, who, db, cancel);

    private static Input Old(BookingRow before, Input done)
    {
        return new(
            Day(done.Arrival, before.Arrival),
            Day(done.Departure, before.Departure),
            new(done.Status.IsGiven, before.Status.ToString()),
            new(done.Total.IsGiven, new(before.Total.Amount, before.Total.Currency))
        );

        static Optional<string> Day(Optional<string> written, DateOnly day) => new(written.IsGiven, day.Iso());
    }

    private static async Task<Saved<BookingRow>> Change(
        Guid id,
        Input input,
        IfMatch match,
        bool isUndo,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.BookingsManage);
        return await db.Save(
            async () =>
            {
                var booking = await GetBooking.ForChange(id, who, db, cancel);
                match.Demand(booking.UpdatedAt);
                var property = await db.Properties.SingleAsync(
                    p => p.OrganizationId == booking.OrganizationId && p.Id == booking.PropertyId,
                    cancel
                );
                Write(booking, input, isUndo);
                var changed = db.Entry(booking)
                    .Properties.Where(p => p.IsModified)
                    .Select(p => p.Metadata.Name)
                    .Where(ReceiveBooking.IsContent)
                    .ToList();
                if (changed.Count > 0)
                {
                    if (changed.Contains(nameof(Booking.Total)) || changed.Contains(nameof(Booking.Currency)))
                    {
                        await BookingRules.Convert(booking, property, db, cancel);
                    }

                    if (changed.Contains(nameof(Booking.Currency)))
                    {
                        await PaymentRules.CountPaid(booking, db, cancel);
                    }

                    booking.UpdatedAt = db.Now.After(booking.UpdatedAt);
                    BookingChanges.Say(booking, changed, who, db);
                }

                return new Saved<BookingRow>(BookingRow.Of(booking, property.Name), booking.UpdatedAt, ContactId: booking.ContactId);
            },
            cancel,
            SettingsLock.Shared(who.OrganizationId)
        );
    }

    private static Named Named(IReadOnlyList<BookingStatus> some) =>
        new(string.Join(", ", some), [.. some.Select(s => ErrorText.Of<BookingTexts>("Status." + s))]);

    private static void Write(Booking booking, Input input, bool isUndo)
    {
        var errors = new ValidationErrors();
        var arrival = input.Arrival.IsGiven ? errors.Day("arrival", input.Arrival.Value) : booking.Arrival;
        var departure = input.Departure.IsGiven ? errors.Day("departure", input.Departure.Value) : booking.Departure;
        if (departure < arrival)
        {
            errors.Add(input.Departure.IsGiven ? "departure" : "arrival", ErrorText.Of<BookingTexts>("DepartureBeforeArrival"));
        }

        var status = input.Status.IsGiven ? BookingRules.Name<BookingStatus>("status", input.Status.Value, errors) : booking.Status;
        var total = new Money(booking.Total, booking.Currency);
        if (input.Total is { IsGiven: true, Value: null })
        {
            errors.Add("total", "Required");
        }
        else if (input.Total.IsGiven)
        {
            total = input.Total.Value!.Read("total", errors) ?? total;
        }

        errors.Refuse();
        if (!isUndo && status != booking.Status && !BookingRules.Possible(booking.Status).Contains(status!.Value))
        {
            var possible = BookingRules.Possible(booking.Status);
            throw Refusal.Conflict(
                "illegal-status",
                ErrorText.Of<BookingTexts>("IllegalStatus", Named([booking.Status]), Named([status.Value]), Named(possible)),
                ("possible", possible.Select(s => s.ToString()).ToArray())
            );
        }

        // Staff set this status, so it is no longer the channel's cancellation, and the channel's next update may change it.
        booking.CancelledOutside = booking.CancelledOutside && status == booking.Status;
        (booking.Arrival, booking.Departure, booking.Status) = (arrival!.Value, departure!.Value, status!.Value);
        (booking.Total, booking.Currency) = (total.Minor, total.Currency);
    }
}
