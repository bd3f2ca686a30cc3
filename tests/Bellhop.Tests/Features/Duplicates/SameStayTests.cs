using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Duplicates;
using Bellhop.Tests.Features.Duplicates.Merging;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Duplicates;

/// <summary>One stay that came twice: from a channel, and typed at the desk.</summary>
public class SameStayTests
{
    private static readonly DateOnly Day = new(2026, 8, 14);

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_shared_stay_is_a_reason_and_makes_a_pair_likelier(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        var (one, other) = await Two(pair, "Zoé Quatremarre", "Zoe Quatremarre");
        var (apart, _) = await Compared(pair, one, other);

        await Stay(pair, one, Day, Day.AddDays(3));
        await Stay(pair, other, Day.AddDays(30), Day.AddDays(33));
        var (otherDays, reasons) = await Compared(pair, one, other);
        otherDays.ShouldBe(apart, "guests come again");
        reasons.ShouldNotContain("same-stay");

        await Stay(pair, other, Day, Day.AddDays(3));
        var (together, shared) = await Compared(pair, one, other);
        together.ShouldBeGreaterThan(apart);
        shared.ShouldContain("same-stay");

        await Stay(pair, one, Day, Day.AddDays(5), "HB-7719");
        await Stay(pair, other, Day, Day.AddDays(5), "hb-7719");
        (await Compared(pair, one, other)).Score.ShouldBeGreaterThan(together, "one booking is more than the same days");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_couple_that_shares_a_stay_is_no_likelier_for_it(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        var (one, other) = await Two(pair, "Zoé Quatremarre", "Bruno Quatremarre");
        var (apart, _) = await Compared(pair, one, other);

        await Stay(pair, one, Day, Day.AddDays(3), "HB-7719");
        await Stay(pair, other, Day, Day.AddDays(3), "HB-7719");

        var (together, reasons) = await Compared(pair, one, other);
        together.ShouldBe(apart);
        reasons.ShouldNotContain("same-stay");
    }

    /// <summary>Two guests whose phones are a slip apart.</summary>
    private static async Task<(Guid, Guid)> Two(Pair pair, string name, string otherName)
    {
        var both = (await pair.Guest("+33612345678", name, null), await pair.Guest("+33612345687", otherName, null));
        await pair.App.RunJobs();
        return both;
    }

    private static async Task Stay(Pair pair, Guid guest, DateOnly arrival, DateOnly departure, string? reference = null)
    {
        await using var db = pair.App.Open();
        await db.Arrange(() =>
        {
            db.Add(
                new Booking
                {
                    OrganizationId = pair.House.OrganizationId,
                    PropertyId = pair.House.Lisbon,
                    ContactId = guest,
                    Reference = reference,
                    Arrival = arrival,
                    Departure = departure,
                    Currency = "EUR",
                    BookedAt = db.Now,
                    CreatedAt = db.Now,
                    UpdatedAt = db.Now,
                }
            );
            return Task.CompletedTask;
        });
    }

    /// <summary>What a comparison of the two finds; 0 and nothing where they are not listed.</summary>
    private static async Task<(int Score, string[] Reasons)> Compared(Pair pair, Guid one, Guid other)
    {
        await using var db = pair.App.Open();
        await db.Save(
            async () =>
            {
                var organizationId = pair.House.OrganizationId;
                var guests = await GuestRecords.Of([one, other], organizationId, db, default);
                var weights = await PairWeights.Of(organizationId, db, default);
                var two = ComparePairs.Two.Of(one, other);
                var compared = await ComparePairs.Judge(
                    [two],
                    guests,
                    weights,
                    new Dictionary<long, long>(),
                    new HashSet<ComparePairs.Two> { two },
                    organizationId,
                    db,
                    default
                );
                await ComparePairs.Write(compared, organizationId, db, default);
            },
            default
        );
        var listed = await db.LikelyDuplicates.AsNoTracking().SingleOrDefaultAsync(d => d.OlderId == one && d.NewerId == other);
        return (listed?.Score ?? 0, listed?.Reasons.Split(',') ?? []);
    }
}
