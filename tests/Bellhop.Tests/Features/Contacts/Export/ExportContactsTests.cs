using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Bellhop.Features.Notes;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using static Bellhop.Tests.Features.Contacts.Export.ExportGuests;

namespace Bellhop.Tests.Features.Contacts.Export;

public class ExportContactsTests
{
    private const string Headings =
        "name,phone,email,tags,property,source,customer since,bookings,total spent,currency,last booking,rating,whatsapp "
        + "consent,email consent,country,language,birthday,loyalty tier,loyalty points";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task The_file_says_of_each_guest_what_the_list_says_in_its_order(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var ana = await Book(app, house, house.Lisbon, "Ana, \"A\" Silva", "+351912345678", "ana@example.org", 120.5m);
        await Book(app, house, house.Berlin, "Zoë", null, null, 80);
        await using (var db = app.Open())
        {
            var who = TestApp.Everything(house);
            foreach (var tag in new[] { "VIP", "late, arrival", "Ärger" })
            {
                await TagContact.Run(ana, tag, who, db, default);
            }

            await AddNote.Run(ana, new("=Never in it"), who, db, default);
            await db.Save(() =>
            {
                db.AddRange(Consent(ConsentChannel.WhatsApp, true), Consent(ConsentChannel.Email, false));
                return Task.CompletedTask;
            });

            Consent Consent(ConsentChannel channel, bool granted) =>
                new()
                {
                    OrganizationId = house.OrganizationId,
                    ContactId = ana,
                    Channel = channel,
                    Granted = granted,
                    At = db.Now,
                    Source = Source.Website,
                };
        }

        var client = app.As(house.Owner);
        using var answer = await client.GetAsync("/api/v1/contacts/export?sort=name");
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        answer.Content.Headers.ContentDisposition!.FileNameStar.ShouldBeNull();
        answer.Content.Headers.ContentDisposition.FileName!.ShouldContain("contacts-");
        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldStartWith(Headings + "\r\n");
        text.ShouldNotContain("Never");
        var rows = Csv.Parse(text);
        rows.Count.ShouldBe(3);
        var month = (await client.GetFromJson($"/api/v1/contacts/{ana}"))["customerSince"]!.GetValue<string>();
        rows[1]
            .ShouldBe([
                "Ana, \"A\" Silva",
                "'+351912345678",
                "ana@example.org",
                "Ärger, \"late, arrival\", VIP",
                "Lisbon",
                "Website",
                month,
                "1",
                "120.50",
                "EUR",
                "2026-03-01",
                "",
                "yes",
                "no",
                "PT",
                "",
                "",
                "",
                "",
            ]);
        (rows[2][0], rows[2][1], rows[2][4], rows[2][12]).ShouldBe(("Zoë", "", "Berlin", ""));
        (await app.Events("contacts.exported")).ShouldBe(1);
        await using var log = app.Open();
        var happened = await log.Events.SingleAsync(e => e.Action == "contacts.exported");
        (happened.Fields, happened.EntityKind).ShouldBe(("rows=2", "export"));

        Csv.Parse(await client.GetStringAsync("/api/v1/contacts/export?columns=rating,name&columns=email&sort=-name"))[0]
            .ShouldBe(["name", "email", "rating"]);
        (await client.GetByteArrayAsync("/api/v1/contacts/export?bom=true"))
            .AsSpan(0, 3)
            .SequenceEqual(Encoding.UTF8.Preamble)
            .ShouldBeTrue();
        Csv.Parse(await client.GetStringAsync($"/api/v1/contacts/export?notes=true&columns=name&id={ana}"))
            .ShouldBe([
                ["name", "notes"],
                ["Ana, \"A\" Silva", "'=Never in it"],
            ]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Every_filter_and_order_gives_whom_the_list_gives(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        for (var i = 0; i < 12; i++)
        {
            var id = await Book(
                app,
                house,
                i % 3 == 0 ? house.Berlin : house.Lisbon,
                i == 5 ? null : $"Guest {i % 4}{i}",
                i % 2 == 0 ? $"+3519123400{i:00}" : null,
                $"g{i}@example.org",
                10 * i,
                i % 5 == 0 ? "Cancelled" : "Confirmed"
            );
            if (i % 4 == 0)
            {
                await using var db = app.Open();
                await TagContact.Run(id, "VIP", TestApp.Everything(house), db, default);
            }
        }

        var client = app.As(house.Owner);
        var limited = app.As(await app.MakeKey(house.OrganizationId, PermissionSet.Everything, house.Lisbon));
        string[] filters =
        [
            "",
            $"propertyId={house.Berlin}",
            $"propertyId={house.Berlin}&propertyId={house.Lisbon}",
            "tag=VIP",
            "tag=none",
            "q=guest",
            "q=gu",
            "q=Guest%2033",
            "minBookings=1",
            "minSpent=50&maxSpent=90",
            "active=false",
            "lastStayFrom=2026-01-01",
            "source=Website",
        ];
        foreach (var filter in filters)
        {
            foreach (
                var sort in new[]
                {
                    "-created",
                    "created",
                    "name",
                    "-name",
                    "source",
                    "bookings",
                    "-totalSpent",
                    "customerSince",
                    "-lastBooking",
                    "lastBooking",
                    "rating",
                }
            )
            {
                var list = (await client.GetFromJson($"/api/v1/contacts?limit=100&sort={sort}&{filter}"))["items"]!
                    .AsArray()
                    .Select(c => c!["email"]!.GetValue<string>());
                Csv.Parse(await client.GetStringAsync($"/api/v1/contacts/export?columns=email&sort={sort}&{filter}"))
                    .Skip(1)
                    .Select(r => r[0])
                    .ShouldBe(list, $"{filter} {sort}");
            }
        }

        // To one limited to a property nobody else is there, and nothing of elsewhere is said.
        var seen = Csv.Parse(await limited.GetStringAsync("/api/v1/contacts/export")).Skip(1).ToList();
        (seen.Count, seen.Select(r => r[4]).Distinct().Single()).ShouldBe((8, "Lisbon"));
        (await limited.GetAsync($"/api/v1/contacts/export?propertyId={house.Berlin}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_cannot_be_asked_is_refused_and_nothing_is_written_down(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        await Book(app, house, house.Lisbon, "Ana", null, "ana@example.org", 10);
        var client = app.As(house.Owner);
        foreach (
            var (query, field) in new[]
            {
                ("columns=name,secret", "columns"),
                ("columns=notes", "columns"),
                ("sort=name;DROP", "sort"),
                ("limit=5", "limit"),
                ("cursor=x", "cursor"),
                ("minSpent=1.234", "minSpent"),
                ("id=1", "id"),
                ("bom=yes", "bom"),
                ("tag=", "tag"),
            }
        )
        {
            (await (await client.GetAsync("/api/v1/contacts/export?" + query)).Json(400)).Fields().ShouldBe([field], query);
        }

        var rightless = app.As(await app.MakeKey(house.OrganizationId, new([Permission.ContactsEdit, Permission.ContactsDelete])));
        (await rightless.GetAsync("/api/v1/contacts/export")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await rightless.Post("/api/v1/contacts/exports", new JsonObject())).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await app.Events("contacts.exported")).ShouldBe(0);

        // Text that would be SQL is looked for as it is.
        Csv.Parse(await client.GetStringAsync("/api/v1/contacts/export?columns=name&tag=" + Uri.EscapeDataString("x') OR 1=1 --")))
            .Count.ShouldBe(1);
        Csv.Parse(await client.GetStringAsync("/api/v1/contacts/export?columns=name&q=" + Uri.EscapeDataString("%' OR ''='")))
            .Count.ShouldBe(1);
    }
}
