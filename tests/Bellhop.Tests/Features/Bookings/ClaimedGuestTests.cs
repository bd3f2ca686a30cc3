using System.Text.Json.Nodes;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Bellhop.Tests.Features.Imports;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Bookings;

/// <summary>What a stranger types into the public booking form is taken for the booking, and proven of nobody.</summary>
public class ClaimedGuestTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task What_the_form_claims_teaches_a_known_guest_nothing_until_staff_confirm_it(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        await using var db = app.Open();
        var known = (await AddGuest(owner, house.Lisbon, "+351912345678", null))["id"]!.GetValue<string>();
        var before = await Identities(app);

        var booking = await Book(app, house, "Mallory", "912 345 678", "mallory@guests.example");

        booking.ContactId.ToString().ShouldBe(known);
        booking.Claimed.ShouldBe(["name", "phone", "email"]);
        Facts(await Identities(app)).ShouldBe(Facts(before));
        var guest = await owner.GetFromJson($"/api/v1/contacts/{known}");
        (guest["name"], guest["email"]).ShouldBe((null, null));
        var timeline = (await owner.GetFromJson($"/api/v1/contacts/{known}/timeline"))["items"]!.AsArray();
        timeline[0]!["touch"]!["claimed"]!.GetValue<bool>().ShouldBeTrue();
        timeline[^1]!["touch"]!["claimed"]!.GetValue<bool>().ShouldBeFalse();

        var path = $"/api/v1/bookings/{booking.Id}/confirmations";
        (await (await owner.Post(path, new JsonObject { ["fields"] = new JsonArray("surname") })).Json(400)).Fields().ShouldBe(["fields"]);
        var viewer = app.As(await app.MakeKey(house.OrganizationId, new([Permission.BookingsManage])));
        (await viewer.Post(path, new JsonObject { ["fields"] = new JsonArray("email") })).StatusCode.ShouldBe(
            System.Net.HttpStatusCode.Forbidden
        );
        var confirmed = await (await owner.Post(path, new JsonObject { ["fields"] = new JsonArray("email") })).Json(200);
        (confirmed["attached"]!.ToJsonString(), confirmed["pair"]).ShouldBe(("[\"email\"]", null));
        (await owner.GetFromJson($"/api/v1/contacts/{known}"))["email"]!.GetValue<string>().ShouldBe("mallory@guests.example");
        (await owner.GetFromJson($"/api/v1/bookings/{booking.Id}"))["claimed"]!.ToJsonString().ShouldBe("[\"name\",\"phone\"]");
        (await owner.GetFromJson($"/api/v1/contacts/{known}/timeline"))["items"]!
            .AsArray()
            .Select(e => e!["event"]?["action"]?.GetValue<string>())
            .ShouldContain("booking.guestConfirmed");

        // Twice is once, and what is no longer claimed is passed over.
        (await (await owner.Post(path, new JsonObject { ["fields"] = new JsonArray("email") })).Json(200))["attached"]!
            .AsArray()
            .ShouldBeEmpty();
        await (await owner.Post(path, new JsonObject { ["fields"] = new JsonArray("name", "phone") })).Json(200);
        (await owner.GetFromJson($"/api/v1/bookings/{booking.Id}")).ContainsKey("claimed").ShouldBeFalse();
        (await owner.GetFromJson($"/api/v1/contacts/{known}"))["name"]!.GetValue<string>().ShouldBe("Mallory");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_claim_that_leads_to_nobody_makes_a_guest_and_a_proven_touch_takes_its_key_over(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var first = await Book(app, house, "Mallory", "912 345 678", "mallory@guests.example");
        var again = await Book(app, house, "Mallory", "912 345 678", "mallory@guests.example");
        again.ContactId.ShouldBe(first.ContactId, "what is claimed leads there for others who claim it");
        (await Identities(app)).ShouldAllBe(i => i.Claimed && i.ContactId == first.ContactId);

        var proven = await (await owner.Post("/api/v1/bookings", Proven(house.Lisbon, "+351912345678"))).Json(201);

        var guest = Guid.Parse(proven["contactId"]!.GetValue<string>());
        guest.ShouldNotBe(first.ContactId!.Value);
        var phone = (await Identities(app)).Single(i => i.Kind == IdentityKind.Phone);
        (phone.ContactId, phone.Claimed).ShouldBe((guest, false));
        await using var db = app.Open();
        var pair = await db.LikelyDuplicates.SingleAsync();
        (pair.OlderId, pair.NewerId, pair.Reasons.Split(',')[0]).ShouldBe((first.ContactId.Value, guest, "claimed-phone"));
        (await Book(app, house, "Mallory", "912 345 678", "other@guests.example")).ContactId.ShouldBe(guest);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_confirmed_key_of_another_contact_lists_the_pair_and_leads_where_it_led(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var known = await AddGuest(owner, house.Lisbon, "+351912345678", null);
        var other = await AddGuest(owner, house.Lisbon, "+351912345679", "ana@guests.example");
        var booking = await Book(app, house, "Ana", "912 345 678", "ana@guests.example");

        var confirmed = await (
            await owner.Post(
                $"/api/v1/bookings/{booking.Id}/confirmations",
                new JsonObject { ["fields"] = new JsonArray("phone", "email") }
            )
        ).Json(200);

        confirmed["attached"]!.ToJsonString().ShouldBe("[\"phone\"]");
        confirmed["pair"]!["contactId"]!.GetValue<string>().ShouldBe(other["id"]!.GetValue<string>());
        (await Identities(app)).Single(i => i.Value == "ana@guests.example").ContactId.ToString().ShouldBe(other["id"]!.GetValue<string>());
        await using var db = app.Open();
        var pair = await db.LikelyDuplicates.SingleAsync();
        new[] { pair.OlderId.ToString(), pair.NewerId.ToString() }.ShouldBe(
            [known["id"]!.GetValue<string>(), other["id"]!.GetValue<string>()],
            ignoreOrder: true
        );
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Staff_and_files_take_over_what_is_only_claimed(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var claimed = (await Book(app, house, "Mallory", "912 345 678", "mallory@guests.example")).ContactId!.Value;
        var guest = await AddGuest(owner, house.Lisbon, "+351912345679", null);

        var edited = await owner.Send(
            HttpMethod.Patch,
            $"/api/v1/contacts/{guest["id"]}",
            """{"phone":"+351912345678"}""",
            type: "application/merge-patch+json"
        );
        await edited.Json(200);
        var file = ImportRoutesTests.Form(house.Lisbon, "Name,Phone,Email\r\nMallory,+351912345670,mallory@guests.example\r\n");
        var import = await (await owner.PostAsync("/api/v1/imports", file)).Json(202);
        (await ImportRoutesTests.Ended(owner, import["id"]!.ToString()))["created"]!.GetValue<int>().ShouldBe(1);

        var identities = await Identities(app);
        identities.ShouldAllBe(i => !i.Claimed && i.ContactId != claimed);
        identities.Single(i => i.Value == "+351912345678").ContactId.ToString().ShouldBe(guest["id"]!.GetValue<string>());
        await using var db = app.Open();
        (await db.LikelyDuplicates.OrderBy(d => d.Reasons).Select(d => d.Reasons).ToListAsync())
            .Select(r => r.Split(',')[0]) // the comparison of the two may have found more
            .Where(r => r.StartsWith("claimed", StringComparison.Ordinal))
            .ShouldBe(["claimed-email", "claimed-phone"]);
    }

    private static async Task<BookingRow> Book(TestApp app, House house, string name, string phone, string email)
    {
        await using var db = app.Open();
        var who = new Actor(
            ActorKind.System,
            Guid.Empty,
            "Booking form",
            house.OrganizationId,
            new([Permission.BookingsManage]),
            [house.Lisbon]
        );
        var (arrival, departure) = (db.Now.AddDays(10), db.Now.AddDays(12));
        return await BookOnline.Run(
            house.Lisbon,
            new(Guid.CreateVersion7(), name, email, phone, $"{arrival:yyyy-MM-dd}", $"{departure:yyyy-MM-dd}"),
            who,
            db,
            default
        );
    }

    private static async Task<JsonObject> AddGuest(HttpClient owner, Guid property, string phone, string? email) =>
        await (
            await owner.Post(
                "/api/v1/contacts",
                new JsonObject
                {
                    ["phone"] = phone,
                    ["propertyId"] = property.ToString(),
                    ["email"] = email,
                }
            )
        ).Json(201);

    private static JsonObject Proven(Guid property, string phone)
    {
        var body = ReceiveBookingTests.Body(property);
        body["guest"] = new JsonObject { ["name"] = "Ana Pires", ["phone"] = phone };
        return body;
    }

    private static IEnumerable<(Guid, Guid, string, bool)> Facts(IEnumerable<Identity> identities) =>
        identities.Select(i => (i.Id, i.ContactId, i.Value, i.Claimed));

    private static async Task<List<Identity>> Identities(TestApp app)
    {
        await using var db = app.Open();
        return await db.Identities.AsNoTracking().OrderBy(i => i.Id).ToListAsync();
    }
}
