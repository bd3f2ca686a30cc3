using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Tests.Features.Bookings;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.RealAddresses;

/// <summary>Guests who can be reached only through a booking site are found, and asked for their real address.</summary>
public class RelayGuestTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Who_is_here_or_arrives_with_a_relay_address_alone_is_listed_and_found_by_the_filter(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var here = await RelayStay.Book(app, house, "+351912000001");
        var comes = await RelayStay.Book(app, house, "+351912000002", arrives: 5, email: "Guest@M.ExpediaPartnerCentral.com");
        await RelayStay.Book(app, house, "+351912000003", email: "laura@example.com");
        await RelayStay.Book(app, house, "+351912000004", email: "laura@myhostelworld.com");
        await RelayStay.Book(app, house, "+351912000005", status: "Cancelled");
        await RelayStay.Book(app, house, "+351912000006", arrives: -9);
        var other = await app.MakeHouse();
        await RelayStay.Book(app, other, "+351912000007");

        (await here.Listed()).ShouldBe([here.Id, comes.Id]);
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        (await here.Client.GetFromJson($"/api/v1/relay-guests?date={today:yyyy-MM-dd}&limit=1"))["items"]!
            .AsArray()
            .ShouldHaveSingleItem()!["whatsApp"]!
            .GetValue<string>()
            .ShouldBe("351912000001");
        var (paged, next) = (new List<string>(), "");
        for (var pages = 0; pages < 3 && next is not null; pages++)
        {
            var page = await here.Client.GetFromJson($"/api/v1/relay-guests?limit=1{next}");
            paged.AddRange(page["items"]!.AsArray().Select(i => i!["bookingId"]!.GetValue<string>()));
            next = page["nextCursor"]?.GetValue<string>() is { } cursor ? "&cursor=" + Uri.EscapeDataString(cursor) : null;
        }

        paged.ShouldBe([here.Id, comes.Id]);
        (await app.As(house.Owner).GetAsync($"/api/v1/relay-guests?propertyId={other.Lisbon}")).StatusCode.ShouldBe(
            HttpStatusCode.NotFound
        );

        var body = new JsonObject
        {
            ["name"] = "To be asked",
            ["conditions"] = JsonNode.Parse(new RuleLeaf(new() { RelayOnly = true }).ToElement().GetRawText()),
        };
        var segment = await (await here.Client.Post("/api/v1/segments", body)).Json(201);
        var found = await here.Client.GetFromJson($"/api/v1/contacts?segmentId={segment["id"]}&sort=created");
        found["items"]!.AsArray().Select(c => c!["id"]!.GetValue<string>()).ShouldBe([here.Contact, comes.Contact], ignoreOrder: true);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_a_guest_types_on_the_desks_tablet_is_proven_by_staff(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var stay = await RelayStay.Book(app, house, "+351912000001");
        foreach (var wrong in new[] { "", "no address", RelayStay.Relay, "none@example.org" })
        {
            (await stay.Save(wrong)).StatusCode.ShouldBe(HttpStatusCode.BadRequest, wrong);
        }

        var saved = await (await stay.Save("Laura@Example.com")).Json(200);

        saved["attached"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldBe("email");
        (await stay.Email()).ShouldBe("laura@example.com");
        (await stay.Listed()).ShouldBeEmpty();
        (await stay.Client.GetFromJson($"/api/v1/bookings/{stay.Id}"))["guest"]!["email"]!.GetValue<string>().ShouldBe(RelayStay.Relay);
        await using var db = app.Open();
        var identity = await db.Identities.SingleAsync(i => i.OrganizationId == house.OrganizationId && i.Value == "laura@example.com");
        identity.Claimed.ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_printed_code_takes_one_address_for_its_booking_until_check_out(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var stay = await RelayStay.Book(app, house, "+351912000001");
        var first = (await (await stay.Ask("code")).Json(201))["path"]!.GetValue<string>();
        var made = await (await stay.Ask("code")).Json(201);
        var path = made["path"]!.GetValue<string>();

        (await stay.Give(first, "laura@example.com")).Status.ShouldBe(HttpStatusCode.NotFound, "a later code ends it");
        (await app.Anonymous().GetAsync("/address/1-AAAA-AAAA-AAAA-AAAA")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var page = await app.Anonymous().GetAsync(path.ToLowerInvariant());
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        var text = await page.Content.ReadAsStringAsync();
        text.ShouldNotContain("Laura");
        text.ShouldNotContain("351912");
        (await stay.Give(path, RelayStay.Relay)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await stay.Email()).ShouldBeNull();

        var both = await Task.WhenAll(stay.Give(path, "laura@example.com"), stay.Give(path, "other@example.com"));

        both.Select(b => b.Status).ShouldBe([HttpStatusCode.OK, HttpStatusCode.NotFound], ignoreOrder: true);
        (await stay.Email()).ShouldBe(both[0].Status == HttpStatusCode.OK ? "laura@example.com" : "other@example.com");
        (await stay.Give(path, "third@example.com")).Status.ShouldBe(HttpStatusCode.NotFound);

        var left = await RelayStay.Book(app, house, "+351912000002", status: "InHouse");
        var late = (await (await left.Ask("code")).Json(201))["path"]!.GetValue<string>();
        (await left.Set("Completed")).EnsureSuccessStatusCode();
        (await left.Give(late, "late@example.com")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await left.Ask("code")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_longer_or_shorter_stay_leaves_more_or_less_time_to_answer(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var stay = await RelayStay.Book(app, await app.MakeHouse(), "+351912000001", status: "InHouse");
        var ends = (await (await stay.Ask("code")).Json(201))["expiresAt"]!.GetValue<DateTimeOffset>();
        await stay.Ask("whatsApp");
        var today = DateOnly.FromDateTime(DateTime.UtcNow);

        (await stay.Leave(today.AddDays(20))).EnsureSuccessStatusCode();
        var longer = await Ends();
        (await stay.Leave(today.AddDays(1))).EnsureSuccessStatusCode();
        var shorter = await Ends();

        longer.ShouldAllBe(e => e > ends.UtcDateTime.AddDays(15));
        shorter.ShouldAllBe(e => e < ends.UtcDateTime);
        longer.Count.ShouldBe(2);

        async Task<List<DateTime>> Ends()
        {
            await using var db = app.Open();
            return await db.AddressAsks.Select(a => a.ExpiresAt).ToListAsync();
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_address_that_leads_to_another_guest_makes_a_pair_and_merges_nobody(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var known = await RelayStay.Book(app, house, "+351912000001", email: "laura@example.com");
        var stay = await RelayStay.Book(app, house, "+351912000002");

        var saved = await (await stay.Save("laura@example.com")).Json(200);

        saved["attached"]!.AsArray().ShouldBeEmpty();
        saved["pair"]!["contactId"]!.GetValue<string>().ShouldBe(known.Contact);
    }
}
