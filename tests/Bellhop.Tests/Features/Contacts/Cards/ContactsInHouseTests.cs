using Bellhop.Data;
using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Features.Doctor;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.AspNetCore.DataProtection;

namespace Bellhop.Tests.Features.Contacts;

public class ContactsInHouseTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task In_house_is_the_status_or_a_confirmed_stay_of_this_night_and_never_a_completed_one(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await Fill(house);

        await using var db = house.Open();
        var all = await Glance(house.Owner, db);
        (all.Extras.InHouse, all.Extras.Upcoming, all.Cards.ActiveGuests).ShouldBe((6, 2, 8));
        var lisbon = await Glance(house.At(house.Lisbon), db);
        (lisbon.Extras.InHouse, lisbon.Extras.Upcoming, lisbon.Cards.ActiveGuests).ShouldBe((5, 2, 7));
        (await house.Check(new())).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Each_figure_of_the_card_opens_the_list_that_it_counts_as_a_filter_and_as_a_segment(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await Fill(house);

        await using var db = house.Open();
        string[] here = ["at the other house", "came early", "here by date", "here for weeks", "never checked out", "overstays"];
        string[] comes = ["leaves without check-in", "to come"];
        (await Names(new(InHouse: true))).ShouldBe(here);
        (await Names(new(Active: true, InHouse: false))).ShouldBe(comes);
        (await Names(new(Active: true))).ShouldBe([.. here.Concat(comes).Order(StringComparer.Ordinal)]);
        (await Names(new(Active: false, InHouse: true))).ShouldBeEmpty();
        (await Names(new(InHouse: true, PropertyIds: [house.Auckland]))).ShouldBe(["at the other house"]);
        (await Names(new(InHouse: true, PropertyIds: [house.Auckland, house.Lisbon]))).ShouldBe(here);
        var any = new RuleGroup(false, [new RuleLeaf(new(InHouse: true)), new RuleLeaf(new(Q: "to come"))]);
        (await Names(new() { Rules = any })).ShouldBe([.. here, "to come"]);
        (await Names(new() { Rules = new RuleLeaf(new(InHouse: true)) })).ShouldBe(here);

        async Task<List<string?>> Names(ContactFilter filter)
        {
            var cursors = new Cursors(new EphemeralDataProtectionProvider(), house.Clock);
            var page = await ListContacts.Run(new(filter, NameField.Column.By, false), house.Owner, db, cursors, default);
            var seen = await SeeOrganization.Run(house.Owner, db, default);
            (await SummarizeContacts.Matches(filter, seen, house.Owner, db, default)).ShouldBe(page.Items.Count);
            return [.. page.Items.Select(c => c.Name).Order(StringComparer.Ordinal)];
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_confirmed_stay_ends_to_be_in_house_at_midnight_and_to_be_active_a_day_later(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await house.Book("leaves tomorrow", "Confirmed", "+351912345671", arrival: house.Day(-2));

        await using var db = house.Open();
        (await Figures()).ShouldBe((1, 0));
        house.Clock.Advance(TimeSpan.FromHours(12)); // it is past midnight in Lisbon, in the summer
        (await Figures()).ShouldBe((0, 1));
        house.Clock.Advance(TimeSpan.FromDays(1));
        (await Figures()).ShouldBe((0, 0));

        async Task<(int, int)> Figures()
        {
            var extras = (await Glance(house.Owner, db)).Extras;
            return (extras.InHouse, extras.Upcoming);
        }
    }

    private static async Task Fill(TestHouse house)
    {
        await house.Book("1", "Confirmed", "+351912345671", arrival: house.Day(-1), name: "here by date");
        await house.Book("2", "InHouse", "+351912345672", arrival: house.Day(-10), name: "overstays");
        await house.Book("3", "InHouse", "+351912345673", arrival: house.Day(-400), name: "never checked out");
        await house.Book("4", "InHouse", "+351912345674", arrival: house.Day(2), name: "came early");
        await house.Book("5", "Completed", "+351912345675", arrival: house.Day(-1), name: "checked out early");
        await house.Book("6", "Completed", "+351912345665", arrival: house.Day(1), name: "completed early");
        await house.Book("7", "Confirmed", "+351912345676", arrival: house.Day(1), name: "to come");
        await house.Book("8", "Confirmed", "+351912345666", arrival: house.Day(-3), name: "leaves without check-in");
        await house.Book("9", "Confirmed", "+351912345667", arrival: house.Day(-4), name: "never came");
        await house.Book("10", "Pending", "+351912345677", arrival: house.Day(-1), name: "not certain");
        await house.Book("11", "InHouse", "+351912345678", arrival: house.Day(-50), inLisbon: false, name: "at the other house");
        await house.Book("12", "Confirmed", "+351912345679", arrival: house.Day(-60), name: "here for weeks", nights: 90);
    }

    private static async Task<(ContactSummary Cards, ContactExtras Extras)> Glance(Actor who, BellhopDb db) =>
        await SummarizeContacts.Glance(ContactFilter.None, await SeeOrganization.Run(who, db, default), who, db, default);
}
