using System.Text.Json.Nodes;
using Bellhop.Platform;

namespace Bellhop.Tests.Features.Contacts;

public sealed class ContactRoutesTests
{
    private static JsonNode Booking(Guid property, string name, string phone, string? email = null) =>
        new JsonObject
        {
            ["propertyId"] = property,
            ["source"] = "BookingCom",
            ["status"] = "Confirmed",
            ["arrival"] = "2030-05-01",
            ["departure"] = "2030-05-04",
            ["reference"] = "BC-1",
            ["total"] = new JsonObject { ["amount"] = 120.5m, ["currency"] = "EUR" },
            ["guest"] = new JsonObject
            {
                ["name"] = name,
                ["phone"] = phone,
                ["email"] = email,
            },
        };

    private static async Task<JsonObject> Get(HttpClient client, string path, int status = 200) =>
        await (await client.GetAsync("/api/v1/contacts" + path)).Json(status);

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_booked_guest_stands_in_the_list_and_in_the_cards(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var booking = await (
            await owner.Post("/api/v1/bookings", Booking(house.Lisbon, "José Muñoz", "+351912345678", "jose@harbour.net"))
        ).Json(201);

        var row = (await Get(owner, ""))["items"]!.AsArray().ShouldHaveSingleItem()!;
        row["name"]!.GetValue<string>().ShouldBe("José Muñoz");
        row["totalSpent"]!.ToJsonString().ShouldBe("""{"amount":120.50,"currency":"EUR"}""");
        row["customerSince"]!.GetValue<string>().ShouldMatch("^\\d{4}-\\d{2}$");
        row["property"]!["name"]!.GetValue<string>().ShouldBe("Lisbon");
        row["source"]!.GetValue<string>().ShouldBe("BookingCom");
        row["tags"]!.AsArray().ShouldBeEmpty();
        row["active"]!.GetValue<bool>().ShouldBeTrue();
        row["rating"].ShouldBeNull();
        row["loyalty"].ShouldBeNull();
        row["lastBooking"]!.ToJsonString().ShouldBe($$"""{"id":"{{booking["id"]}}","reference":"BC-1","arrival":"2030-05-01"}""");
        row["id"]!.GetValue<string>().ShouldBe(booking["contactId"]!.GetValue<string>());

        (await Get(owner, "/summary"))
            .ToJsonString()
            .ShouldBe(
                """{"totalContacts":1,"activeGuests":1,"newThisMonth":1,"averageLifetimeValue":{"amount":120.50,"currenc"""
                    + """y":"EUR"},"averageOverAll":{"amount":120.50,"currency":"EUR"}}"""
            );
        (await Get(owner, "/summary?q=912%20345%20678&minSpent=120.5&lastStayFrom=2030-05-01"))["totalContacts"]!
            .GetValue<int>()
            .ShouldBe(1);
        (await Get(owner, $"?propertyId={house.Berlin}"))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task What_cannot_be_taken_is_named_all_at_once_and_nobody_else_s_property_is_not_there(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var other = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var before = await app.Snapshot();
        (
            await Get(
                owner,
                "?source=Fax&propertyId=x&active=yes&minBookings=-1&maxBookings=a&minSpent=1,5&createdFrom=2026-02-30&"
                    + "createdTo=1&lastStayFrom=2026-02-02&lastStayTo=2026-02-01&limit=0&sort=name;DROP&q=%00",
                400
            )
        )
            .Fields()
            .ShouldBe([
                "active",
                "createdFrom",
                "createdTo",
                "lastStayFrom",
                "lastStayTo",
                "limit",
                "maxBookings",
                "minBookings",
                "minSpent",
                "propertyId",
                "q",
                "sort",
                "source",
            ]);
        foreach (
            var (query, field) in new[]
            {
                ("tag=", "tag"),
                ("allTag=vip", "allTag"),
                ("tier=gold", "tier"),
                ("minRating=6", "minRating"),
                ("segmentId=1", "segmentId"),
                ("hasPhone=true", "hasPhone"),
                ("Limit=5", "Limit"),
                ("limit=101", "limit"),
                ("limit=5&limit=6", "limit"),
                ("minSpent=1.234", "minSpent"),
                ("minBookings=3&maxBookings=2", "minBookings"),
                ("cursor=", "cursor"),
                ("cursor=abc", "cursor"),
                ("sort=", "sort"),
                ("sort=--name", "sort"),
                ("q=" + new string('a', 201), "q"),
            }
        )
        {
            (await Get(owner, "?" + query, 400)).Fields().ShouldContain(field, query);
        }

        (await Get(owner, "/summary?limit=5", 400)).Fields().ShouldBe(["limit"]);
        await Get(owner, $"?propertyId={other.Lisbon}", 404);
        await Get(owner, $"/summary?propertyId={house.Lisbon}&propertyId={Guid.CreateVersion7()}", 404);
        var limited = app.As(await app.MakeKey(house.OrganizationId, PermissionSet.Everything, house.Lisbon));
        await Get(limited, $"?propertyId={house.Berlin}", 404);
        await Get(app.As(await app.MakeKey(house.OrganizationId, new([Permission.BookingsView]))), "", 403);
        await Get(app.Anonymous(), "", 401);
        (await app.Snapshot())
            .Where(t => t.Key is not ("api_keys" or "api_key_owners"))
            .ShouldBe(before.Where(t => t.Key is not ("api_keys" or "api_key_owners")));
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_cursor_that_was_edited_or_belongs_to_another_list_is_refused(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        for (var i = 0; i < 3; i++)
        {
            await (await owner.Post("/api/v1/bookings", Booking(house.Lisbon, "Guest " + i, "+35191234567" + i))).Json(201);
        }

        var cursor = (await Get(owner, "?limit=1"))["nextCursor"]!.GetValue<string>();
        (await Get(owner, $"?limit=2&cursor={cursor}"))["items"]!.AsArray().Count.ShouldBe(2);
        var other = app.As((await app.MakeHouse()).Owner);
        foreach (
            var (client, query) in new[]
            {
                (owner, $"sort=name&cursor={cursor}"),
                (owner, $"sort=created&cursor={cursor}"),
                (owner, $"q=Guest&cursor={cursor}"),
                (owner, $"propertyId={house.Lisbon}&cursor={cursor}"),
                (owner, $"cursor={cursor}A"),
                (owner, $"cursor={cursor[..^1]}"),
                (owner, $"cursor={cursor[..20]}{(cursor[20] == 'A' ? 'B' : 'A')}{cursor[21..]}"),
                (other, $"cursor={cursor}"),
            }
        )
        {
            (await Get(client, "?" + query, 400)).Fields().ShouldBe(["cursor"], query);
        }
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Every_search_pair_is_found(string engine)
    {
        var pairs = (await File.ReadAllLinesAsync(Cases.Path("g_names/search_pairs.tsv")))
            .Skip(1)
            .Select(l => l.Split('\t'))
            .Where(p => p.Length >= 3 && p[2].Trim() == "yes")
            .ToList();
        pairs.Count.ShouldBeGreaterThan(10);
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var missed = new List<string>();
        foreach (var name in pairs.Select(p => p[1]).Distinct())
        {
            await (await owner.Post("/api/v1/bookings", Booking(house.Lisbon, name, ""))).Json(201);
        }

        foreach (var pair in pairs)
        {
            var found = (await Get(owner, $"?limit=100&q={Uri.EscapeDataString(pair[0])}"))["items"]!
                .AsArray()
                .Select(i => i!["name"]!.GetValue<string>());
            if (!found.Contains(pair[1].Normalize()))
            {
                missed.Add($"{pair[0]} → {pair[1]}");
            }
        }

        missed.ShouldBeEmpty();
    }
}
