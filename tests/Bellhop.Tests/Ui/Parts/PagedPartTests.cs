using Bellhop.Features.Bookings;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Bellhop.Ui;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Tests.Ui;

public class PagedPartTests
{
    private static readonly DateOnly First = new(2026, 1, 1);

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_list_is_read_a_page_at_a_time_and_the_button_goes_with_the_last(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var guest = await Stays(app, house, 12);
        await using var stage = await new Stage().Enter(app, house.OrganizationId, Roles.Viewer);
        IReadOnlyList<BookingRow> first = [];

        var part = Part(stage, app, () => guest, rows => first = rows);

        await part.WaitForAssertionAsync(() => part.FindAll("ul.history li").Count.ShouldBe(10));
        part.Find("section").GetAttribute("aria-labelledby").ShouldBe(part.Find("h3").Id);
        part.Find("section").GetAttribute("aria-busy").ShouldBe("false");
        first.Count.ShouldBe(10);
        await part.Find("button.more-of").ClickAsync();

        part.FindAll("li")
            .Select(li => li.TextContent)
            .ShouldBe(Enumerable.Range(0, 12).Reverse().Select(i => Show.Day(First.AddDays(3 * i))));
        part.FindAll("button").ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_there_is_nothing_it_says_so()
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();
        await using var db = app.Open();
        var guest = (
            await Bellhop.Features.Contacts.AddContact.Run(new("+351912345678", house.Lisbon), TestApp.Everything(house), db, default)
        )
            .Value
            .Id;
        await using var stage = await new Stage().Enter(app, house.OrganizationId, Roles.Viewer);

        var part = Part(stage, app, () => guest);

        await part.WaitForAssertionAsync(() => part.Find("p.mute").TextContent.ShouldBe("No bookings yet."));
        part.FindAll("ul, button").ShouldBeEmpty();
    }

    [Fact]
    public async Task It_fails_alone_says_what_is_wrong_leaves_an_audit_row_and_is_tried_again()
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();
        var (known, asked) = (await Stays(app, house, 1), Guid.CreateVersion7());
        await using var stage = await new Stage().Enter(app, house.OrganizationId, Roles.Viewer);

        var part = Part(stage, app, () => asked);

        await part.WaitForAssertionAsync(() => part.Find("[role=alert]").TextContent.ShouldContain("Not found"));
        part.FindAll("li").ShouldBeEmpty();
        (await app.Events("access.refused")).ShouldBe(1);
        asked = known;
        await part.Find("button").ClickAsync();
        part.FindAll("li").Count.ShouldBe(1);
        part.FindAll("[role=alert]").ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_may_not_see_guests_sees_no_row()
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();
        var guest = await Stays(app, house, 1);
        await using var stage = await new Stage().Enter(app, house.OrganizationId, "Housekeeping");

        var part = Part(stage, app, () => guest);

        await part.WaitForAssertionAsync(() => part.Find("[role=alert]").TextContent.ShouldContain("You cannot see this"));
        part.FindAll("li").ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_a_guest_of_several_places_one_sees_what_happened_at_ones_own()
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();
        var guest = await Stays(app, house, 3);
        await using var db = app.Open();
        await ReceiveBooking.Run(
            new(house.Berlin, "Website", "Completed", "2026-06-01", "2026-06-02", new(100, "EUR"), new("Ana", "+351912345678")),
            TestApp.Everything(house),
            db,
            default
        );
        await using var stage = await new Stage().Enter(app, house.OrganizationId, Roles.Viewer, house.Berlin);

        var part = Part(stage, app, () => guest);

        await part.WaitForAssertionAsync(() => part.FindAll("li").Select(li => li.TextContent).ShouldBe([Show.Day(new(2026, 6, 1))]));
    }

    private static IRenderedComponent<PagedPart<BookingRow>> Part(
        Stage stage,
        TestApp app,
        Func<Guid> guest,
        Action<IReadOnlyList<BookingRow>>? first = null
    ) =>
        stage.Render<PagedPart<BookingRow>>(p =>
            p.Add(x => x.Name, "history")
                .Add(x => x.Title, "Bookings")
                .Add(x => x.Empty, "No bookings yet.")
                .Add(x => x.Key, row => row.Id)
                .Add(x => x.Row, row => Show.Day(row.Arrival))
                .Add(
                    x => x.Fetch,
                    (db, cursor, who, cancel) =>
                        ListContactBookings.Run(guest(), new(10, cursor), who, db, app.Services.GetRequiredService<Cursors>(), cancel)
                )
                .Add(x => x.OnFirst, rows => first?.Invoke(rows))
        );

    /// <summary>A guest with so many stays in Lisbon, three days apart.</summary>
    private static async Task<Guid> Stays(TestApp app, House house, int many)
    {
        await using var db = app.Open();
        BookingRow? last = null;
        for (var i = 0; i < many; i++)
        {
            var arrival = First.AddDays(3 * i);
            last = (
                await ReceiveBooking.Run(
                    new(
                        house.Lisbon,
                        "Website",
                        "Completed",
                        $"{arrival:yyyy-MM-dd}",
                        $"{arrival.AddDays(2):yyyy-MM-dd}",
                        new(100, "EUR"),
                        new("Ana", "+351912345678"),
                        $"b{i}"
                    ),
                    TestApp.Everything(house),
                    db,
                    default
                )
            ).Value;
        }

        return last!.ContactId!.Value;
    }
}
