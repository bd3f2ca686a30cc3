using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bellhop.Features.Team;
using Bellhop.Platform;
using static Bellhop.Tests.Features.Contacts.Segments.SegmentRequests;

namespace Bellhop.Tests.Features.Contacts.Segments;

public class SegmentRoutesTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_segment_is_saved_read_changed_and_deleted_and_the_list_is_asked_by_it(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        foreach (var (name, source, total) in new[] { ("Ana", "BookingCom", 700), ("Bo", "BookingCom", 100), ("Cy", "Website", 900) })
        {
            await Book(owner, house.Lisbon, name, source, total);
        }

        var made = await Post(
            owner,
            new
            {
                name = "Big spenders",
                shared = true,
                conditions = Json("""{"all":[{"source":["BookingCom"]},{"any":[{"tag":["VIP"]},{"minSpent":500}]}]}"""),
            }
        );
        made.Status.ShouldBe(HttpStatusCode.Created, made.Body.ToString());
        var (id, version) = (made.Body["id"]!.GetValue<string>(), made.ETag);
        made.Body["count"]!.GetValue<int>().ShouldBe(1);
        made.Body["conditions"]!
            .ToJsonString()
            .ShouldBe("""{"all":[{"source":["BookingCom"]},{"any":[{"tag":["VIP"]},{"minSpent":500}]}]}""");
        made.Body.AsObject()
            .Select(m => m.Key)
            .ShouldBe(["id", "name", "shared", "owner", "conditions", "count", "createdAt", "updatedAt"]);

        var list = (await owner.GetFromJsonAsync<JsonNode>(Address))!;
        list["items"]!.AsArray().Single()!["count"].ShouldBeNull();
        (await Names(owner, $"segmentId={id}")).ShouldBe(["Ana"]);
        (await owner.GetFromJsonAsync<JsonNode>($"/api/v1/contacts/summary?segmentId={id}"))!["totalContacts"]!.GetValue<int>().ShouldBe(1);

        // Always live, and with the rest of the filter.
        await Book(owner, house.Berlin, "Di", "BookingCom", 600);
        (await owner.GetFromJsonAsync<JsonNode>($"{Address}/{id}"))!["count"]!.GetValue<int>().ShouldBe(2);
        (await Names(owner, $"segmentId={id}&propertyId={house.Berlin}")).ShouldBe(["Di"]);

        var patched = await Send(owner, HttpMethod.Patch, $"{Address}/{id}", """{"conditions":{"maxSpent":100}}""", version);
        patched.Body["count"]!.GetValue<int>().ShouldBe(1);
        (await Names(owner, $"segmentId={id}")).ShouldBe(["Bo"]);
        (await Send(owner, HttpMethod.Patch, $"{Address}/{id}", """{"name":"Small"}""", version)).Status.ShouldBe(
            HttpStatusCode.PreconditionFailed
        );

        var bulk = await Send(
            owner,
            HttpMethod.Post,
            "/api/v1/contacts/bulk",
            $$$"""{"action":"delete","filter":{"segmentId":"{{{id}}}"}}"""
        );
        bulk.Body["affected"]!.GetValue<int>().ShouldBe(1);
        (await Names(owner, "sort=name")).ShouldBe(["Ana", "Cy", "Di"]);

        (await owner.DeleteAsync($"{Address}/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await owner.GetAsync($"/api/v1/contacts?segmentId={id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        foreach (var action in new[] { "segment.created", "segment.updated", "segment.deleted" })
        {
            (await app.Events(action)).ShouldBe(1, action);
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Why_a_guest_is_in_it_or_not_is_answered_condition_by_condition(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var ana = await Book(owner, house.Lisbon, "Ana", "BookingCom", 700);
        var made = await Post(
            owner,
            new
            {
                name = "Why",
                conditions = Json("""{"all":[{"source":["BookingCom"],"minSpent":900},{"any":[{"active":true},{"tag":["VIP"]}]}]}"""),
            }
        );
        var path = $"{Address}/{made.Body["id"]}/contacts/{ana}";

        (await owner.GetFromJsonAsync<JsonNode>(path))!
            .ToJsonString()
            .ShouldBe(
                """{"matches":false,"conditions":{"all":[{"source":["BookingCom"],"matches":true},{"minSpent":900,"matche"""
                    + """s":false},{"any":[{"active":true,"matches":false},{"tag":["VIP"],"matches":false}],"matches":false}],"ma"""
                    + """tches":false}}"""
            );
        var berlin = app.As(await app.MakeKey(house.OrganizationId, new([Permission.ContactsView]), house.Berlin));
        (await berlin.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await owner.GetAsync($"{Address}/{made.Body["id"]}/contacts/{Guid.CreateVersion7()}")).StatusCode.ShouldBe(
            HttpStatusCode.NotFound
        );
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Ones_own_segment_is_nobody_elses_and_a_shared_one_takes_the_right_to_edit(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var (viewer, other, desk, stranger) = (
            await As(Roles.Viewer),
            await As(Roles.Owner),
            await As(Roles.FrontDesk),
            app.As((await app.MakeHouse()).Owner)
        );
        async Task<HttpClient> As(string role) => app.As(await app.MakeKey(house.OrganizationId, Roles.Of(role)));

        var mine = await Post(viewer, Body("Mine"));
        mine.Status.ShouldBe(HttpStatusCode.Created, mine.Body.ToString());
        var path = $"{Address}/{mine.Body["id"]}";
        var before = await app.Snapshot();
        foreach (var client in new[] { other, desk, stranger })
        {
            var refused = await app.Events("access.refused");
            (await client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await client.GetAsync($"/api/v1/contacts?segmentId={mine.Body["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await client.GetAsync($"/api/v1/contacts/summary?segmentId={mine.Body["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await Send(client, HttpMethod.Patch, path, """{"name":"Theirs"}""")).Status.ShouldBe(HttpStatusCode.NotFound);
            (await client.DeleteAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await app.Events("access.refused") - refused).ShouldBe(5);
            (await client.GetFromJsonAsync<JsonNode>(Address))!["items"]!.AsArray().ShouldBeEmpty();
        }

        (await Post(viewer, Body("Ours", shared: true))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await Send(viewer, HttpMethod.Patch, path, """{"shared":true}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await app.Snapshot()).ShouldBe(before);

        var ours = await Post(desk, Body("Ours", shared: true));
        ours.Status.ShouldBe(HttpStatusCode.Created);
        (await viewer.GetAsync($"{Address}/{ours.Body["id"]}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Send(viewer, HttpMethod.Patch, $"{Address}/{ours.Body["id"]}", """{"name":"X"}""")).Status.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await viewer.DeleteAsync($"{Address}/{ours.Body["id"]}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Send(other, HttpMethod.Patch, $"{Address}/{ours.Body["id"]}", """{"shared":false}""")).Status.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await Send(other, HttpMethod.Patch, $"{Address}/{ours.Body["id"]}", """{"name":"Ours too"}""")).Status.ShouldBe(HttpStatusCode.OK);
        (await Send(desk, HttpMethod.Patch, $"{Address}/{ours.Body["id"]}", """{"shared":false}""")).Status.ShouldBe(HttpStatusCode.OK);
        (await viewer.GetAsync($"{Address}/{ours.Body["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.GetAsync($"{Address}/{ours.Body["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_name_is_unique_among_the_shared_ones_and_among_each_persons_own(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var (owner, other) = (app.As(house.Owner), app.As(await app.MakeKey(house.OrganizationId, PermissionSet.Everything)));

        var first = await Post(owner, Body("Família"));
        first.Status.ShouldBe(HttpStatusCode.Created);
        var again = await Post(owner, Body("FAMILIA"));
        again.Status.ShouldBe(HttpStatusCode.Conflict);
        again.Body["type"]!.GetValue<string>().ShouldEndWith("duplicate-segment");
        again.Body["segmentId"]!.GetValue<string>().ShouldBe(first.Body["id"]!.GetValue<string>());
        (await Post(other, Body("Família"))).Status.ShouldBe(HttpStatusCode.Created);
        var shared = await Post(owner, Body("Família", shared: true));
        shared.Status.ShouldBe(HttpStatusCode.Created);
        (await Post(other, Body("família", shared: true))).Status.ShouldBe(HttpStatusCode.Conflict);
        (await Send(owner, HttpMethod.Patch, $"{Address}/{first.Body["id"]}", """{"shared":true}""")).Status.ShouldBe(
            HttpStatusCode.Conflict
        );
        (await Post(owner, Body("Zoo"))).Status.ShouldBe(HttpStatusCode.Created);

        // Page by page, each once: of two of one name the shared one first.
        var names = new List<string>();
        string? cursor = null;
        do
        {
            var page = (
                await owner.GetFromJsonAsync<JsonNode>(
                    $"{Address}?limit=1{(cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}"
                )
            )!;
            names.AddRange(page["items"]!.AsArray().Select(s => $"{s!["name"]} {s["shared"]}"));
            cursor = page["nextCursor"]?.GetValue<string>();
        } while (cursor is not null);
        names.ShouldBe(["Família true", "Família false", "Zoo false"]);
        (await Post(owner, Body(new string('x', 101)))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await Post(owner, Body("  "))).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_cursor_of_one_segment_is_no_cursor_of_another_and_a_property_unseen_is_known_to_nobody(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        for (var i = 0; i < 3; i++)
        {
            await Book(owner, house.Lisbon, "Guest " + i, "Website", 100);
        }

        var (one, two) = (await Post(owner, Body("One", shared: true)), await Post(owner, Body("Two", shared: true)));
        var page = (await owner.GetFromJsonAsync<JsonNode>($"/api/v1/contacts?limit=2&segmentId={one.Body["id"]}"))!;
        var cursor = Uri.EscapeDataString(page["nextCursor"]!.GetValue<string>());
        (await owner.GetAsync($"/api/v1/contacts?limit=2&segmentId={two.Body["id"]}&cursor={cursor}")).StatusCode.ShouldBe(
            HttpStatusCode.BadRequest
        );
        (await owner.GetFromJsonAsync<JsonNode>($"/api/v1/contacts?limit=2&segmentId={one.Body["id"]}&cursor={cursor}"))!["items"]!
            .AsArray()
            .Count.ShouldBe(1);

        var lisbon = await Post(
            owner,
            new
            {
                name = "Known to Lisbon",
                shared = true,
                conditions = new { any = new object[] { new { propertyId = new[] { house.Lisbon } }, new { minSpent = 5000 } } },
            }
        );
        lisbon.Body["count"]!.GetValue<int>().ShouldBe(3);
        var limited = app.As(await app.MakeKey(house.OrganizationId, new([Permission.ContactsView]), house.Berlin));
        (await limited.GetFromJsonAsync<JsonNode>($"{Address}/{lisbon.Body["id"]}"))!["count"]!.GetValue<int>().ShouldBe(0);
    }

    private static object Body(string name, bool shared = false) =>
        new
        {
            name,
            shared,
            conditions = new { maxBookings = 9 },
        };

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);
}
