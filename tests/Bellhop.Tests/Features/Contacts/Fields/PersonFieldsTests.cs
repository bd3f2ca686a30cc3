using System.Text.Json.Nodes;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Bellhop.Tests.Features.Imports;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Contacts.Fields;

/// <summary>Country, language, birthday, flags and stays: the list, the cards, exports and segments find the same guests by them.</summary>
public sealed class PersonFieldsTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Guests_are_found_by_country_language_stays_and_flags_alike_everywhere(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var ana = await Book("Ana", "+351912345678", "2030-05-01", "2030-05-04");
        var bo = await Book("Bo", "+4531234567", "2030-05-03", "2030-06-10");
        await Book("Cy", null, "2030-05-02", "2030-05-03", "NoShow", "FR");
        var di = await Book("Di", "+12025550123", "2030-05-01", "2030-05-05", "Cancelled");
        (await owner.Post($"/api/v1/contacts/{ana}/notes", Object(("text", "Nuts"), ("kind", "Allergy")))).EnsureSuccessStatusCode();
        (await owner.Post($"/api/v1/contacts/{di}/notes", Object(("text", "Likes tea")))).EnsureSuccessStatusCode();
        (await owner.PutAsync($"/api/v1/contacts/{bo}/tags/VIP%20guest", null)).EnsureSuccessStatusCode();
        (await owner.PutAsync($"/api/v1/contacts/{di}/tags/Vipava", null)).EnsureSuccessStatusCode();
        (await owner.Post("/api/v1/reviews", Object(("contactId", bo), ("stars", 1)))).EnsureSuccessStatusCode();
        await Change(ana, """{"language":"pt","birthday":"1990-05-01"}""");

        await Finds("country=PT", "Ana");
        await Finds("country=FR", "Cy");
        await Finds("country=DK&country=US", "Bo Di");
        await Finds("language=pt", "Ana");
        await Finds("language=de", "");
        await Finds("stayedFrom=2030-05-03&stayedTo=2030-05-03", "Ana Bo");
        await Finds("stayedFrom=2030-05-04&stayedTo=2030-05-20", "Bo");
        await Finds("stayedFrom=2030-06-05&stayedTo=2030-06-06", "Bo");
        await Finds("stayedFrom=2030-06-10", "");
        await Finds("stayedTo=2030-05-02", "Ana");
        await Finds("flag=allergy", "Ana");
        await Finds("flag=tag", "Bo");
        await Finds("flag=poorReview", "Bo");
        await Finds("flag=pinned", "");
        await Finds("flag=allergy&flag=noShow", "Ana Cy");
        await Finds("country=PT&flag=allergy&stayedFrom=2030-05-01&language=pt", "Ana");
        await Finds("country=PT&flag=tag", "");

        foreach (var (query, field) in new[] { ("country=pt", "country"), ("language=Klingon", "language"), ("flag=birthday", "flag") })
        {
            (await (await owner.GetAsync("/api/v1/contacts?" + query)).Json(400)).Fields().ShouldBe([field]);
        }

        (await (await owner.GetAsync("/api/v1/contacts?stayedFrom=2030-05-03&stayedTo=2030-05-02")).Json(400))
            .Fields()
            .ShouldBe(["stayedFrom", "stayedTo"]);
        var arrivals = (await owner.GetFromJson("/api/v1/today?date=2030-05-01"))["arrivals"]!["items"]!.AsArray();
        var flags = arrivals.ShouldHaveSingleItem()!["flags"]!.AsArray();
        flags.Select(f => f!["kind"]!.ToString()).ShouldBe(["allergy", "birthday"]);
        (await owner.GetFromJson("/api/v1/today?date=2030-05-02"))["inHouse"]!["items"]![0]!["flags"]!.AsArray().Count.ShouldBe(1);

        async Task Finds(string query, string names)
        {
            foreach (var at in new[] { "", $"&propertyId={house.Lisbon}", $"&propertyId={house.Lisbon}&propertyId={house.Berlin}" })
            {
                var items = (await owner.GetFromJson($"/api/v1/contacts?sort=name&{query}{at}"))["items"]!.AsArray();
                string.Join(' ', items.Select(i => i!["name"]!.ToString())).ShouldBe(names, query + at);
                (await owner.GetFromJson($"/api/v1/contacts/summary?{query}{at}"))["totalContacts"]!.GetValue<int>().ShouldBe(items.Count);
            }

            var csv = await owner.GetStringAsync("/api/v1/contacts/export?columns=name&sort=name&" + query);
            string.Join(' ', csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1..]).ShouldBe(names, query);
            var conditions = new JsonObject();
            foreach (var one in query.Split('&').Select(p => p.Split('=')).GroupBy(p => p[0], p => p[1]))
            {
                conditions[one.Key] = one.Key.StartsWith("stayed", StringComparison.Ordinal)
                    ? one.Single()
                    : new JsonArray([.. one.Select(v => (JsonNode)v)]);
            }

            var rule = new JsonObject { ["any"] = new JsonArray(conditions, new JsonObject { ["q"] = "nobody has this name" }) };
            var segment = Object(("name", "S" + query), ("conditions", rule));
            var id = (await (await owner.Post("/api/v1/segments", segment)).Json(201))["id"];
            var found = (await owner.GetFromJson($"/api/v1/contacts?sort=name&segmentId={id}"))["items"]!.AsArray();
            string.Join(' ', found.Select(i => i!["name"]!.ToString())).ShouldBe(names, "as a segment: " + query);
        }

        async Task<string> Book(string name, string? phone, string from, string to, string status = "Confirmed", string? country = null)
        {
            var booking = Object(
                ("propertyId", house.Lisbon),
                ("source", "Website"),
                ("status", status),
                ("arrival", from),
                ("departure", to),
                ("total", Object(("amount", 100), ("currency", "EUR"))),
                ("guest", Object(("name", name), ("phone", phone), ("country", country)))
            );
            return (await (await owner.Post("/api/v1/bookings", booking)).Json(201))["contactId"]!.ToString();
        }

        async Task Change(string id, string patch) => await (await owner.Send(HttpMethod.Patch, $"/api/v1/contacts/{id}", patch)).Json(200);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_given_country_is_before_the_phones_and_without_one_the_phone_tells_it(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var guest = Object(("phone", "912 345 678"), ("propertyId", house.Lisbon), ("country", "PT"));
        var added = await (await owner.Post("/api/v1/contacts", guest)).Json(201);
        added["country"]!.ToString().ShouldBe("PT");

        (await Change("""{"country":"NZ"}"""))["country"]!.ToString().ShouldBe("NZ");
        (await Change("""{"phone":"+4915112345678"}"""))["country"]!.ToString().ShouldBe("NZ");
        (await Change("""{"country":null}"""))["country"]!.ToString().ShouldBe("DE");
        (await Change("""{"phone":"+447400123456"}"""))["country"]!.ToString().ShouldBe("GB");
        foreach (var wrong in new[] { """{"country":"Spain"}""", """{"language":"Spanish"}""", """{"birthday":"3.4.1980"}""" })
        {
            var answer = await (await owner.Send(HttpMethod.Patch, $"/api/v1/contacts/{added["id"]}", wrong)).Json(400);
            wrong.ShouldContain(answer.Fields().ShouldHaveSingleItem());
        }

        await using var db = app.Open();
        await db.Contacts.ExecuteUpdateAsync(set => set.SetProperty(c => c.Country, (string?)null));
        var job = new Job
        {
            OrganizationId = house.OrganizationId,
            Kind = FillCountries.Handler.Kind,
            Argument = "{}",
        };
        await FillCountries.Handler.Run(job, Actor.System(house.OrganizationId), db, default);
        (await owner.GetFromJson($"/api/v1/contacts/{added["id"]}"))["country"]!.ToString().ShouldBe("GB");

        async Task<JsonObject> Change(string patch) =>
            await (await owner.Send(HttpMethod.Patch, $"/api/v1/contacts/{added["id"]}", patch)).Json(200);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Files_bring_country_language_and_birthday_as_they_write_them(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        const string File =
            "Name,Phone,Land,Sprache,Geburtstag\r\nEva,+351912345670,Spanien,Deutsch,3.4.1980\r\n"
            + "Li,+351912345671,Portugal,pt-BR,1980-12-31T00:00:00\r\nJo,+351912345672,,Elvish,01/02/03\r\n";
        using var import = await owner.PostAsync("/api/v1/imports", ImportRoutesTests.Form(house.Lisbon, File));
        var ended = await ImportRoutesTests.Ended(owner, (await import.Json(202))["id"]!.ToString());
        ((int)ended["created"]!, (int)ended["failed"]!).ShouldBe((3, 0), "what is not understood is left out of the row");

        var items = (await owner.GetFromJson("/api/v1/contacts?sort=name"))["items"]!.AsArray();
        items
            .Select(i => $"{i!["name"]} {i["country"]} {i["language"]} {i["birthday"]}")
            .ShouldBe(["Eva ES de 1980-04-03", "Jo PT  ", "Li PT pt 1980-12-31"]);

        var own = await owner.GetStringAsync("/api/v1/contacts/export");
        using var again = await owner.PostAsync("/api/v1/imports", ImportRoutesTests.Form(house.Lisbon, own));
        var repeated = await ImportRoutesTests.Ended(owner, (await again.Json(202))["id"]!.ToString());
        ((int)repeated["duplicates"]!).ShouldBe(3, "Bellhop's own export changes nothing");
    }

    private static JsonObject Object(params (string Name, object? Value)[] members) =>
        new(members.Select(m => KeyValuePair.Create(m.Name, m.Value as JsonNode ?? JsonValue.Create(m.Value))));
}
