using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Loyalty;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Demo;

/// <summary>The hostel's loyalty programme: regular guests are members since their first stay, with what their stays gave since.</summary>
internal static class DemoLoyalty
{
    private const int Most = 160,
        InOneSave = 40,
        EachRedeems = 7,
        EachGetsMore = 11;

    private static readonly SaveProgramme.Input Programme = new(
        true,
        "Lantern Keepers 🏮",
        1,
        new(0.01m, "EUR"),
        50,
        100,
        [new("silver", 300), new("gold", 800), new("platinum", 2000)]
    );

    public static async Task Write(Guid propertyId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        await SaveProgramme.Run(propertyId, Programme, who, db, IfMatch.Any, cancel);
        var regulars = await db
            .ContactsAtProperty.Where(a => a.OrganizationId == who.OrganizationId && a.PropertyId == propertyId && a.Bookings >= 2)
            .OrderByDescending(a => a.Spent)
            .ThenBy(a => a.ContactId)
            .Select(a => a.ContactId)
            .Take(Most)
            .ToListAsync(cancel);
        foreach (var some in regulars.Chunk(InOneSave))
        {
            await db.Save(() => Join(propertyId, [.. some], who, db, cancel), cancel);
        }
    }

    private static async Task Join(Guid propertyId, List<Guid> guests, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var programme = (await db.Programmes.FindAsync([who.OrganizationId, propertyId], cancel))!;
        var stays = (
            await db
                .Bookings.AsNoTracking()
                .Where(b => b.OrganizationId == who.OrganizationId && b.PropertyId == propertyId && guests.Contains(b.ContactId!.Value))
                .Where(b => b.Status == BookingStatus.Completed)
                .ToListAsync(cancel)
        ).ToLookup(b => b.ContactId!.Value);
        var property = (await db.Properties.FindAsync([who.OrganizationId, propertyId], cancel))!;
        var today = db.Now.DayIn(property.Zone); // the first day of the programme's rate
        await Enrol.Many(propertyId, guests, whole: false, who, db, cancel);
        foreach (var (guest, at) in guests.Order().Select((guest, at) => (guest, at)))
        {
            var member = (await db.LoyaltyMembers.FindAsync([who.OrganizationId, propertyId, guest], cancel))!;
            var mine = stays[guest].OrderBy(b => b.Departure).ToList();
            member.Since = mine.Count > 0 ? Noon(mine[0].Arrival, db.Now) : member.Since;
            foreach (var stay in mine)
            {
                var points = await LoyaltyMath.Earned(stay, programme, today, db, cancel);
                Entry(LoyaltyKind.Earned, points, e => e with { BookingId = stay.Id, EarnedOn = today, At = Noon(stay.Departure, db.Now) });
            }

            if (at % EachRedeems == 0 && member.Points > 200)
            {
                Entry(LoyaltyKind.Redemption, -150, e => e with { Reason = "Breakfast and a locker" });
            }

            if (at % EachGetsMore == 0)
            {
                Entry(LoyaltyKind.Adjustment, 50, e => e with { Reason = "Two cold showers in a row, sorry" });
            }

            void Entry(LoyaltyKind kind, long points, Func<LoyaltyEntry, LoyaltyEntry> said) =>
                member.Write(kind, points, programme, db, e => said(e) with { AuthorId = who.Id, AuthorName = who.Name });
        }
    }

    // Nothing is said of the future: on the day itself, it is by now.
    private static DateTime Noon(DateOnly day, DateTime now) =>
        day.ToDateTime(new(12, 0), DateTimeKind.Utc) is var noon && noon < now ? noon : now;
}
