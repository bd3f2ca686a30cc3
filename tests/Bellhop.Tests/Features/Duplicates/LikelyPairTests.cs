using System.Text.Json.Nodes;
using Bellhop.Features.Contacts;
using Bellhop.Features.Duplicates;
using Bellhop.Features.Intake;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Bellhop.Tests.Features.Duplicates.Merging;
using Bellhop.Tests.Guards;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Duplicates;

public class LikelyPairTests
{
    private const string Path = "/api/v1/contacts/duplicates";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Pairs_are_listed_the_likeliest_first_page_by_page(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        var zoe = await pair.Guest("+33612345678", "Zoé Martin", "zoe@example.org");
        await Likely(pair, pair.Ana, zoe, IdentityKind.Email, claimed: true);
        await Likely(pair, pair.Annie, zoe, IdentityKind.Email, claimed: false);
        await Likely(pair, pair.Ana, pair.Annie, IdentityKind.Phone, claimed: false);
        var owner = app.As(pair.House.Owner);

        var seen = new List<JsonNode>();
        for (string? cursor = null; ; )
        {
            var page = await owner.GetFromJson($"{Path}?limit=1{(cursor is null ? "" : "&cursor=" + cursor)}");
            seen.Add(page["items"]!.AsArray().ShouldHaveSingleItem()!);
            if ((cursor = page["nextCursor"]?.ToString()) is null)
            {
                break;
            }
        }

        seen.Select(s => s["reasons"]![0]!["kind"]!.ToString()).ShouldBe(["samePhone", "sameEmail", "claimedEmail"]);
        seen.Select(s => s["score"]!.GetValue<double>()).ShouldBe([0.97, 0.9, 0.6]);
        seen[0]["contacts"]!.AsArray().Select(c => c!["name"]!.ToString()).ShouldBe(["Ana Sousa", "Annie Sousa"], ignoreOrder: true);
        (await owner.GetFromJson($"{Path}?contactId={zoe}"))["items"]!.AsArray().Count.ShouldBe(2);
        (await (await owner.GetAsync($"{Path}?contactId={Guid.CreateVersion7()}")).Json(404))["type"]!.ToString().ShouldBe("not-found");
        (await (await owner.GetAsync($"{Path}?dismissed=perhaps")).Json(400)).Fields().ShouldBe(["dismissed"]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_pair_is_seen_only_by_who_sees_both_guests(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        await pair.Book(pair.House.Berlin, Pair.AnniesPhone);
        var id = await Likely(pair, pair.Ana, pair.Annie, IdentityKind.Phone, claimed: false);
        var berlin = app.As(await app.MakeKey(pair.House.OrganizationId, Roles.Of(Roles.FrontDesk), pair.House.Berlin));
        var lisbon = app.As(await app.MakeKey(pair.House.OrganizationId, Roles.Of(Roles.FrontDesk), pair.House.Lisbon));

        (await berlin.GetFromJson(Path))["items"]!.AsArray().ShouldBeEmpty();
        await (await berlin.GetAsync($"{Path}?contactId={pair.Ana}")).Json(404);
        (await berlin.GetFromJson($"{Path}?contactId={pair.Annie}"))["items"]!.AsArray().ShouldBeEmpty();
        await (await berlin.Post($"{Path}/{id}/dismissal", new JsonObject())).Json(404);
        (await lisbon.GetFromJson(Path))["items"]!.AsArray().Count.ShouldBe(1);
        await (await lisbon.Post($"{Path}/{id}/dismissal", new JsonObject())).Json(403);
        await (await berlin.Post($"{Path}/sweeps", new JsonObject())).Json(403);
        await using var db = app.Open();
        (await db.LikelyDuplicates.SingleAsync()).DismissedAt.ShouldBeNull();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Not_the_same_person_is_asked_again_only_when_something_new_speaks_for_it(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        var id = await Likely(pair, pair.Ana, pair.Annie, IdentityKind.Email, claimed: true);
        var owner = app.As(pair.House.Owner);

        var said = await (await owner.Post($"{Path}/{id}/dismissal", new JsonObject { ["reason"] = "Sisters" })).Json(200);
        said["dismissal"]!["reason"]!.ToString().ShouldBe("Sisters");
        (await owner.GetFromJson(Path))["items"]!.AsArray().ShouldBeEmpty();
        (await owner.GetFromJson($"{Path}?dismissed=true"))["items"]!.AsArray().Count.ShouldBe(1);
        (await app.Events("contact.notSame")).ShouldBe(2);

        await Likely(pair, pair.Ana, pair.Annie, IdentityKind.Email, claimed: true);
        (await owner.GetFromJson(Path))["items"]!.AsArray().ShouldBeEmpty("nothing new");

        ((int)(await owner.DeleteAsync($"{Path}/{id}/dismissal")).StatusCode).ShouldBe(204);
        (await owner.GetFromJson(Path))["items"]!.AsArray().Count.ShouldBe(1);

        await (await owner.Post($"{Path}/{id}/dismissal", new JsonObject())).Json(200);
        await Likely(pair, pair.Ana, pair.Annie, IdentityKind.Phone, claimed: false);
        (await owner.GetFromJson(Path))["items"]!.AsArray().Count.ShouldBe(1, "a phone is new");
        (await (await owner.Post($"{Path}/{id}/dismissal", new JsonObject { ["reason"] = new string('x', 501) })).Json(400))
            .Fields()
            .ShouldBe(["reason"]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Two_guests_who_were_split_are_not_asked_again(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        await Likely(pair, pair.Ana, pair.Annie, IdentityKind.Phone, claimed: false);
        await pair.Split(await pair.Merge());
        await app.RunJobs();

        (await app.As(pair.House.Owner).GetFromJson(Path))["items"]!.AsArray().ShouldBeEmpty();
        await using var db = app.Open();
        var kept = await db.LikelyDuplicates.SingleAsync();
        (kept.SplitAt is null, kept.DismissedAt is null).ShouldBe((false, false));
    }

    private static async Task<Guid> Likely(Pair pair, Guid one, Guid other, IdentityKind kind, bool claimed)
    {
        await pair.App.RunJobs();
        await using var db = pair.App.Open();
        var id = await db.Arrange(async () =>
        {
            var present = await MergeWorld.Listed(one, other, pair.House.OrganizationId, db);
            present.Show(kind, "shared", claimed);
            return present.Id;
        });
        await pair.App.RunJobs();
        return id;
    }
}
