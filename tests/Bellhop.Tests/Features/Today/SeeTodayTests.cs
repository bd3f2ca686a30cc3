using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Notes;
using Bellhop.Features.Properties;
using Bellhop.Features.Reviews;
using Bellhop.Features.Tags;
using Bellhop.Features.Today;
using Bellhop.Platform;
using Microsoft.AspNetCore.DataProtection;

namespace Bellhop.Tests.Features.Today;

public class SeeTodayTests
{
    private readonly EphemeralDataProtectionProvider _keys = new();

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Each_list_has_its_bookings_each_property_on_its_own_day(string engine)
    {
        await using var house = await TestHouse.Make(engine); // it is the 15th in Lisbon, and the 16th in Auckland
        await Fill(house);

        var today = await See(house, TodayQuery.All);

        Names(today.Arrivals!).ShouldBe(["arrived", "Zoe arrives"]);
        Names(today.Departures!).ShouldBe(["left", "still to leave"]);
        Names(today.InHouse!).ShouldBe(["arrived", "early bird", "overstays", "stays on", "still to leave", "Zoe arrives"]);
        Names(today.Requests!).ShouldBe(["asked long ago", "asked the agent"]);
        today.Date.ShouldBe(new(2026, 6, 15));
        today
            .Properties.Select(p => (p.Property.Name, p.Day.Day, p.Arrivals, p.Departures, p.InHouse, p.Requests))
            .ShouldBe([("Auckland", 16, 1, 0, 1, 0), ("Lisbon", 15, 1, 2, 5, 2)]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Another_day_is_the_same_day_everywhere_and_has_only_the_stays_of_its_night(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await Fill(house);

        var tomorrow = await See(house, TodayQuery.All with { Date = house.Day(1) });

        tomorrow.Date.ShouldBe(house.Day(1));
        tomorrow.Properties.ShouldAllBe(p => p.Day == house.Day(1));
        Names(tomorrow.Arrivals!).ShouldBe(["arrived", "comes tomorrow"]);
        Names(tomorrow.Departures!).ShouldBeEmpty();
        Names(tomorrow.InHouse!).ShouldBe(["arrived", "comes tomorrow", "early bird", "stays on", "Zoe arrives"]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_limited_actor_sees_only_the_own_property_and_an_unknown_property_is_not_there(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await Fill(house);

        var today = await See(house, TodayQuery.All, house.At(house.Auckland));

        Names(today.Arrivals!).ShouldBe(["arrived"]);
        today.Requests!.Items.ShouldBeEmpty();
        today.Properties.ShouldHaveSingleItem().Property.Id.ShouldBe(house.Auckland);
        var refusal = await Should.ThrowAsync<Refusal>(() =>
            See(house, TodayQuery.All with { PropertyIds = [house.Lisbon] }, house.At(house.Auckland))
        );
        refusal.Status.ShouldBe(404);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_list_is_paged_by_name_without_a_repeat_or_a_gap_and_its_cursor_fits_no_other_list(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        string?[] names = ["Ana", "Ana", "Bea", "Élodie", "Fritz", "Émile", "Zoe", null];
        for (var i = 0; i < names.Length; i++)
        {
            await house.Book($"{i}", phone: $"+35191234567{i}", arrival: house.Day(0), name: names[i]);
        }

        var seen = new List<TodayItem>();
        var query = TodayQuery.All with { List = TodayList.Arrivals, Page = new(3) };
        for (var pages = 0; pages < 4; pages++)
        {
            var page = await See(house, query);
            page.Departures.ShouldBeNull();
            seen.AddRange(page.Arrivals!.Items);
            if (page.Arrivals.NextCursor is null)
            {
                break;
            }

            query = query with { Page = new(3, page.Arrivals.NextCursor) };
        }

        seen.Select(i => i.Guest?.Name).ShouldBe(["Ana", "Ana", "Bea", "Élodie", "Émile", "Fritz", "Zoe", null]);
        seen.DistinctBy(i => i.Id).Count().ShouldBe(names.Length);
        (await Should.ThrowAsync<Refusal>(() => See(house, query with { List = TodayList.InHouse }))).Status.ShouldBe(400);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_row_says_which_stay_it_is_there_and_what_must_not_be_missed(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await house.Book("elsewhere", "Completed", arrival: house.Day(-300), inLisbon: false);
        await house.Book("cancelled", "Cancelled", arrival: house.Day(-200));
        await house.Book("noShow", "NoShow", arrival: house.Day(-150));
        var first = await house.Book("first", "Completed", arrival: house.Day(-100));
        await house.Book("again", "Confirmed", arrival: house.Day(0));
        await house.Book("later", "Confirmed", arrival: house.Day(9));
        var guest = first.ContactId!.Value;
        await using (var db = house.Open())
        {
            await AddNote.Run(guest, new("Likes a window"), house.Owner, db, default);
            await AddNote.Run(guest, new("Pays by invoice", Pinned: true), house.Owner, db, default);
            await AddNote.Run(guest, new("Nuts", "allergy"), house.Owner, db, default);
            await TagContact.Run(guest, "VIP", house.Owner, db, default);
            await TagContact.Run(guest, "Vipava", house.Owner, db, default);
            await AddReview.Run(new(5, first.Id, At: house.Clock.GetUtcNow().AddDays(-90)), house.Owner, db, default);
            await AddReview.Run(new(2, first.Id, Comment: "Cold"), house.Owner, db, default);
        }

        var row = (await See(house, TodayQuery.All)).Arrivals!.Items.ShouldHaveSingleItem();
        row.StayNumber.ShouldBe(2);
        row.Flags.Select(f => (f.Kind, f.Text))
            .ShouldBe([
                ("allergy", "Nuts"),
                ("pinned", "Pays by invoice"),
                ("tag", "VIP"),
                ("noShow", $"{house.Day(-150):yyyy-MM-dd}"),
                ("poorReview", "2: Cold"),
            ]);

        var blind = house.Owner with { Permissions = new([Permission.BookingsView]) };
        var hidden = (await See(house, TodayQuery.All, blind)).Arrivals!.Items.ShouldHaveSingleItem();
        (hidden.Guest, hidden.StayNumber, hidden.Flags.Count).ShouldBe((null, null, 0));

        var elsewhere = (
            await See(house, TodayQuery.All with { Date = house.Day(-99), PropertyIds = [house.Lisbon] }, house.At(house.Lisbon))
        );
        elsewhere.InHouse!.Items.ShouldBeEmpty(); // a completed stay is not in house, not even looking back
    }

    private static async Task Fill(TestHouse house)
    {
        await house.Book("1", "Confirmed", "+351912345670", arrival: house.Day(0), name: "Zoe arrives");
        await house.Book("2", "InHouse", "+351912345671", arrival: house.Day(1), name: "arrived", inLisbon: false);
        await house.Book("3", "InHouse", "+351912345672", arrival: house.Day(-3), name: "still to leave");
        await house.Book("4", "Completed", "+351912345673", arrival: house.Day(-3), name: "left");
        await house.Book("5", "Confirmed", "+351912345674", arrival: house.Day(-3), name: "never checked in");
        await house.Book("6", "Confirmed", "+351912345675", arrival: house.Day(-1), name: "stays on");
        await house.Book("7", "InHouse", "+351912345676", arrival: house.Day(-9), name: "overstays");
        await house.Book("8", "InHouse", "+351912345677", arrival: house.Day(-30), nights: 60, name: "early bird");
        await house.Book("9", "Pending", "+351912345678", arrival: house.Day(20), name: "asked long ago");
        await house.Book("10", "Pending", "+351912345679", arrival: house.Day(0), source: "AiAgent", name: "asked the agent");
        await house.Book("11", "Pending", "+351912345680", arrival: house.Day(0), source: "BookingCom", name: "a channel's");
        await house.Book("12", "Confirmed", "+351912345681", arrival: house.Day(1), name: "comes tomorrow");
        await house.Book("13", "Cancelled", "+351912345682", arrival: house.Day(0), name: "cancelled");
    }

    private async Task<SeeToday.Result> See(TestHouse house, TodayQuery query, Actor? who = null)
    {
        await using var db = house.Open();
        return await SeeToday.Run(query, who ?? house.Owner, db, new Cursors(_keys, house.Clock), default);
    }

    private static IEnumerable<string?> Names(Page<TodayItem> list) => list.Items.Select(i => i.Guest?.Name);
}
