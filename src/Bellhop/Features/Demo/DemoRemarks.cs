using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Bellhop.Features.Reviews;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Demo;

/// <summary>The team's tags on the demo's guests, and the guests' reviews of past stays.</summary>
internal static class DemoRemarks
{
    private const int InOneSave = 100;

    private static readonly IReadOnlyList<(int Stars, int Weight)> Stars = [(5, 52), (4, 30), (3, 11), (2, 5), (1, 2)];

    private static readonly IReadOnlyList<string?>[] Comments =
    [
        ["The shower was cold two mornings running.", "Too loud to sleep, right above the bar."],
        ["The room was not ready until six.", "Dormitory too full, lockers too small."],
        ["Good location, the rest is all right.", "Fine for a night. Breakfast is thin.", null],
        ["Lovely people at the desk. The street is loud.", "Would come again, with earplugs.", null, null],
        ["Best hostel of our whole trip!", "Clean, quiet, and Rita knew every tram.", "We felt at home.", null, null, null],
    ];

    public static async Task Write(Actor who, BellhopDb db, CancellationToken cancel)
    {
        var mine = db.Contacts.AsNoTracking().VisibleTo(who, db.ContactsAtProperty);
        await Tag("Regular", TagColor.Teal, mine.Where(c => c.Bookings >= 3), who, db, cancel);
        await Tag("VIP", TagColor.Purple, mine.Where(c => c.Spent >= 120_000), who, db, cancel);
        await Tag("Long stay", TagColor.Yellow, mine.Where(c => c.Bookings <= 2 && c.Spent >= 60_000), who, db, cancel);
        await Rate(who, db, cancel);
    }

    private static Task Tag(string name, TagColor color, IQueryable<Contact> guests, Actor who, BellhopDb db, CancellationToken cancel) =>
        db.Save(
            async () =>
            {
                var tag = TagRules.Make(name, color, who, db.Now);
                db.Tags.Add(tag);
                db.Happened(who, "tag.created", "tag", tag.Id);
                await TagMany.Change(tag, put: true, await guests.Select(c => c.Id).ToListAsync(cancel), whole: false, who, db, cancel);
            },
            cancel
        );

    /// <summary>Rates about a quarter of the last year's stays, some days after they ended.</summary>
    private static async Task Rate(Actor who, BellhopDb db, CancellationToken cancel)
    {
        var chance = new SeededRandom(7);
        var since = DateOnly.FromDateTime(db.Now).AddDays(-365);
        var stays = await db
            .Bookings.AsNoTracking()
            .VisibleTo(who)
            .Where(b => b.Status == BookingStatus.Completed && b.Departure >= since)
            .OrderBy(b => b.Departure)
            .ThenBy(b => b.Reference)
            .Select(b => new { b.Id, b.Departure })
            .ToListAsync(cancel);
        var said = stays
            .Where(_ => chance.Percent(25))
            .Select(stay =>
            {
                var stars = chance.Weighted(Stars);
                var at = stay.Departure.ToDateTime(new TimeOnly(18, 0), DateTimeKind.Utc).AddHours(chance.Below(90));
                return (stay.Id, Said: new AddReview.Said((short)stars, chance.One(Comments[stars - 1]), null, at < db.Now ? at : db.Now));
            })
            .ToList();
        await db.SaveInBatches(
            said,
            InOneSave,
            async some =>
            {
                foreach (var (booking, words) in some)
                {
                    if (await AddReview.OfBooking(booking, db.Bookings.VisibleTo(who), who.OrganizationId, db, cancel) is { } stay)
                    {
                        AddReview.Make(stay, words, ReviewOrigin.Given, who, db);
                    }
                }
            },
            cancel
        );
    }
}
