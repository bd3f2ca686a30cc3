using Bellhop.Features.Contacts;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Bellhop.Tests.Ui;
using Bunit;

namespace Bellhop.Tests.Features.Contacts;

public class FilterChipsTests
{
    private static readonly SeeOrganization.Place[] Places =
    [
        new(Guid.CreateVersion7(), "Harbour", "Europe/Lisbon", "EUR"),
        new(Guid.CreateVersion7(), "Old Town", "Europe/Berlin", "EUR"),
    ];

    private static readonly (ContactFilter Filter, string Chip)[] Each =
    [
        (new(Q: "ana"), "Search: ana"),
        (new(Sources: [Source.BookingCom, Source.WalkIn]), "Source: Booking.com, Walk-in"),
        (new(PropertyIds: [.. Places.Select(p => p.Id)]), "Known to: Harbour, Old Town"),
        (new(Active: true), "Guests: active"),
        (new(Active: false), "Guests: not active"),
        (new(InHouse: true), "In house: yes"),
        (new(InHouse: false), "In house: no"),
        (new(MinBookings: 2, MaxBookings: 1_000), "Bookings: 2 to 1,000"),
        (new(MinBookings: 2), "Bookings: 2 or more"),
        (new(MaxBookings: 0), "Bookings: up to 0"),
        (new(MinSpent: 12.5m), "Total spent: €12.50 or more"),
        (new(MaxSpent: 1_000), "Total spent: up to €1,000.00"),
        (new(MinRating: 4), "Rating: 4 stars or more"),
        (new(MinRating: 5), "Rating: 5 stars"),
        (new(CreatedFrom: new(2026, 11, 1)), "Joined: from 1 Nov 2026"),
        (new(CreatedTo: new(2026, 11, 30)), "Joined: until 30 Nov 2026"),
        (new(LastStayFrom: new(2026, 1, 1), LastStayTo: new(2026, 1, 31)), "Last stay: 1 Jan 2026 to 31 Jan 2026"),
        (new(HasPhone: true), "Phone: on file"),
        (new(HasEmail: false), "Email: none yet"),
        (new(Tags: ["VIP", "Chess"]), "Tags: VIP, Chess"),
        (new(AllTags: ["VIP"]), "All of these: VIP"),
        (new(NoTags: ["VIP"]), "Without these tags: VIP"),
        (new(SegmentId: Places[0].Id), "Segment: Regulars"),
        (new(HasConsent: ConsentFilter.WhatsApp), "Consent to marketing: WhatsApp"),
        (new(CreatedWithinDays: 30), "Joined: in the last 30 days"),
        (new(LastStayWithinDays: 1), "Last stay: yesterday or today"),
        (new(LastStayBeforeDays: 180), "Last stay: more than 180 days ago"),
    ];

    public static TheoryData<int> Indexes => [.. Enumerable.Range(0, Each.Length)];

    [Theory, MemberData(nameof(Indexes))]
    public async Task Each_condition_is_a_chip_that_says_it_and_takes_it_away(int index)
    {
        await using var stage = new Stage();
        var (filter, text) = Each[index];

        var chips = Chips(stage, filter);

        var chip = chips.FindAll(".chip").ShouldHaveSingleItem();
        chip.TextContent.ShouldBe(text);
        chip.QuerySelector("b")!.GetAttribute("dir").ShouldBe("auto");
        chip.QuerySelector("a")!.GetAttribute("href").ShouldBe("/contacts");
        chip.QuerySelector("a")!.GetAttribute("aria-label").ShouldBe("Remove filter " + text[..text.IndexOf(':')]);
        FilterChips.Count(filter).ShouldBe(1);
    }

    [Fact]
    public void Every_condition_there_is_has_a_chip()
    {
        // A condition that is new stands in no sample above, and fails here until it has one.
        var shown = Each.SelectMany(e => typeof(ContactFilter).GetProperties().Where(p => p.CanWrite && p.GetValue(e.Filter) is not null))
            .Select(p => p.Name);

        typeof(ContactFilter).GetConstructors()[0].GetParameters().Select(p => p.Name!).Except(shown).ShouldBeEmpty();
    }

    [Fact]
    public async Task To_take_one_away_leaves_the_others_the_order_and_no_panel_open()
    {
        await using var stage = new Stage();

        var chips = Chips(
            stage,
            new(Q: "ana", Active: true, PropertyIds: [Places[0].Id]),
            matches: 1_234,
            sort: NameField.Column.By,
            panel: ContactsAddress.Filters
        );

        chips
            .FindAll(".chip a")
            .Select(a => a.GetAttribute("href"))
            .ShouldBe([
                $"/contacts?propertyId={Places[0].Id}&active=true&sort=name",
                $"/contacts?q=ana&propertyId={Places[0].Id}&sort=name",
            ]);
        // The property is chosen on top.
        chips.Find("a.text").GetAttribute("href").ShouldBe($"/contacts?propertyId={Places[0].Id}&sort=name");
        chips.Find("[role=status]").TextContent.ShouldBe("1,234 match");
    }

    [Fact]
    public async Task One_match_is_one_and_without_conditions_nothing_is_drawn()
    {
        await using var stage = new Stage();

        Chips(stage, new(Q: "ana"), matches: 1).Find("[role=status]").TextContent.ShouldBe("1 match");
        Chips(stage, new(PropertyIds: [Places[0].Id])).Markup.Trim().ShouldBe("");
        FilterChips.Count(new(PropertyIds: [Places[0].Id])).ShouldBe(0);
    }

    private static IRenderedComponent<FilterChips> Chips(
        Stage stage,
        ContactFilter filter,
        int matches = 0,
        ContactSort sort = default,
        string? panel = null
    ) =>
        stage.Render<FilterChips>(p =>
            p.Add(c => c.Address, new(filter, sort, sort == ContactSort.Created, panel))
                .Add(c => c.Matches, matches)
                .Add(c => c.Currency, "EUR")
                .Add(c => c.Places, Places)
                .Add(c => c.Segment, "Regulars")
        );
}
