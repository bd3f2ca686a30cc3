using System.Data;
using System.Runtime.CompilerServices;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Bookings.Payments;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Doctor;

/// <summary>
/// Computes every derived figure of an organisation from its source rows, by the same rules as a save, and reports differences from the
/// stored figures. It reads one snapshot of a live database, some contacts at a time, and never shows a guest's values.
/// </summary>
public static class CheckFigures
{
    private const int AtOnce = 4000;

    /// <param name="At">The day for which the figures are checked; today when left out.</param>
    /// <param name="Fix">Whether to write the right values, for today.</param>
    public sealed record Input(DateOnly? At = null, bool Fix = false);

    /// <param name="Entity">The kind of row: <c>contact</c>, <c>contactAt</c>, <c>booking</c>, <c>touch</c>, <c>identity</c>,
    /// <c>counter</c>, <c>arrivalDay</c>, <c>loyaltyMember</c>.</param>
    /// <param name="Id">The row's id, or a counter's key.</param>
    /// <param name="Field">The figure that differs.</param>
    /// <param name="Stored">The stored value; null when it would show a guest's data.</param>
    /// <param name="Right">The right value.</param>
    public sealed record Difference(string Entity, string Id, string Field, string? Stored, string? Right);

    /// <param name="Contacts">The contacts checked so far.</param>
    /// <param name="Of">All contacts.</param>
    public readonly record struct Seen(long Contacts, long Of);

    /// <summary>
    /// Returns the differences as they are found. With <see cref="Input.Fix"/> they are repaired after the last one was returned.
    /// </summary>
    /// <param name="seen">Receives from time to time how far the check is.</param>
    public static IAsyncEnumerable<Difference> Run(
        Input input,
        Actor who,
        BellhopDb db,
        CancellationToken cancel,
        IProgress<Seen>? seen = null
    )
    {
        who.Demand(Permission.SettingsManage);
        return Check(input, who, db, seen, cancel);
    }

    private static async IAsyncEnumerable<Difference> Check(
        Input input,
        Actor who,
        BellhopDb db,
        IProgress<Seen>? seen,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var rules = await FigureRules.Read(input.At, who.OrganizationId, db, cancel);
        var mending = new FigureMending(who.OrganizationId);
        await using (await db.ReadMoment(cancel))
        {
            var (counters, arrivals, texts, looked) = (new CounterCheck(), new ArrivalCheck(), new BookingTextCheck(), 0L);
            var all = seen is null ? 0 : await db.Contacts.LongCountAsync(c => c.OrganizationId == who.OrganizationId, cancel);
            for (Guid? last = Guid.Empty; last is { } after; )
            {
                var part = await ContactPart.Read(who.OrganizationId, after, AtOnce, db, cancel);
                foreach (var contact in part.Contacts)
                {
                    foreach (var difference in part.Check(contact, rules, counters))
                    {
                        mending.Contacts.Add(contact.Id);
                        mending.Search |= difference.Field == "searchText";
                        yield return difference;
                    }
                }

                foreach (var id in await part.Unsearchable(who.OrganizationId, after, isLast: part.Contacts.Count < AtOnce, db, cancel))
                {
                    mending.Search = true;
                    yield return new("contact", id.ToString(), "search", null, null);
                }

                foreach (var (identity, field, key) in part.Astray())
                {
                    mending.Identities.Add((identity, key));
                    yield return new("identity", identity.ToString(), field, null, null);
                }

                foreach (var (contact, field) in await part.Unled(who.OrganizationId, db, cancel))
                {
                    mending.Contacts.Add(contact);
                    yield return new("contact", contact.ToString(), field, null, null);
                }

                await foreach (var difference in CheckBookings(part.Bookings, part.TextOf).WithCancellation(cancel))
                {
                    yield return difference;
                }

                seen?.Report(new(looked += part.Contacts.Count, all));
                last = part.Contacts.Count < AtOnce ? null : part.Contacts[^1].Id;
            }

            for (Guid? last = Guid.Empty; last is { } after; )
            {
                var some = await db
                    .Bookings.AsNoTracking()
                    .Where(b => b.OrganizationId == who.OrganizationId && b.ContactId == null && b.Id > after)
                    .OrderBy(b => b.Id)
                    .Take(AtOnce)
                    .ToListAsync(cancel);
                await foreach (var difference in CheckBookings(some, _ => null).WithCancellation(cancel))
                {
                    yield return difference;
                }

                last = some.Count < AtOnce ? null : some[^1].Id;
            }

            await foreach (var difference in counters.Compare(who.OrganizationId, db, cancel))
            {
                yield return difference;
            }

            await foreach (var difference in arrivals.Compare(who.OrganizationId, db, cancel))
            {
                yield return difference;
            }

            await foreach (var difference in texts.CompareRooms(who.OrganizationId, db, cancel))
            {
                yield return difference;
            }

            var loyalty = new LoyaltyCheck();
            await foreach (var difference in loyalty.Compare(who.OrganizationId, db, cancel))
            {
                yield return difference;
            }

            (mending.Counters, mending.Arrivals, mending.BookingTexts) = (counters, arrivals, texts);
            mending.Loyalty = loyalty;

            async IAsyncEnumerable<Difference> CheckBookings(IReadOnlyList<Booking> some, Func<Booking, string?> guestText)
            {
                var paid = await PaymentRules.PaidOf(who.OrganizationId, [.. some.Select(b => b.Id)], db, cancel);
                foreach (var booking in some)
                {
                    if (texts.Check(booking, guestText(booking)) is { } text)
                    {
                        yield return text;
                    }

                    foreach (var difference in await CheckBooking(booking, paid, arrivals, rules, db, cancel))
                    {
                        mending.Bookings.Add(booking.Id);
                        yield return difference;
                    }
                }
            }
        }

        if (input.Fix)
        {
            await mending.Run(db, cancel);
        }
    }

    /// <summary>Adds a booking to its day's sum, and checks its conversion and what is paid.</summary>
    private static async Task<IReadOnlyList<Difference>> CheckBooking(
        Booking booking,
        Dictionary<(Guid, string), long> payments,
        ArrivalCheck arrivals,
        FigureRules rules,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        arrivals.Add(booking);
        var (converted, currency) = await rules.Convert(booking, db, cancel);
        var paid = payments.GetValueOrDefault((booking.Id, booking.Currency));
        List<Difference> found = [];
        if ((converted, currency) != (booking.Converted, booking.ConvertedCurrency))
        {
            Differs("converted", $"{booking.Converted} {booking.ConvertedCurrency}".Trim(), $"{converted} {currency}".Trim());
        }

        if (paid != booking.Paid)
        {
            Differs("paid", $"{booking.Paid} {booking.Currency}", $"{paid} {booking.Currency}");
        }

        return found;

        void Differs(string field, string stored, string right) => found.Add(new("booking", booking.Id.ToString(), field, stored, right));
    }
}
