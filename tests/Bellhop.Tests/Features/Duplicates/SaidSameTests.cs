using Bellhop.Data;
using Bellhop.Features.Duplicates;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Bellhop.Tests.Features.Duplicates.Merging;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Duplicates;

/// <summary>A channel signed that two ids are one guest's.</summary>
public class SaidSameTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_signed_statement_joins_two_without_the_organisations_rule_and_a_split_takes_it_back_for_good(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        var (booked, wrote) = await Said(pair, writersPhone: null);
        await app.RunJobs();

        await using var db = app.Open();
        (await db.Contacts.CountAsync(c => c.Id == booked || c.Id == wrote)).ShouldBe(1);
        var merge = await db.Merges.AsNoTracking().SingleAsync();
        (merge.WhoKind, merge.WhoName).ShouldBe((ActorKind.System, MergeAutomatically.NameWhereSaid));

        await pair.Split(merge.Id);
        await app.RunJobs();
        (await db.Contacts.CountAsync(c => c.Id == booked || c.Id == wrote)).ShouldBe(2, "a person said otherwise");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Two_who_each_have_another_proven_phone_are_left_to_a_person_whatever_is_signed(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        var (booked, wrote) = await Said(pair, writersPhone: "+4915155566677");
        await app.RunJobs();

        await using var db = app.Open();
        (await db.Contacts.CountAsync(c => c.Id == booked || c.Id == wrote)).ShouldBe(2);
        var listed = await db.LikelyDuplicates.SingleAsync(d => d.OlderId == booked && d.NewerId == wrote);
        listed.Reasons.Split(',').ShouldContain("channel-says-same");
        listed.Score.ShouldBeGreaterThanOrEqualTo(9_900);
    }

    /// <summary>A guest who booked, and one who wrote by a channel, of whom the channel says that they are one.</summary>
    private static async Task<(Guid Booked, Guid Wrote)> Said(Pair pair, string? writersPhone)
    {
        var booked = await pair.Guest("+33612345678", "Zoé Quatremarre", null);
        await pair.App.RunJobs();
        await using var db = pair.App.Open();
        var wrote = await db.Arrange(() =>
        {
            var contact = new Contact
            {
                OrganizationId = pair.House.OrganizationId,
                PropertyId = pair.House.Lisbon,
                Source = Source.WhatsApp,
                CreatedAt = db.Now,
                UpdatedAt = db.Now,
                CustomerSince = new(2026, 1, 1),
            };
            contact.Show("zq 🌊", writersPhone, null);
            db.Add(contact);
            var likely = LikelyDuplicate.New(contact.OrganizationId, booked, contact.Id, db.Now);
            likely.SayChannel("+33612345678");
            db.Add(likely);
            return Task.FromResult(contact.Id);
        });
        return (booked, wrote);
    }
}
