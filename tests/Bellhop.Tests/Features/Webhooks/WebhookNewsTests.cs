using System.Text.Json.Nodes;
using Bellhop.Features.Contacts;
using Bellhop.Features.Reviews;
using Bellhop.Features.Webhooks;
using Bellhop.Platform;
using Bellhop.Tests.Features.Imports;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Webhooks;

/// <summary>Which news is written, for whom, and what a receiver reads.</summary>
public class WebhookNewsTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task What_happens_is_told_once_in_its_order_signed_and_as_the_API_shows_it(string engine)
    {
        await using var hooks = await Hooks.Make(engine);
        var secret = (await hooks.Add()).Secret!;
        var booking = await hooks.House.Book("1");
        var guest = booking.ContactId!.Value;
        await using var db = hooks.House.Open();
        await EditContact.Run(guest, new(Name: "Ana Łucja 🏨"), hooks.House.Owner, db, IfMatch.Any, default);
        await hooks.House.Book("1", "Cancelled");
        var review = await AddReview.Run(new(5, booking.Id), hooks.House.Owner, db, default);

        await hooks.Send();
        await hooks.Send();

        hooks.Receiver.News.ShouldBe([
            ("contact.created", guest),
            ("booking.created", booking.Id),
            ("contact.updated", guest),
            ("booking.updated", booking.Id),
            ("review.created", review.Value.Id),
        ]);
        hooks.Receiver.Calls.ShouldAllBe(c => c.Method == "POST" && c.Path == "/hooks" && c.IsSignedBy(secret));
        hooks.Receiver.Calls.ShouldAllBe(c => c.Headers["Content-Type"] == "application/json" && !c.Headers.ContainsKey("traceparent"));
        hooks.Receiver.Calls.Select(c => c.Id).ShouldBeUnique();
        var shown = (await GetContact.Run(guest, hooks.House.Owner, db, default)).Value;
        var told = hooks.Receiver.Calls.Single(c => c.Type == "contact.updated").Body;
        told.Select(m => m.Key).ShouldBe(["type", "id", "timestamp", "data"]);
        JsonNode
            .DeepEquals(told["data"], JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(shown, Bellhop.Platform.Web.Json.Options)))
            .ShouldBeTrue(told.ToJsonString());
        (await hooks.Deliveries()).ShouldAllBe(d => d.State == DeliveryState.Delivered && d.Attempts == 1 && d.LastStatusCode == 200);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Without_an_endpoint_that_asks_nothing_is_written(string engine)
    {
        await using var hooks = await Hooks.Make(engine);
        await hooks.AddGuest("+351912345670");
        await hooks.Add(["review.created"]);
        await hooks.AddGuest("+351912345671");

        (await hooks.Deliveries()).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_endpoint_of_a_property_hears_of_this_property_alone(string engine)
    {
        await using var hooks = await Hooks.Make(engine);
        await hooks.Add(null, hooks.House.Auckland);
        var (here, there) = (await hooks.House.Book("1"), await hooks.House.Book("2", phone: "+6421345678", inLisbon: false));
        await using var db = hooks.House.Open();
        await AddReview.Run(new(4, here.Id), hooks.House.Owner, db, default);
        await hooks.Delete(here.ContactId!.Value);
        await hooks.Delete(there.ContactId!.Value);

        await hooks.Send();

        hooks.Receiver.News.ShouldBe([
            ("contact.created", there.ContactId.Value),
            ("booking.created", there.Id),
            ("contact.deleted", there.ContactId.Value),
        ]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_an_endpoint_may_no_longer_hear_of_is_not_sent(string engine)
    {
        await using var hooks = await Hooks.Make(engine);
        var endpoint = await hooks.Add(["contact.created"]);
        await hooks.AddGuest("+351912345678");
        await using var db = hooks.House.Open();
        IReadOnlyList<Guid>? auckland = [hooks.House.Auckland];
        await ChangeWebhookEndpoint.Run(
            endpoint.Id,
            new(PropertyIds: new(true, auckland)),
            hooks.House.Owner,
            db,
            hooks.Outside,
            IfMatch.Any,
            default
        );

        await hooks.Send();

        hooks.Receiver.Calls.ShouldBeEmpty();
        (await hooks.Deliveries()).Single().State.ShouldBe(DeliveryState.Skipped);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Nothing_of_a_deleted_guest_is_sent_neither_what_waited_nor_what_is_sent_again(string engine)
    {
        await using var hooks = await Hooks.Make(engine);
        var endpoint = await hooks.Add();
        var booking = await hooks.House.Book("1", name: "Adelheid", email: "adelheid@example.org");
        var guest = booking.ContactId!.Value;
        await hooks.Send();
        await using var db = hooks.House.Open();
        await EditContact.Run(guest, new(Name: "Adelheid Zwei"), hooks.House.Owner, db, IfMatch.Any, default);
        await hooks.Delete(guest);
        hooks.Receiver.Calls.Clear();
        foreach (var sent in (await hooks.Deliveries()).Where(d => d.State == DeliveryState.Delivered))
        {
            (await SeeDelivery.Run(sent.Id, hooks.House.Owner, db, default)).Body!.ShouldNotContain("Adelheid");
            await ReplayDelivery.Run(sent.Id, hooks.House.Owner, db, default);
        }

        await hooks.Send();

        var texts = hooks.Receiver.Calls.Where(c => c.Type.StartsWith("contact", StringComparison.Ordinal)).Select(c => c.Text);
        texts.ShouldBe([
            $$"""{"type":"contact.created","id":"{{guest}}","deleted":true}""",
            $$"""{"type":"contact.updated","id":"{{guest}}","deleted":true}""",
            $$"""{"type":"contact.deleted","id":"{{guest}}","deleted":true}""",
        ]);
        var again = hooks.Receiver.Calls.Single(c => c.Type == "booking.created");
        again.Body["data"]!["contactId"].ShouldBeNull();
        foreach (var secret in (string[])["Adelheid", "adelheid", "912345678"])
        {
            hooks.Receiver.Calls.ShouldAllBe(c => !c.Text.Contains(secret, StringComparison.Ordinal));
        }

        endpoint.Paused.ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task While_an_old_secret_still_works_both_sign(string engine)
    {
        await using var hooks = await Hooks.Make(engine);
        var first = await hooks.Add();
        await using var db = hooks.House.Open();
        var second = (await RotateWebhookSecret.Run(first.Id, new(2), hooks.House.Owner, db, hooks.Secrets, default)).Value.Secret!;
        await hooks.AddGuest("+351912345670");
        await hooks.Send();
        hooks.House.Clock.Advance(TimeSpan.FromHours(2));
        await hooks.AddGuest("+351912345671");
        await hooks.Send();

        var calls = hooks.Receiver.Calls.ToList();
        (calls[0].IsSignedBy(first.Secret!), calls[0].IsSignedBy(second)).ShouldBe((true, true));
        (calls[1].IsSignedBy(first.Secret!), calls[1].IsSignedBy(second)).ShouldBe((false, true));
        (await hooks.Endpoint(first.Id)).Secret.ShouldNotContain("whsec_");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Guests_of_a_file_are_told_too(string engine)
    {
        await using var hooks = await Hooks.Make(engine);
        await hooks.Add(["contact.created"]);
        await using var db = hooks.House.Open();
        await hooks.House.Import("Name,Phone\r\nAna,+351912345670\r\nBob,+351912345671\r\n");

        await hooks.Send();

        var there = await db.Contacts.Select(c => c.Id).ToListAsync();
        hooks.Receiver.News.Select(n => n.Id).ShouldBe(there, ignoreOrder: true);
        there.Count.ShouldBe(2);
    }
}
