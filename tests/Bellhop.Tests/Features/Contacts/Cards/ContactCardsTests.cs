using AngleSharp.Dom;
using Bellhop.Features.Contacts;
using Bellhop.Tests.Ui;
using Bunit;

namespace Bellhop.Tests.Features.Contacts;

public class ContactCardsTests
{
    [Fact]
    public async Task Each_card_counts_and_opens_the_list_it_counts()
    {
        await using var stage = new Stage();

        var cards = Cards(stage, new(new(Q: "ana", Active: false), NameField.Column.By, false), newBefore: 8);

        cards
            .FindAll(".card")
            .Select(c => (c.QuerySelector("span")!.TextContent, c.QuerySelector("strong")!.TextContent, Links(c).First()))
            .ShouldBe([
                ("Total Contacts", "1,812", "/contacts"),
                ("Active Guests", "61", "/contacts?active=true"),
                ("New This Month", "12", "/contacts?createdFrom=2026-11-01"),
                ("Avg. Lifetime Value", "€186.40", "/contacts?minBookings=1"),
            ]);
        cards
            .FindAll("em")
            .Select(e => e.TextContent.Trim())
            .ShouldBe(["everyone in your database", "5 in house · 9 upcoming", "▲ 50% on October", "per guest with a booking"]);
        Links(cards.FindAll(".card")[1])
            .ShouldBe(["/contacts?active=true", "/contacts?inHouse=true", "/contacts?active=true&inHouse=false"]);
        cards.FindAll(".card")[3].GetAttribute("title").ShouldBe("€186.40 per guest with at least one booking; €90.01 over all contacts");
    }

    [Fact]
    public async Task At_one_property_every_card_stays_there()
    {
        await using var stage = new Stage();
        var here = Guid.CreateVersion7();

        var cards = Cards(stage, new(new(PropertyIds: [here])), newBefore: 8);

        cards.FindAll(".card").SelectMany(Links).ShouldAllBe(href => href.Contains($"propertyId={here}"));
        cards.Find("em").TextContent.ShouldBe("everyone known here");
    }

    [Theory]
    [InlineData(0, "none in October", "")]
    [InlineData(12, "as many as in October", "")]
    [InlineData(8, "▲ 50% on October", "up")]
    [InlineData(16, "▼ 25% on October", "")]
    public async Task This_month_is_compared_with_the_last(int before, string said, string look)
    {
        await using var stage = new Stage();

        var change = Cards(stage, new(new()), before).FindAll("em")[2];

        change.TextContent.ShouldBe(said);
        change.ClassName.ShouldBe(look);
    }

    private static IEnumerable<string> Links(IElement card) =>
        card.QuerySelectorAll("a").Prepend(card).Select(a => a.GetAttribute("href")).OfType<string>();

    private static IRenderedComponent<ContactCards> Cards(Stage stage, ContactsAddress address, int newBefore) =>
        stage.Render<ContactCards>(p =>
            p.Add(c => c.Address, address)
                .Add(c => c.Summary, new(1_812, 61, 12, new(18_640, "EUR"), new(9_001, "EUR")))
                .Add(c => c.Extras, new(5, 9, newBefore))
                .Add(c => c.Month, new DateOnly(2026, 11, 1))
        );
}
