using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Contacts.Segments;

/// <summary>What is known of a guest, and whether a segment has them by the book.</summary>
internal sealed record SegmentFacts(
    Scan.Guest Guest,
    IReadOnlyList<string> Tags,
    IReadOnlyList<ConsentChannel> Agreed,
    int? Rating,
    IReadOnlyList<Guid> KnownAt
)
{
    public static bool Holds(SegmentRule rule, SegmentFacts fact, DateTime now) =>
        rule is RuleGroup group
            ? group.All
                ? group.Of.All(r => Holds(r, fact, now))
                : group.Of.Any(r => Holds(r, fact, now))
            : Holds(((RuleLeaf)rule).Asks, fact, now);

    private static bool Holds(ContactFilter asks, SegmentFacts fact, DateTime now)
    {
        var (guest, stay, today) = (fact.Guest, fact.Guest.LastArrival, now.DayIn(TimeZoneInfo.FindSystemTimeZoneById("Europe/Lisbon")));
        var joined = guest.CreatedAt.DayIn(TimeZoneInfo.FindSystemTimeZoneById("Europe/Lisbon"));
        return new[] { guest }.Where(asks, now).Any()
            && (asks.MinRating is null || fact.Rating >= asks.MinRating)
            && (asks.PropertyIds is null || asks.PropertyIds.Intersect(fact.KnownAt).Any())
            && (asks.CreatedWithinDays is null || joined.AddDays(asks.CreatedWithinDays.Value) >= today)
            && (asks.LastStayWithinDays is null || (stay <= today && stay.Value.AddDays(asks.LastStayWithinDays.Value) >= today))
            && (asks.LastStayBeforeDays is null || stay?.AddDays(asks.LastStayBeforeDays.Value) < today)
            && (
                asks.HasConsent is null
                || (
                    asks.HasConsent switch
                    {
                        ConsentFilter.Any => fact.Agreed.Count > 0,
                        ConsentFilter.None => fact.Agreed.Count == 0,
                        ConsentFilter.WhatsApp => fact.Agreed.Contains(ConsentChannel.WhatsApp),
                        _ => fact.Agreed.Contains(ConsentChannel.Email),
                    }
                )
            )
            && (asks.Tags is null || asks.Tags.Intersect(fact.Tags).Any())
            && (asks.AllTags is null || asks.AllTags.All(fact.Tags.Contains))
            && (asks.NoTags is null || !asks.NoTags.Intersect(fact.Tags).Any());
    }

    public static async Task<List<SegmentFacts>> Read(GuestHouse house, IReadOnlyList<Guid>? properties)
    {
        await using var db = house.Database.Open();
        var names = await db.Tags.ToDictionaryAsync(t => t.Id, t => t.Name);
        var tags = (await db.ContactTags.ToListAsync()).ToLookup(t => t.ContactId, t => names[t.TagId]);
        var agreed = (await db.Set<Consent>().Where(c => c.Granted).ToListAsync()).ToLookup(c => c.ContactId, c => c.Channel);
        var reviews = (await db.Reviews.ToListAsync()).ToLookup(r => r.ContactId);
        var known = (await db.Touches.ToListAsync()).ToLookup(t => t.ContactId, t => t.PropertyId);
        var ratings = await db.Contacts.ToDictionaryAsync(c => c.Id, c => (int?)c.Rating);
        reviews.Count.ShouldBeGreaterThan(0);
        return
        [
            .. (await Scan.Guests(house, properties)).Select(g => new SegmentFacts(
                g,
                [.. tags[g.Id]],
                [.. agreed[g.Id]],
                ratings[g.Id],
                [.. known[g.Id]]
            )),
        ];
    }
}
