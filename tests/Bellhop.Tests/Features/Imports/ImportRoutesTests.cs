using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Bellhop.Features.Imports;
using Bellhop.Platform;

namespace Bellhop.Tests.Features.Imports;

public class ImportRoutesTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_file_goes_in_by_the_api_and_is_followed_to_its_end(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var client = app.As(house.Owner);
        using var answer = await client.PostAsync(
            "/api/v1/imports",
            Form(house.Lisbon, "Name;Phone\r\nAna;+351912345678\r\n\"=1+1\";12\r\n")
        );

        answer.Headers.Location!.ToString().ShouldStartWith("/api/v1/imports/");
        var made = await answer.Json(202);
        made["status"]!.ToString().ShouldBeOneOf("queued", "running", "completed");
        var ended = await Ended(client, made["id"]!.ToString());
        (ended["status"]!.ToString(), (int)ended["totalRows"]!, (int)ended["created"]!, (int)ended["failed"]!).ShouldBe(
            ("completed", 2, 1, 1)
        );

        using var errors = await client.GetAsync($"/api/v1/imports/{made["id"]}/errors");
        errors.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        var lines = (await errors.Content.ReadAsStringAsync()).TrimStart('\uFEFF').Split("\r\n");
        lines[0].ShouldBe("Name,Phone,line,reason");
        lines[1].ShouldStartWith("'=1+1,12,3,");

        (await (await client.GetAsync("/api/v1/imports")).Json(200))["items"]!.AsArray().Count.ShouldBe(1);
        (await (await client.PostAsync($"/api/v1/imports/{made["id"]}/cancellation", null)).Json(409))["type"]!
            .ToString()
            .ShouldContain("not-running");
        (await (await client.PostAsync($"/api/v1/imports/{made["id"]}/reversal", null)).Json(202))["id"]!
            .ToString()
            .ShouldBe(made["id"]!.ToString());
        (await Ended(client, made["id"]!.ToString()))["status"]!.ToString().ShouldBe("reversed");
        (await (await client.GetAsync("/api/v1/contacts")).Json(200))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_cannot_be_taken_is_refused_and_leaves_nothing(string engine)
    {
        await using var app = await TestApp.StartNew(engine, settings: ("Limits:ImportBytes", "2000"));
        var house = await app.MakeHouse();
        var client = app.As(house.Owner);
        var before = await app.Snapshot();

        await Refused(Form(house.Lisbon, ""), 400, "unusable-file");
        await Refused(Form(house.Lisbon, "Name,City\r\nAna,Lisbon\r\n"), 400, "unusable-file");
        await Refused(Form(house.Lisbon, "Name,Phone\r\n", ("mode", "guess")), 400, "invalid");
        await Refused(Form(house.Lisbon, "Name,Phone\r\n", ("mapping", """{"Phone":"shoeSize"}""")), 400, "invalid");
        await Refused(Form(house.Lisbon, "Name,Phone\r\n", ("unknown", "x")), 400, "invalid");
        await Refused(Form(Guid.CreateVersion7(), "Name,Phone\r\n"), 404, "not-found");
        await Refused(new StringContent("""{"file":"x"}""", Encoding.UTF8, "application/json"), 415, "unsupported-media-type");
        await Refused(new MultipartFormDataContent { { new StringContent(house.Lisbon.ToString()), "propertyId" } }, 400, "invalid");
        await Refused(Form(house.Lisbon, "Name,Phone\r\n" + new string('x', 2_000_000)), 413, "too-large");

        (await app.Snapshot()).ShouldBe(before);
        var folder = Path.Combine(app.Database.Folder, "imports");
        (Directory.Exists(folder) ? Directory.EnumerateFiles(folder) : []).ShouldBeEmpty();

        async Task Refused(HttpContent content, int status, string type)
        {
            using var answer = await client.PostAsync("/api/v1/imports", content);
            (await answer.Json(status))["type"]!.ToString().ShouldContain(type);
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_same_upload_with_the_same_key_is_one_import(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var client = app.As(house.Owner);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "one");
        var ids = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            using var answer = await client.PostAsync(
                "/api/v1/imports",
                Form(house.Lisbon, "Name,Phone\r\nAna,+351912345678\r\n", boundary: "fixed")
            );
            ids.Add((await answer.Json(202))["id"]!.ToString());
        }

        ids[0].ShouldBe(ids[1]);
        await using var db = app.Open();
        db.Imports.Count().ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_import_whose_starter_may_not_any_more_is_parked_and_goes_on_under_the_rights_of_whoever_resumes_it(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        await using var db = app.Open();
        var id = Guid.CreateVersion7();
        await using (var file = ImportFolder.Create(db, id))
        {
            await file.WriteAsync("Name,Phone\r\nAna,+351912345678\r\n"u8.ToArray());
        }

        var gone = new Actor(ActorKind.ApiKey, Guid.CreateVersion7(), "gone", house.OrganizationId, PermissionSet.Everything);
        await ReceiveImport.Take(
            new(id, "guests.csv", 30, new Dictionary<string, string>(StringComparer.Ordinal) { ["propertyId"] = house.Lisbon.ToString() }),
            gone,
            db,
            default
        );

        var parked = await Ended(owner, id.ToString());
        (parked["status"]!.ToString(), parked["error"]!["code"]!.ToString(), (int)parked["created"]!).ShouldBe(
            ("parked", "no-longer-allowed", 0)
        );
        var elsewhere = app.As(await app.MakeKey(house.OrganizationId, PermissionSet.Everything, house.Berlin));
        (await elsewhere.PostAsync($"/api/v1/imports/{id}/resumption", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await (await owner.PostAsync($"/api/v1/imports/{id}/resumption", null)).Json(202);
        var ended = await Ended(owner, id.ToString());
        (ended["status"]!.ToString(), (int)ended["created"]!).ShouldBe(("completed", 1));
        (await (await owner.PostAsync($"/api/v1/imports/{id}/resumption", null)).Json(409))["type"]!.ToString().ShouldBe("not-parked");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_same_file_uploaded_twice_at_once_is_one_import(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var client = app.As(house.Owner);
        var text = "Name,Phone\r\n" + string.Concat(Enumerable.Range(0, 3000).Select(i => $"Guest {i},+35191{2000000 + i}\r\n"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => client.PostAsync("/api/v1/imports", Form(house.Lisbon, text))));

        var ids = (await Task.WhenAll(answers.Select(a => a.Json(202)))).Select(a => a["id"]!.ToString()).Distinct().ToList();
        ids.ShouldHaveSingleItem();
        (await Ended(client, ids[0]))["created"]!.GetValue<int>().ShouldBe(3000);
        await using var db = app.Open();
        db.Imports.Count().ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_draft_waits_until_it_is_started_and_a_rehearsal_can_be_run(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var client = app.As(house.Owner);
        using var received = await client.PostAsync(
            "/api/v1/imports",
            Form(house.Lisbon, "Who,Number\r\nAna,+351912345678\r\n", ("draft", "true"))
        );
        var draft = await received.Json(202);
        draft["status"]!.ToString().ShouldBe("draft");
        var start = new JsonObject
        {
            ["propertyId"] = house.Berlin.ToString(),
            ["mode"] = "fill",
            ["mapping"] = new JsonObject { ["Who"] = "name", ["Number"] = "phone" },
            ["dryRun"] = true,
        };
        await (await client.Post($"/api/v1/imports/{draft["id"]}/start", start)).Json(202);
        var rehearsed = await Ended(client, draft["id"]!.ToString());
        (rehearsed["status"]!.ToString(), (bool)rehearsed["dryRun"]!, (int)rehearsed["created"]!).ShouldBe(("completed", true, 1));
        (await (await client.GetAsync("/api/v1/contacts")).Json(200))["items"]!.AsArray().ShouldBeEmpty();

        start["dryRun"] = false;
        await (await client.Post($"/api/v1/imports/{draft["id"]}/start", start)).Json(202);
        ((int)(await Ended(client, draft["id"]!.ToString()))["created"]!).ShouldBe(1);
        await (await client.Post($"/api/v1/imports/{draft["id"]}/start", start)).Json(409);

        // The next file with these headings is mapped as the last one was.
        using var next = await client.PostAsync("/api/v1/imports", Form(house.Lisbon, "Who,Number\r\nBea,+351912345679\r\n"));
        ((int)(await Ended(client, (await next.Json(202))["id"]!.ToString()))["created"]!).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_column_that_the_mapping_does_not_name_keeps_its_guess(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var client = app.As(house.Owner);
        const string Text = "Name,Phone,Email,Notes\r\nAna,+351912345678,ana@hotel.example,surfer\r\n";
        using var received = await client.PostAsync("/api/v1/imports", Form(house.Lisbon, Text, ("draft", "true")));
        var id = (await received.Json(202))["id"]!.ToString();
        var start = new JsonObject
        {
            ["propertyId"] = house.Lisbon.ToString(),
            ["mode"] = "fill",
            ["mapping"] = new JsonObject { ["Notes"] = "tags", ["Email"] = null },
        };

        await (await client.Post($"/api/v1/imports/{id}/start", start)).Json(202);

        ((int)(await Ended(client, id))["created"]!).ShouldBe(1);
        var guest = (await (await client.GetAsync("/api/v1/contacts")).Json(200))["items"]!.AsArray().ShouldHaveSingleItem()!;
        (guest["name"]!.ToString(), guest["phone"]!.ToString()).ShouldBe(("Ana", "+351912345678"));
        guest["email"].ShouldBeNull("null leaves a column out");
        guest["tags"]!.AsArray().ShouldHaveSingleItem()!.ToString().ShouldBe("surfer");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Whoever_sees_one_property_sees_their_own_imports_alone(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        using var answer = await app.As(house.Owner)
            .PostAsync("/api/v1/imports", Form(house.Lisbon, "Name,Phone\r\nAna,+351912345678\r\n"));
        var id = (await answer.Json(202))["id"]!.ToString();
        var limited = app.As(await app.MakeKey(house.OrganizationId, PermissionSet.Everything, house.Lisbon));

        (await limited.GetAsync($"/api/v1/imports/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await limited.GetAsync("/api/v1/imports")).Json(200))["items"]!.AsArray().ShouldBeEmpty();
        using var own = await limited.PostAsync("/api/v1/imports", Form(house.Lisbon, "Name,Phone\r\nBea,+351912345679\r\n"));
        (await limited.GetAsync($"/api/v1/imports/{(await own.Json(202))["id"]}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>A multipart form with a file.</summary>
    internal static MultipartFormDataContent Form(Guid property, string file, params (string Name, string Value)[] fields) =>
        Form(property, file, null, fields);

    internal static MultipartFormDataContent Form(Guid property, string file, string? boundary, params (string Name, string Value)[] fields)
    {
        var form = boundary is null ? new MultipartFormDataContent() : new MultipartFormDataContent(boundary);
        form.Add(new StringContent(property.ToString()), "propertyId");
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(file));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        form.Add(content, "file", "../../guests.csv");
        return form;
    }

    internal static async Task<JsonObject> Ended(HttpClient client, string id)
    {
        for (var waits = 0; ; waits++)
        {
            var import = await (await client.GetAsync($"/api/v1/imports/{id}")).Json(200);
            if (import["status"]!.ToString() is not ("queued" or "running") || waits == 600)
            {
                return import;
            }

            await Task.Delay(100);
        }
    }
}
