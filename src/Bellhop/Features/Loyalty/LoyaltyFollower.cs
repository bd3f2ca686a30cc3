using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Loyalty;

/// <summary>
/// Members' points follow their bookings: a booking earns when it becomes a member's completed one, and what it earned follows its total,
/// its status and its guest. Rows that only move between merged contacts earn nothing anew.
/// </summary>
internal sealed class LoyaltyFollower : Follower
{
    // What decides about points: of other changes, nothing needs to be asked.
    private static readonly string[] Decisive =
    [
        nameof(Booking.ContactId),
        nameof(Booking.Status),
        nameof(Booking.Total),
        nameof(Booking.Currency),
        nameof(Booking.Converted),
        nameof(Booking.ConvertedCurrency),
    ];

    public override IReadOnlyList<Type> Tables { get; } =
    [typeof(LoyaltyMember), typeof(LoyaltyEntry), typeof(Programme), typeof(PointRate)];

    public override Task Writing(BellhopDb db, CancellationToken cancel)
    {
        foreach (var entry in db.ChangeTracker.Entries<Booking>())
        {
            if (entry.State == EntityState.Added)
            {
                Compare(null, entry.Entity, db.SaveContext);
            }
            else if (entry.State == EntityState.Modified && Decisive.Any(name => entry.Property(name).IsModified))
            {
                var before = (entry.Property(b => b.ContactId).OriginalValue, entry.Property(b => b.Status).OriginalValue);
                Compare(before, entry.Entity, db.SaveContext);
            }
        }

        return Task.CompletedTask;
    }

    public override Task BulkInserted(BellhopDb db, IReadOnlyCollection<object> rows, CancellationToken cancel)
    {
        foreach (var booking in rows as IEnumerable<Booking> ?? [])
        {
            Compare(null, booking, db.SaveContext);
        }

        return Task.CompletedTask;
    }

    public override async Task<bool> Follow(BellhopDb db, CancellationToken cancel)
    {
        if (db.SaveContext.PointBookings.Count == 0)
        {
            return false;
        }

        var haveChanged = false;
        var changed = db.SaveContext.PointBookings.OrderBy(c => c.Key).ToList();
        db.SaveContext.PointBookings.Clear();
        foreach (var organization in changed.GroupBy(c => c.Key.OrganizationId))
        {
            var places = organization.Select(c => c.Value.PropertyId).Distinct().ToList();
            if (!await HaveProgramme(organization.Key, places, db, cancel))
            {
                continue;
            }

            var programmes = await db
                .Programmes.AsNoTracking()
                .Where(p => p.OrganizationId == organization.Key && places.Contains(p.PropertyId))
                .ToDictionaryAsync(p => p.PropertyId, cancel);
            haveChanged = true;
            foreach (var (key, change) in organization)
            {
                if (programmes.TryGetValue(change.PropertyId, out var programme))
                {
                    await Follow(key.BookingId, change, programme, db, cancel);
                }
            }
        }

        return haveChanged;
    }

    /// <summary>Every booking pays for this question, so it is a kept statement.</summary>
    private static Task<bool> HaveProgramme(int organizationId, List<Guid> places, BellhopDb db, CancellationToken cancel) =>
        db.Any(
            $"SELECT 1 FROM loyalty_programmes WHERE organization_id = {organizationId} AND {db.Dialect.Among($"property_id", places)}",
            cancel
        );

    private static void Compare((Guid? ContactId, BookingStatus Status)? before, Booking after, SaveContext save)
    {
        var isNew = before is null || before.Value.ContactId != after.ContactId;
        var completes = after.Status == BookingStatus.Completed && (isNew || before!.Value.Status != BookingStatus.Completed);
        var counts = after.IsCounted && (isNew || !Booking.Counts(before!.Value.Status));
        var key = (after.OrganizationId, after.Id);
        var known = save.PointBookings.GetValueOrDefault(key);
        save.PointBookings[key] = new(after.PropertyId, known.Completes || completes, known.Counts || counts);
    }

    private static async Task Follow(
        Guid bookingId,
        SaveContext.PointChange change,
        Programme programme,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var organizationId = programme.OrganizationId;
        var booking = await db.Bookings.FindAsync([organizationId, bookingId], cancel);
        if (booking is null)
        {
            return;
        }

        var ledgers = await db
            .LoyaltyEntries.AsNoTracking()
            .Where(e => e.OrganizationId == organizationId && e.BookingId == bookingId)
            .Where(e => e.Kind == LoyaltyKind.Earned || e.Kind == LoyaltyKind.Reversed)
            .ToListAsync(cancel);
        var guests = ledgers.Select(e => e.ContactId).ToHashSet();
        var mayBegin = change is { Completes: true } or { Counts: true } && programme.Enabled && !db.SaveContext.GuestsMove;
        if (mayBegin && booking.ContactId is { } guest)
        {
            guests.Add(guest);
        }

        // In the order of the key, so that two writers cannot deadlock.
        foreach (var contactId in guests.Order())
        {
            if (await ResolveContact.ForChange(db, organizationId, contactId, cancel) is null)
            {
                continue;
            }

            var member = await db.LoyaltyMembers.FindAsync([organizationId, programme.PropertyId, contactId], cancel);
            if (member is not null)
            {
                var mine = ledgers.Where(e => e.ContactId == contactId).OrderBy(e => e.At).ThenBy(e => e.Id).ToList();
                await Earn(booking, member, mine, mayBegin && change.Completes, programme, db, cancel);
            }
            else if (mayBegin && change.Counts && programme.EnrolsAtBooking && booking.ContactId == contactId)
            {
                Enrol.Make(contactId, programme, null, db);
            }
        }
    }

    private static async Task Earn(
        Booking booking,
        LoyaltyMember member,
        List<LoyaltyEntry> ledger,
        bool mayBegin,
        Programme programme,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var last = ledger.LastOrDefault();
        var net = ledger.Sum(e => e.Points);
        if (booking.ContactId != member.ContactId || booking.Status != BookingStatus.Completed)
        {
            if (last?.EarnedOn is not null)
            {
                Write(LoyaltyKind.Reversed, -net, null);
            }

            return;
        }

        if (last?.EarnedOn is { } earnedOn)
        {
            var points = await LoyaltyMath.Earned(booking, programme, earnedOn, db, cancel);
            if (points != net)
            {
                Write(points > net ? LoyaltyKind.Earned : LoyaltyKind.Reversed, points - net, earnedOn);
            }
        }
        else if (mayBegin && member.LeftAt is null)
        {
            var property = (await db.Properties.FindAsync([booking.OrganizationId, booking.PropertyId], cancel))!;
            var today = db.Now.DayIn(property.Zone);
            Write(LoyaltyKind.Earned, await LoyaltyMath.Earned(booking, programme, today, db, cancel) - net, today);
        }

        void Write(LoyaltyKind kind, long points, DateOnly? day) =>
            member.Write(kind, points, programme, db, e => e with { BookingId = booking.Id, EarnedOn = day, At = After(e.At) });

        // Of two entries in the same millisecond, the later one must say what holds.
        DateTime After(DateTime now) => last is null ? now : now.After(last.At);
    }
}
