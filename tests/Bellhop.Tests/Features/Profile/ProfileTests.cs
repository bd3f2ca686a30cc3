using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Features.Intake;
using Bellhop.Features.Profile;
using Bellhop.Features.Properties;
using Bellhop.Features.Tags;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Bellhop.Tests.Features.Contacts;
using static Bellhop.Tests.Features.Profile.ProfilePages;

namespace Bellhop.Tests.Features.Profile;

public class ProfileTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Bookings_come_latest_arrival_first_page_after_page_and_only_those_one_may_see(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        await using var db = house.Database.Open();
        Guid guest = default;
        for (var i = 0; i < 23; i++)
        {
            guest = (
                await house.Book(i % 3, "Ana", "+351912345678", arrivesIn: (i * 5 % 7) - 3, status: i % 4 == 0 ? "Cancelled" : "Confirmed")
            )
                .ContactId!
                .Value;
        }

        var all = await ReadPages(5, (query) => ListContactBookings.Run(guest, query, house.Owner, db, house.Cursors, default));
        all.Count.ShouldBe(23);
        all.ShouldBe(all.OrderByDescending(b => b.Arrival).ThenByDescending(b => b.Id));
        var there = await ReadPages(5, (query) => ListContactBookings.Run(guest, query, house.LimitedTo(1), db, house.Cursors, default));
        there.ShouldBe(all.Where(b => b.Property.Id == house.Properties[1].Id));
        (
            await Should.ThrowAsync<Refusal>(() => ListContactBookings.Run(guest, new(), house.LimitedTo(), db, house.Cursors, default))
        ).Status.ShouldBe(404);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Each_identity_says_why_it_belongs_here(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        await using var db = house.Database.Open();
        var booking = await house.Book(0, "Ana", "+351912345678", source: "Website");
        house.Clock.Jump(TimeSpan.FromHours(1));
        await house.Book(1, "Ana", "+351912345678", "ana@harbour.net", source: "BookingCom");
        house.Clock.Jump(TimeSpan.FromHours(1));
        await EditContact.Run(booking.ContactId!.Value, new(Phone: "+351912345679"), house.Owner, db, IfMatch.Any, default);

        var rows = await ListIdentities.Run(booking.ContactId!.Value, house.Owner, db, default);
        rows.Select(r => (r.Kind, r.Value, r.ByStaff))
            .ShouldBe([(IdentityKind.Email, "ana@harbour.net", false), (IdentityKind.Phone, "+351912345679", true)]);
        (rows[0].Came!.Source, rows[0].Came!.Property.Name).ShouldBe((Source.BookingCom, "Kiwi"));
        var there = await ListIdentities.Run(booking.ContactId!.Value, house.LimitedTo(0), db, default);
        (there[0].Came, there[0].ByStaff).ShouldBe((null, false));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_a_guest_said_to_marketing_is_told_by_channel_to_those_who_see_the_guest(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        await using var db = house.Database.Open();
        var (guest, silent) = (
            (await house.Book(0, "Ana", "+351912345678")).ContactId!.Value,
            (await house.Book(0, "Ben", "+351912345679")).ContactId!.Value
        );
        var since = db.Now;
        await db.Save(() =>
        {
            db.Consents.Add(
                new()
                {
                    OrganizationId = house.Owner.OrganizationId,
                    ContactId = guest,
                    Channel = ConsentChannel.WhatsApp,
                    Granted = false,
                    At = since.AddDays(-1),
                    Source = Source.WhatsApp,
                }
            );
            db.Consents.Add(
                new()
                {
                    OrganizationId = house.Owner.OrganizationId,
                    ContactId = guest,
                    Channel = ConsentChannel.Email,
                    Granted = true,
                    At = since,
                    Source = Source.Import,
                }
            );
            return Task.CompletedTask;
        });

        foreach (var who in new[] { house.Owner, house.LimitedTo(0, 1) })
        {
            (await ListConsents.Run(guest, who, db, default)).ShouldBe([
                new(ConsentChannel.Email, true, since, Source.Import),
                new(ConsentChannel.WhatsApp, false, since.AddDays(-1), Source.WhatsApp),
            ]);
            (await ListConsents.Run(silent, who, db, default)).ShouldBeEmpty();
        }

        foreach (
            var (id, who) in new[]
            {
                (guest, house.LimitedTo(1)),
                (guest, house.LimitedTo()),
                (guest, house.Owner with { OrganizationId = -1 }),
                (Guid.CreateVersion7(), house.Owner),
            }
        )
        {
            (await Should.ThrowAsync<Refusal>(() => ListConsents.Run(id, who, db, default))).Status.ShouldBe(404);
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_segments_a_guest_is_in_are_those_one_sees_by_name(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        await using var db = house.Database.Open();
        var guest = (await house.Book(0, "Ana", "+351912345678", total: 300)).ContactId!.Value;
        (await ListGuestSegments.Run(guest, house.Owner, db, default)).ShouldBeEmpty();
        await TagContact.Run(guest, "VIP", house.Owner, db, default);
        var other = house.Owner with { Kind = ActorKind.User, Id = Guid.CreateVersion7() };
        foreach (
            var (name, asks, shared, who) in new (string, ContactFilter, bool, Actor)[]
            {
                ("Zealous", new(MinSpent: 200), true, house.Owner),
                ("Tagged", new(Tags: ["VIP", "Group"]), true, house.Owner),
                ("Poor", new(MaxSpent: 200), true, house.Owner),
                ("Mine", new(HasPhone: true), false, other),
            }
        )
        {
            await AddSegment.Run(new(name, new RuleLeaf(asks).ToElement(), shared), who, db, default);
        }

        var stranger = new Organization
        {
            Name = "Next door",
            Currency = "EUR",
            TimeZone = "Europe/Lisbon",
            CreatedAt = db.Now,
        };
        await db.Arrange(() => Task.FromResult(db.Organizations.Add(stranger)));
        (await ListGuestSegments.Run(guest, house.Owner, db, default)).Select(s => s.Name).ShouldBe(["Tagged", "Zealous"]);
        (await ListGuestSegments.Run(guest, other with { Properties = [house.Properties[0].Id] }, db, default))
            .Select(s => s.Name)
            .ShouldBe(["Mine", "Tagged", "Zealous"]);
        foreach (
            var (id, who) in new[]
            {
                (guest, house.LimitedTo(1)),
                (guest, house.LimitedTo()),
                (guest, Actor.System(stranger.Id)),
                (Guid.CreateVersion7(), house.Owner),
            }
        )
        {
            (await Should.ThrowAsync<Refusal>(() => ListGuestSegments.Run(id, who, db, default))).Status.ShouldBe(404);
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_profile_has_its_own_address_and_a_strangers_is_not_there(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var stranger = await app.MakeHouse();
        var (own, elsewhere, theirs) = (
            await Guest(app, house, house.Lisbon),
            await Guest(app, house, house.Berlin),
            await Guest(app, stranger, stranger.Lisbon)
        );
        var limited = await app.SignedIn(house.OrganizationId, Roles.Viewer, house.Lisbon);
        (await limited.GetAsync($"/contacts/{own}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var id in new[] { elsewhere, theirs, Guid.CreateVersion7() })
        {
            var refused = await app.Events("access.refused");
            using var answer = await limited.GetAsync($"/contacts/{id}");
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await answer.Content.ReadAsStringAsync()).ShouldNotContain($"Guest {id:N}");
            (await app.Events("access.refused")).ShouldBe(refused + 1);
        }

        (await app.Anonymous().GetAsync($"/contacts/{own}")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var before = await app.Events("access.refused");
        (await (await app.SignedIn(house.OrganizationId, "Housekeeping")).GetAsync($"/contacts/{own}")).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await app.Events("access.refused")).ShouldBe(before + 1);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_api_gives_bookings_and_timeline_of_a_guest(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var guest = await Guest(app, house, house.Lisbon);
        var booking = (await (await owner.GetAsync($"/api/v1/contacts/{guest}/bookings")).Json(200))["items"]!
            .AsArray()
            .ShouldHaveSingleItem()!;
        (booking["contactId"]!.GetValue<string>(), booking["status"]!.GetValue<string>()).ShouldBe((guest.ToString(), "Confirmed"));
        var touch = (await (await owner.GetAsync($"/api/v1/contacts/{guest}/timeline")).Json(200))["items"]!
            .AsArray()
            .ShouldHaveSingleItem()!;
        (touch["touch"]!["bookingId"]!.GetValue<string>(), touch["event"]).ShouldBe((booking["id"]!.GetValue<string>(), (JsonNode?)null));
        (await (await owner.GetAsync($"/api/v1/contacts/{guest}/timeline?limit=0&kind=x")).Json(400)).Fields().ShouldContain("kind");
    }

    private static async Task<Guid> Guest(TestApp app, House house, Guid property)
    {
        await using var db = app.Open();
        var saved = await ReceiveBooking.Run(
            new(property, "Website", "Confirmed", "2026-01-02", "2026-01-04", new(120, "EUR"), new("Guest")),
            Actor.System(house.OrganizationId),
            db,
            TestContext.Current.CancellationToken
        );
        return saved.Value.ContactId!.Value;
    }
}
