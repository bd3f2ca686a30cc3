using System.Text.Json.Nodes;
using Bellhop.Features.Contacts;
using Bellhop.Features.Notes;
using Bellhop.Features.Team;
using Bellhop.Features.Webhooks;
using Bellhop.Platform;
using Bellhop.Tests.Features.Duplicates.Merging;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Duplicates;

public class MergeRoutesTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_merged_id_leads_to_the_guest_that_is_kept_until_a_split(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        var owner = app.As(pair.House.Owner);
        var merge = await Merged(owner, pair);
        (merge["contactId"]!.ToString(), merge["from"]!.ToString()).ShouldBe((pair.Ana.ToString(), pair.Annie.ToString()));
        merge["who"]!["name"].ShouldNotBeNull();

        foreach (var below in new[] { "", "/notes?limit=5", "/bookings", "/timeline", "/conversations" })
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
            {
                using var answer = await owner.Send(method, $"/api/v1/contacts/{pair.Annie}{below}");
                ((int)answer.StatusCode).ShouldBe(308, $"{method} {below}");
                answer.Headers.Location!.ToString().ShouldBe($"/api/v1/contacts/{pair.Ana}{below}");
            }
        }

        foreach (
            var (method, below, body) in new[]
            {
                (HttpMethod.Patch, "", """{"name":"New"}"""),
                (HttpMethod.Delete, "", null),
                (HttpMethod.Post, "/notes", """{"text":"Hello"}"""),
                (HttpMethod.Put, "/tags/VIP", null),
            }
        )
        {
            var problem = await (await owner.Send(method, $"/api/v1/contacts/{pair.Annie}{below}", body)).Json(409);
            (problem["type"]!.ToString(), problem["contactId"]!.ToString()).ShouldBe(("merged", pair.Ana.ToString()));
        }

        (await owner.GetFromJson($"/api/v1/merges/{merge["id"]}"))["undecided"]!.AsArray().ShouldBeEmpty();
        ((int)(await owner.DeleteAsync($"/api/v1/merges/{merge["id"]}")).StatusCode).ShouldBe(204);
        (await owner.GetFromJson($"/api/v1/contacts/{pair.Annie}"))["name"]!.ToString().ShouldBe("Annie Sousa");
        await (await owner.GetAsync($"/api/v1/merges/{merge["id"]}")).Json(404);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Who_does_not_see_the_kept_guest_learns_nothing_of_the_merged_id(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        await pair.Book(pair.House.Berlin, Pair.AnniesPhone);
        var berlin = app.As(await app.MakeKey(pair.House.OrganizationId, Roles.Of(Roles.FrontDesk), pair.House.Berlin));
        var lisbon = app.As(await app.MakeKey(pair.House.OrganizationId, Roles.Of(Roles.FrontDesk), pair.House.Lisbon));

        // Merging needs every property either is known to.
        await (await lisbon.Post($"/api/v1/contacts/{pair.Ana}/merges", From(pair.Annie))).Json(403);
        await (await berlin.Post($"/api/v1/contacts/{pair.Annie}/merges", From(pair.Ana))).Json(403);
        await (await lisbon.GetAsync($"/api/v1/contacts/{pair.Ana}/merges/preview?from={pair.Annie}")).Json(403);
        var zoe = await pair.Guest("+33612345678", "Zoé", null);
        await (await berlin.Post($"/api/v1/contacts/{pair.Annie}/merges", From(zoe))).Json(403);

        var owner = app.As(pair.House.Owner);
        var merge = await (await owner.Post($"/api/v1/contacts/{pair.Ana}/merges", From(zoe))).Json(201);
        await (await berlin.GetAsync($"/api/v1/contacts/{zoe}")).Json(404);
        await (await berlin.GetAsync($"/api/v1/merges/{merge["id"]}")).Json(404);
        await (await berlin.Send(HttpMethod.Delete, $"/api/v1/merges/{merge["id"]}")).Json(404);
        ((int)(await lisbon.GetAsync($"/api/v1/contacts/{zoe}")).StatusCode).ShouldBe(308);

        // Once the kept guest is deleted, nothing is left of either.
        ((int)(await owner.DeleteAsync($"/api/v1/contacts/{pair.Ana}")).StatusCode).ShouldBe(204);
        await (await owner.GetAsync($"/api/v1/contacts/{zoe}")).Json(404);
        await using var db = app.Open();
        (await db.Merges.AnyAsync()).ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_preview_says_the_consequences_and_changes_nothing(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        await pair.Furnish();
        var owner = app.As(pair.House.Owner);
        var before = await pair.Rows();

        var preview = await owner.GetFromJson($"/api/v1/contacts/{pair.Ana}/merges/preview?from={pair.Annie}");
        preview["this"]!["name"]!.ToString().ShouldBe("Ana Sousa");
        preview["other"]!["email"]!.ToString().ShouldBe(Pair.AnniesEmail);
        var after = preview["after"]!;
        (after["bookings"]!.GetValue<int>(), after["notes"]!.GetValue<int>(), after["conversations"]!.GetValue<int>()).ShouldBe((3, 2, 2));
        after["totalSpent"]!["amount"]!.GetValue<decimal>().ShouldBe(300);
        after["tags"]!.AsArray().Count.ShouldBe(3);
        after["optedOut"]!.AsArray().Select(c => c!.ToString()).ShouldBe(["WhatsApp"]);
        await pair.ShouldHave(before);

        (await (await owner.Post($"/api/v1/contacts/{pair.Ana}/merges", From(pair.Ana))).Json(400)).Fields().ShouldBe(["from"]);
        var wrong = From(pair.Annie);
        wrong["keep"] = new JsonObject { ["name"] = "both" };
        (await (await owner.Post($"/api/v1/contacts/{pair.Ana}/merges", wrong)).Json(400)).Fields().ShouldBe(["keep.name"]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Webhooks_and_the_timeline_hear_of_a_merge_and_of_a_split(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        var owner = app.As(pair.House.Owner);
        await using var db = app.Open();
        await AddNote.Run(pair.Annie, new("Before the merge"), pair.Who, db, default);
        await db.Arrange(() =>
        {
            var endpoint = new WebhookEndpoint
            {
                OrganizationId = pair.House.OrganizationId,
                Url = "https://hooks.example.org/",
                Events = "contact.merged,contact.updated,contact.created",
                Properties = [pair.House.Lisbon],
                Secret = "",
                LeasedUntil = db.Now.AddYears(100),
            };
            db.Add(endpoint);
            db.Happened(pair.Who, "webhookEndpoint.created", "webhookEndpoint", endpoint.Id);
            return Task.CompletedTask;
        });
        var merge = await Merged(owner, pair);

        var news = await db.WebhookDeliveries.OrderBy(d => d.Id).ToListAsync();
        news.Select(d => (d.Event, d.EntityId))
            .ShouldBe([("contact.updated", pair.Ana), ("contact.merged", pair.Annie)], ignoreOrder: true);
        var merged = news.Single(d => d.Event == "contact.merged");
        var body = JsonNode.Parse((await SeeDelivery.Run(merged.Id, pair.Who, db, default)).Body!)!;
        (body["id"]!.ToString(), body["from"]!.ToString()).ShouldBe((pair.Ana.ToString(), pair.Annie.ToString()));
        body["data"]!["name"]!.ToString().ShouldBe("Ana Sousa");
        var timeline = (await owner.GetFromJson($"/api/v1/contacts/{pair.Ana}/timeline"))["items"]!.AsArray();
        timeline.Select(i => i!["event"]?["action"]?.ToString()).OfType<string>().ShouldBe(["contact.merged", "note.created"]);
        timeline[0]!["event"]!["merge"]!.ToString().ShouldBe(merge["id"]!.ToString());

        ((int)(await owner.DeleteAsync($"/api/v1/merges/{merge["id"]}")).StatusCode).ShouldBe(204);
        (await SeeDelivery.Run(merged.Id, pair.Who, db, default)).Body.ShouldBeNull("nothing is merged any more");
        (await db.WebhookDeliveries.OrderByDescending(d => d.Id).Take(2).Select(d => d.Event).ToListAsync()).ShouldBe(
            ["contact.created", "contact.updated"],
            ignoreOrder: true
        );
    }

    private static JsonObject From(Guid other) => new() { ["from"] = other.ToString() };

    private static async Task<JsonObject> Merged(HttpClient owner, Pair pair)
    {
        using var answer = await owner.Post($"/api/v1/contacts/{pair.Ana}/merges", From(pair.Annie));
        var merge = await answer.Json(201);
        answer.Headers.Location!.ToString().ShouldBe($"/api/v1/merges/{merge["id"]}");
        return merge;
    }
}
