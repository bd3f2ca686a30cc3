using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bellhop.Features.Bookings;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Bookings;

public sealed partial class BookingFormTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_guest_books_and_a_second_submit_is_the_same_booking_whatever_became_of_it(string engine)
    {
        await using var app = await Start(engine);
        var house = await app.MakeHouse();
        var client = app.Anonymous();
        var form = await Fill(app, client, house.Lisbon);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => client.PostAsync($"/book/{house.Lisbon}", new FormUrlEncodedContent(form)))
        );

        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.OK);
        answers.ShouldAllBe(a => !a.Headers.Contains("Set-Cookie"));
        var references = (await Task.WhenAll(answers.Select(async a => Reference().Match(await a.Content.ReadAsStringAsync()).Value)))
            .Distinct()
            .ToList();
        references.ShouldHaveSingleItem().ShouldStartWith("W-");
        await using var db = app.Open();
        var booking = await db.Bookings.AsNoTracking().SingleAsync();
        (booking.Status, booking.Source, booking.Reference, booking.Currency, booking.Total).ShouldBe(
            (BookingStatus.Pending, Source.Website, references[0], "EUR", 12050)
        );
        (booking.GuestName, booking.GuestEmail, booking.GuestPhone).ShouldBe(("Inês Tavares", "ines@guests.example", "+351912345678"));
        var contact = await db.Contacts.AsNoTracking().SingleAsync();
        (contact.Source, contact.Bookings).ShouldBe((Source.Website, 0), "pending does not count");
        (await db.Events.SingleAsync(e => e.Action == "booking.created")).WhoName.ShouldBe("Booking form");

        await ChangeBooking.Run(booking.Id, new(Status: "Confirmed"), TestApp.Everything(house), db, IfMatch.Any, default);
        form["name"] = "Somebody Else";
        (await client.PostAsync($"/book/{house.Lisbon}", new FormUrlEncodedContent(form))).StatusCode.ShouldBe(HttpStatusCode.OK);
        var after = await db.Bookings.AsNoTracking().SingleAsync();
        (after.Status, after.GuestName).ShouldBe((BookingStatus.Confirmed, "Inês Tavares"));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Robots_old_forms_and_other_propertys_tokens_are_refused_and_what_was_typed_is_kept(string engine)
    {
        await using var app = await Start(engine);
        var house = await app.MakeHouse();
        var client = app.Anonymous();
        var form = await Fill(app, client, house.Lisbon, wait: 0);

        await Refused(house.Lisbon, form, "very quick");
        app.Clock.Advance(TimeSpan.FromSeconds(5));
        await Refused(house.Lisbon, new(form) { ["website"] = "https://spam.example" }, "must stay empty");
        await Refused(house.Berlin, form, "lay open");
        await Refused(house.Lisbon, new(form) { ["token"] = form["token"][..^2] + "AA" }, "lay open");
        await Refused(house.Lisbon, new(form) { ["token"] = "" }, "lay open");
        app.Clock.Jump(TimeSpan.FromHours(5));
        var html = await Refused(house.Lisbon, form, "lay open");
        Token().Match(html).Groups[1].Value.ShouldNotBe(form["token"]);
        await using var db = app.Open();
        (await db.Bookings.CountAsync(), await db.Contacts.CountAsync(), await app.Events()).ShouldBe((0, 0, 0));

        async Task<string> Refused(Guid property, Dictionary<string, string> sent, string says)
        {
            using var answer = await client.PostAsync($"/book/{property}", new FormUrlEncodedContent(sent));
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            var text = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
            text.ShouldContain(says);
            text.ShouldContain("Inês Tavares");
            return text;
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Every_field_has_its_limits_and_nothing_is_written_past_them(string engine)
    {
        await using var app = await Start(engine);
        var house = await app.MakeHouse();
        var client = app.Anonymous();
        var form = await Fill(app, client, house.Lisbon);
        var before = await app.Snapshot();
        foreach (
            var (field, value, id) in new (string, string, string)[]
            {
                ("name", "", "name"),
                ("name", new('x', 201), "name"),
                ("name", "a\u0001b", "name"),
                ("email", "", "email"),
                ("email", "nobody", "email"),
                ("phone", "12", "phone"),
                ("arrival", "2026-06-14", "arrival"),
                ("arrival", "2029-01-01", "arrival"),
                ("arrival", "soon", "arrival"),
                ("departure", "2026-07-01", "departure"),
                ("departure", "2026-06-30", "departure"),
                ("departure", "2028-07-01", "departure"),
                ("adults", "0", "adults"),
                ("adults", "many", "adults"),
                ("children", "100", "children"),
                ("room", new('r', 201), "room"),
                ("price", "-1", "price"),
                ("price", "1.005", "price"),
                ("price", "1e9", "price"),
                ("notes", new('n', 2001), "notes"),
            }
        )
        {
            using var answer = await client.PostAsync(
                $"/book/{house.Lisbon}",
                new FormUrlEncodedContent(new Dictionary<string, string>(form) { [field] = value })
            );
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, $"{field}={value}");
            (await answer.Content.ReadAsStringAsync()).ShouldMatch(
                $"<(input|textarea) id=\"{id}\"[^>]*aria-invalid=\"true\"",
                $"{field}={value}"
            );
        }

        (
            await client.PostAsync(
                $"/book/{house.Lisbon}",
                new FormUrlEncodedContent(new Dictionary<string, string>(form) { ["name"] = "a\0b" })
            )
        ).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await client.PostAsync($"/book/{house.Lisbon}", new StringContent("{}"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await app.Snapshot()).ShouldBe(before);
        (
            await client.PostAsync(
                $"/book/{house.Lisbon}",
                new FormUrlEncodedContent(new Dictionary<string, string>(form) { ["notes"] = new('n', 80_000) })
            )
        ).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_form_sets_no_cookie_runs_no_script_and_stands_in_the_frames_the_property_lists(string engine)
    {
        await using var app = await Start(engine);
        var house = await app.MakeHouse();
        var client = app.Anonymous();
        using var plain = await client.GetAsync($"/book/{house.Lisbon}?culture=de-DE&arrival=2026-07-01");
        plain.StatusCode.ShouldBe(HttpStatusCode.OK);
        plain.Headers.Contains("Set-Cookie").ShouldBeFalse();
        plain.Headers.GetValues("Content-Security-Policy").Single().ShouldEndWith("frame-ancestors 'none'");
        plain.Headers.GetValues("X-Frame-Options").Single().ShouldBe("DENY");
        plain.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var html = await plain.Content.ReadAsStringAsync();
        html.ShouldNotContain("<script");
        html.ShouldContain("value=\"2026-07-01\"");

        var owner = app.As(house.Owner);
        var path = $"/api/v1/properties/{house.Lisbon}";
        var set = await (
            await owner.Send(
                HttpMethod.Patch,
                path,
                """{"embedOrigins":["https://WWW.Harbour.example/","http://localhost:8080","https://www.harbour.example"]}""",
                type: "application/merge-patch+json"
            )
        ).Json(200);
        set["embedOrigins"]!.ToJsonString().ShouldBe("""["https://www.harbour.example","http://localhost:8080"]""");
        using var framed = await client.GetAsync($"/book/{house.Lisbon}");
        framed
            .Headers.GetValues("Content-Security-Policy")
            .Single()
            .ShouldEndWith("frame-ancestors https://www.harbour.example http://localhost:8080");
        framed.Headers.Contains("X-Frame-Options").ShouldBeFalse();
        (await client.GetAsync($"/book/{house.Berlin}"))
            .Headers.GetValues("Content-Security-Policy")
            .Single()
            .ShouldEndWith("frame-ancestors 'none'");
        (await client.GetAsync("/sign-in")).Headers.GetValues("Content-Security-Policy").Single().ShouldEndWith("frame-ancestors 'none'");

        foreach (
            var wrong in new[]
            {
                "https://*.example",
                "harbour.example",
                "https://harbour.example/book",
                "ftp://harbour.example",
                "https://user@harbour.example",
                "https://harbour.example; script-src *",
                "https://harbour.example?x",
                "javascript:alert(1)",
                "",
                "'self'",
            }
        )
        {
            (
                await (
                    await owner.Send(
                        HttpMethod.Patch,
                        path,
                        new JsonObject { ["embedOrigins"] = new JsonArray(wrong) }.ToJsonString(),
                        type: "application/merge-patch+json"
                    )
                ).Json(400)
            )
                .Fields()
                .ShouldBe(["embedOrigins[0]"], wrong);
        }

        var many = new JsonArray([.. Enumerable.Range(0, 21).Select(i => (JsonNode)$"https://h{i}.example")]);
        (
            await (
                await owner.Send(
                    HttpMethod.Patch,
                    path,
                    new JsonObject { ["embedOrigins"] = many }.ToJsonString(),
                    type: "application/merge-patch+json"
                )
            ).Json(400)
        )
            .Fields()
            .ShouldBe(["embedOrigins"]);
        (await (await owner.Send(HttpMethod.Patch, path, """{"embedOrigins":null}""", type: "application/merge-patch+json")).Json(200))[
            "embedOrigins"
        ]!
            .AsArray()
            .ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_is_no_property_has_no_form_and_one_network_sends_no_more_than_so_many(string engine)
    {
        await using var app = await Start(engine, ("Limits:FormBookingsPerNetwork", "2"));
        var house = await app.MakeHouse();
        var client = app.Anonymous();
        foreach (var property in new[] { Guid.CreateVersion7().ToString(), "lisbon", house.Lisbon.ToString("N") })
        {
            (await client.GetAsync($"/book/{property}")).StatusCode.ShouldBe(HttpStatusCode.NotFound, property);
            (await client.PostAsync($"/book/{property}", new FormUrlEncodedContent([]))).StatusCode.ShouldBe(
                HttpStatusCode.NotFound,
                property
            );
        }

        var form = await Fill(app, client, house.Lisbon);
        for (var i = 0; i < 2; i++)
        {
            (await client.PostAsync($"/book/{house.Lisbon}", new FormUrlEncodedContent(form))).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        using var often = await client.PostAsync($"/book/{house.Lisbon}", new FormUrlEncodedContent(form));
        often.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        often.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBe(30);
    }

    private static Task<TestApp> Start(string engine, params (string, string)[] settings) =>
        TestApp.StartNew(
            engine,
            new TestClock(new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero)),
            [("Limits:FormBookingsPerNetwork", "1000"), .. settings]
        );

    /// <summary>Opens the form, and fills it in as a guest would.</summary>
    private static async Task<Dictionary<string, string>> Fill(TestApp app, HttpClient client, Guid property, int wait = 20)
    {
        var html = await client.GetStringAsync($"/book/{property}");
        app.Clock.Advance(TimeSpan.FromSeconds(wait));
        return new(StringComparer.Ordinal)
        {
            ["token"] = Token().Match(html).Groups[1].Value,
            ["name"] = "Inês Tavares",
            ["email"] = "ines@guests.example",
            ["phone"] = "912 345 678",
            ["arrival"] = "2026-07-01",
            ["departure"] = "2026-07-04",
            ["adults"] = "2",
            ["children"] = "",
            ["room"] = "Sea view",
            ["price"] = "120.50",
            ["notes"] = "Late train",
            ["website"] = "",
        };
    }

    [GeneratedRegex("name=\"token\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("W-[A-Z0-9]{8}")]
    private static partial Regex Reference();
}
