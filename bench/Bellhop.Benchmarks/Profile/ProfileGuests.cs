using System.Text.Json;
using Bellhop.Benchmarks.Contacts;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Features.Intake;
using Bellhop.Features.Notes;
using Bellhop.Features.Reviews;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Benchmarks.Profile;

/// <summary>
/// Two guests who came in by the door, as any other: one with many bookings, one with few, each booking changed once; both with three
/// notes, three reviews and two tags.
/// </summary>
internal static class ProfileGuests
{
    public const int Many = 287;
    public const int Few = 3;

    private static readonly (string Name, string Conditions)[] Segments =
    [
        ("Regulars", """{"minBookings":3}"""),
        ("Good customers", """{"minSpent":500}"""),
        ("Content", """{"minRating":4}"""),
        ("From the web", """{"source":["Website","Airbnb"]}"""),
        ("Long ago", """{"lastStayTo":"2024-12-31"}"""),
    ];

    /// <summary>Five segments that everybody sees, where the town has none yet.</summary>
    public static async Task Divide(BenchDatabase town)
    {
        await using var db = town.Open();
        db.Database.SetCommandTimeout(600); // the whole town is counted for each
        if (!await db.Segments.AnyAsync())
        {
            foreach (var (name, conditions) in Segments)
            {
                await AddSegment.Run(
                    new(name, JsonSerializer.Deserialize<JsonElement>(conditions), Shared: true),
                    Actor.System(1),
                    db,
                    default
                );
            }
        }
    }

    /// <summary>The guest with so many bookings, made where the town has none yet.</summary>
    public static async Task<Guid> Find(BenchDatabase town, int bookings)
    {
        var email = $"known.{bookings}@profile.example";
        await using (var db = town.Open())
        {
            if (
                await db
                    .Identities.Where(i => i.OrganizationId == 1 && i.Kind == IdentityKind.Email && i.MatchKey == email)
                    .Select(i => (Guid?)i.ContactId)
                    .FirstOrDefaultAsync() is
                { } known
            )
            {
                return known;
            }
        }

        var (who, guest) = (Actor.System(1), Guid.Empty);
        var day = new DateOnly(2024, 1, 10);
        for (var i = 0; i < bookings; i++)
        {
            foreach (var total in new[] { 120 + i, 140 + i })
            {
                await using var db = town.Open();
                var stay = new ReceiveBooking.Input(
                    town.Properties[i % town.Properties.Length],
                    i % 2 == 0 ? "BookingCom" : "Website",
                    "Completed",
                    $"{day.AddDays(3 * i):yyyy-MM-dd}",
                    $"{day.AddDays((3 * i) + 2):yyyy-MM-dd}",
                    new(total, "EUR"),
                    new("Known Guest", null, email),
                    $"known-{bookings}-{i}",
                    $"K{i}"
                );
                guest = (await ReceiveBooking.Run(stay, who, db, default)).Value.ContactId!.Value;
            }
        }

        await using var more = town.Open();
        for (var i = 0; i < 3; i++)
        {
            await AddNote.Run(guest, new($"Asked for a quiet room, time {i}.", "preference", i == 0), who, more, default);
            var stay = await more
                .Bookings.Where(b => b.OrganizationId == 1 && b.ContactId == guest)
                .OrderBy(b => b.Arrival)
                .Skip(i)
                .Select(b => b.Id)
                .FirstAsync();
            await AddReview.Run(new(3 + i, stay, Comment: "Friendly people."), who, more, default);
        }

        foreach (var tag in GuestGenerator.TagNames.Take(2))
        {
            await TagContact.Run(guest, tag, who, more, default);
        }

        return guest;
    }
}
