using Bellhop.Data;
using Bellhop.Features.Contacts;
using Bellhop.Features.Duplicates;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Bellhop.Tests.Features.Duplicates.Merging;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Duplicates;

public class FindDuplicatesTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_changed_guest_is_compared_with_those_that_are_alike(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        var one = await pair.Guest("+33612345678", "Zoé Quatremarre", "zoe.quatremarre@example.org");
        var other = await pair.Guest("+33612345687", "Zoe Quatremarre", "zoe.quatremarre@example.net");
        await app.RunJobs();

        await using var db = app.Open();
        var found = await db.LikelyDuplicates.SingleAsync();
        new[] { found.OlderId, found.NewerId }.ShouldBe([one, other], ignoreOrder: true);
        found.Reasons.Split(',').ShouldBe(["same-name", "phone-alike", "email-alike"], ignoreOrder: true);
        found.Score.ShouldBeGreaterThan(9_000);

        await EditContact.Run(
            other,
            new(Name: "Bruno Castelo", Phone: "+4915155566677", Email: "bruno@example.com"),
            pair.Who,
            db,
            IfMatch.Any,
            default
        );
        await app.RunJobs();
        (await db.LikelyDuplicates.AsNoTracking().AnyAsync()).ShouldBeFalse("nothing is alike any more");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_name_with_a_further_word_is_said_to_be_alike_and_one_written_otherwise_to_be_the_same(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        await pair.Guest("+33612345678", "Zoé Quatremarre", "zoe.quatremarre@example.org");
        await pair.Guest("+33612345687", "QUATREMARRE, Zoe", "zoe.quatremarre@example.net");
        await pair.Guest("+34612349283", "Alba Etxeberria Vidal", "alba.vidal@example.org");
        await pair.Guest("+34612349238", "Alba Vidal", "alba.vidal@example.net");
        await app.RunJobs();

        var items = (await app.As(pair.House.Owner).GetFromJson("/api/v1/contacts/duplicates"))["items"]!.AsArray();
        items
            .SelectMany(
                i => i!["reasons"]!.AsArray(),
                (pair, reason) => (Kind: reason!["kind"]!.ToString(), Pair: pair!["contacts"]!.ToString())
            )
            .Where(r => r.Kind is "sameName" or "nameAlike")
            .Select(r => (r.Kind, r.Pair.Contains("Vidal", StringComparison.Ordinal)))
            .ShouldBe([("sameName", false), ("nameAlike", true)], ignoreOrder: true);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_keys_are_those_of_the_guests_after_edits_merges_splits_and_deletions_in_any_order(string engine)
    {
        await using var app = await TestApp.Start(engine);
        for (var seed = 0; seed < TestSize.Of(10); seed++)
        {
            var pair = await Pair.Make(app);
            var random = new Random(seed);
            var merges = new Stack<Guid>();
            for (var step = 0; step < 12; step++)
            {
                await using var db = app.Open();
                var all = await db.Contacts.Where(c => c.OrganizationId == pair.House.OrganizationId).Select(c => c.Id).ToListAsync();
                var some = all[random.Next(all.Count)];
                switch (random.Next(6))
                {
                    case 0:
                        await pair.Guest($"+4915{random.Next(100_000_000, 999_999_999)}", $"Guest {(char)('A' + random.Next(5))}lba", null);
                        break;
                    case 1:
                        await EditContact.Run(some, new(Name: $"Name {random.Next(9)} Lima"), pair.Who, db, IfMatch.Any, default);
                        break;
                    case 2:
                        await EditContact.Run(some, new(Email: $"m{random.Next(1000)}@example.org"), pair.Who, db, IfMatch.Any, default);
                        break;
                    case 3 when all.Count > 1:
                        merges.Push(await pair.Merge(all[0], all[^1]));
                        break;
                    case 4 when merges.TryPop(out var last):
                        try
                        {
                            await pair.Split(last);
                        }
                        catch (Refusal)
                        {
                            // deleted meanwhile, or a person must decide
                        }

                        break;
                    case 5 when all.Count > 2:
                        await DeleteContact.Run(some, pair.Who, db, IfMatch.Any, default);
                        break;
                }
            }

            await app.RunJobs();
            await ShouldHaveRightKeys(app, pair.House.OrganizationId);
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_sweep_finds_what_has_no_keys_yet_and_a_second_one_changes_nothing(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        await pair.Guest("+33612345678", "Zoé Quatremarre", "zoe.quatremarre@example.org");
        await pair.Guest("+33612345687", "Zoe Quatremarre", "zoe.quatremarre@example.net");
        await app.RunJobs();
        await using var db = app.Open();
        await db.Arrange(async () =>
        {
            await db.DuplicateKeys.ExecuteDeleteAsync();
            await db.LikelyDuplicates.ExecuteDeleteAsync();
        });
        var owner = app.As(pair.House.Owner);

        var job = await (await owner.Post("/api/v1/contacts/duplicates/sweeps", new System.Text.Json.Nodes.JsonObject())).Json(202);
        await app.RunJobs();
        var done = await owner.GetFromJson($"/api/v1/jobs/{job["jobId"]}");
        (done["state"]!.ToString(), done["result"]!["pairs"]!.GetValue<int>()).ShouldBe(("done", 1));
        done["progress"]!.GetValue<int>().ShouldBe(done["total"]!.GetValue<int>());
        await ShouldHaveRightKeys(app, pair.House.OrganizationId);
        var found = await db.LikelyDuplicates.AsNoTracking().SingleAsync();

        await (await owner.Post("/api/v1/contacts/duplicates/sweeps", new System.Text.Json.Nodes.JsonObject())).Json(202);
        await app.RunJobs();
        var again = await db.LikelyDuplicates.AsNoTracking().SingleAsync();
        (again.Id, again.Reasons, again.Score, again.Evidence).ShouldBe((found.Id, found.Reasons, found.Score, found.Evidence));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_rule_merges_one_proven_address_and_never_two_proven_phones(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        await using var db = app.Open();
        await ChangeOrganization.Run(new(MergeAutomatically: true), pair.Who, db, default);
        var (phoned, written) = await TwoPairs(pair);
        await app.RunJobs();

        (await db.Contacts.CountAsync(c => phoned.Contains(c.Id))).ShouldBe(2, "their phones differ");
        (await db.Contacts.CountAsync(c => written.Contains(c.Id))).ShouldBe(1);
        var merge = await db.Merges.AsNoTracking().SingleAsync();
        (merge.WhoKind, merge.WhoName).ShouldBe((ActorKind.System, MergeAutomatically.Name));
        (await db.Events.AnyAsync(e => e.Action == "contact.merged" && e.WhoName == MergeAutomatically.Name)).ShouldBeTrue();

        await pair.Split(merge.Id);
        await app.RunJobs();
        (await db.Contacts.CountAsync(c => written.Contains(c.Id))).ShouldBe(2, "split by a person");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Without_the_organisations_rule_nothing_is_merged(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        await TwoPairs(pair);
        await app.RunJobs();

        await using var db = app.Open();
        (await db.Merges.AnyAsync()).ShouldBeFalse();
    }

    /// <summary>Two guests with a phone each and one address; and two of whom one has no phone.</summary>
    private static async Task<(Guid[] Phoned, Guid[] Written)> TwoPairs(Pair pair)
    {
        var first = await pair.Guest("+33612345678", "Zoé Quatremarre", "zoe@example.org");
        var second = await pair.Guest("+4915155566677", "Zoé Quatremarre", "zoe@example.org");
        var third = await pair.Guest("+351934567890", "Rui Belmonte", "rui@example.org");
        await using var db = pair.App.Open();
        var fourth = await db.Arrange(() =>
        {
            var contact = new Contact
            {
                OrganizationId = pair.House.OrganizationId,
                PropertyId = pair.House.Lisbon,
                Source = Source.Manual,
                CreatedAt = db.Now,
                UpdatedAt = db.Now,
                CustomerSince = new(2026, 1, 1),
            };
            contact.Show("Rui Belmonte", null, "rui@example.org");
            db.Add(contact);
            var likely = LikelyDuplicate.New(contact.OrganizationId, third, contact.Id, db.Now);
            likely.Show(IdentityKind.Email, "rui@example.org", claimed: false);
            db.Add(likely);
            return Task.FromResult(contact.Id);
        });
        return ([first, second], [third, fourth]);
    }

    private static async Task ShouldHaveRightKeys(TestApp app, int organizationId)
    {
        await using var db = app.Open();
        await ShouldHaveRightKeys(db, organizationId);
        (await db.DuplicateChecks.AnyAsync(c => c.OrganizationId == organizationId)).ShouldBeFalse();
    }

    /// <summary>Every guest has the keys that follow from it, and no others are stored.</summary>
    internal static async Task ShouldHaveRightKeys(BellhopDb db, int organizationId)
    {
        var ids = await db.Contacts.Where(c => c.OrganizationId == organizationId).Select(c => c.Id).ToListAsync();
        var guests = await GuestRecords.Of(ids, organizationId, db, default);
        var right = guests.Values.SelectMany(g => g.Keys.Select(k => (g.Id, k))).Order().ToList();
        var stored = await db.DuplicateKeys.AsNoTracking().Where(k => k.OrganizationId == organizationId).ToListAsync();
        stored.Select(k => (k.ContactId, k.Key)).Order().ShouldBe(right);
    }
}
