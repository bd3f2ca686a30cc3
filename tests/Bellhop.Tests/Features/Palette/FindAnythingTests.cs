using System.Reflection;
using Bellhop.Features.Bookings;
using Bellhop.Features.Palette;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.AspNetCore.Components;

namespace Bellhop.Tests.Features.Palette;

public class FindAnythingTests
{
    private static readonly Cursors Cursors = new(
        new Microsoft.AspNetCore.DataProtection.EphemeralDataProtectionProvider(),
        TimeProvider.System
    );

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Guests_and_bookings_are_found_of_what_one_may_see_and_no_more(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        for (var i = 0; i < 11; i++)
        {
            await Book(house, house.Lisbon, $"Zoë Muñoz {i}", $"+3519123456{i:00}", $"LIS-{i:000}");
        }

        await Book(house, house.Auckland, "Zoe of Auckland", "+64211234567", "AKL-001");

        var all = await Find(house, house.Owner, "zoe muñ");
        all.Guests.Count.ShouldBe(FindAnything.MostGuests);
        all.Guests.ShouldAllBe(g => g.Name!.StartsWith("Zoë Muñoz"));
        (await Find(house, house.Owner, "zoe of")).Guests.Select(g => g.Name).ShouldBe(["Zoe of Auckland"]);
        (await Find(house, house.Owner, "+64 21 123")).Guests.Select(g => g.Name).ShouldBe(["Zoe of Auckland"]);
        (await Find(house, house.Owner, "lis-007")).Bookings.Select(b => b.Reference).ShouldBe(["LIS-007"]);
        (await Find(house, house.Owner, "zoe muñ")).Bookings.ShouldBeEmpty();

        var limited = house.At(house.Lisbon);
        (await Find(house, limited, "auckland")).Guests.ShouldBeEmpty();
        (await Find(house, limited, "AKL-001")).Bookings.ShouldBeEmpty();
        (await Find(house, limited, "LIS-001")).Bookings.Count.ShouldBe(1);
        var reader = house.Owner with { Permissions = new([Permission.BookingsView]) };
        (await Find(house, reader, "zoe")).Guests.ShouldBeEmpty();
        (await Find(house, reader, "LIS-001")).Bookings.Count.ShouldBe(1);
        var rightless = house.Owner with { Permissions = PermissionSet.None };
        (await Find(house, rightless, "LIS-001")).ShouldSatisfyAllConditions(
            r => r.Guests.ShouldBeEmpty(),
            r => r.Bookings.ShouldBeEmpty()
        );
        foreach (var nothing in new[] { null, "", "  ", "\u0000", new string('a', 5000) })
        {
            (await Find(house, house.Owner, nothing)).ShouldBe(FindAnything.Row.None);
        }

        (await Should.ThrowAsync<Refusal>(() => Find(house, Actor.Nobody, "zoe"))).Status.ShouldBe(401);
    }

    [Fact]
    public void Every_page_with_an_address_of_its_own_stands_in_the_list_under_a_name()
    {
        string[] elsewhere = ["/setup", "/sign-in", "/sign-in/code", "/recover", "/not-found"];
        var pages = typeof(PaletteEntry)
            .Assembly.GetTypes()
            .SelectMany(t => t.GetCustomAttributes<RouteAttribute>())
            .Select(r => r.Template)
            .Where(t => !t.Contains('{'))
            .Except(elsewhere);
        PaletteEntry.Pages.Concat(PaletteEntry.Navigated).Select(p => p.Address).ShouldBe(pages, ignoreOrder: true);
        var texts = new System.Resources.ResourceManager(typeof(PaletteTexts));
        PaletteEntry
            .Pages.Concat(PaletteEntry.Commands)
            .Where(e => string.IsNullOrEmpty(texts.GetString(e.Text, System.Globalization.CultureInfo.InvariantCulture)))
            .ShouldBeEmpty();
        var labels = new System.Resources.ResourceManager(typeof(Bellhop.Ui.UiTexts));
        PaletteEntry
            .Navigated.Where(e => string.IsNullOrEmpty(labels.GetString(e.Text, System.Globalization.CultureInfo.InvariantCulture)))
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Roles.Owner, true, true)]
    [InlineData(Roles.Marketing, true, true)]
    [InlineData(Roles.FrontDesk, true, false)]
    [InlineData("Housekeeping", false, false)]
    public void Segments_and_imports_are_offered_to_those_who_may_open_them(string role, bool segments, bool imports)
    {
        bool Offers(string address) =>
            PaletteEntry.Pages.Concat(PaletteEntry.Navigated).Single(p => p.Address == address).Needs is not { } needs
            || Roles.Of(role).Holds(needs);
        (Offers("/contacts/segments"), Offers("/contacts/imports"), Offers("/settings/properties"), Offers("/settings/tags")).ShouldBe(
            (segments, imports, true, true)
        );
    }

    private static async Task Book(TestHouse house, Guid property, string name, string phone, string reference)
    {
        await using var db = house.Open();
        await ReceiveBooking.Run(
            new(property, "Website", "Confirmed", "2026-06-01", "2026-06-03", new(100, "EUR"), new(name, phone), reference, reference),
            house.Owner,
            db,
            default
        );
    }

    private static async Task<FindAnything.Row> Find(TestHouse house, Actor who, string? text)
    {
        await using var db = house.Open();
        return await FindAnything.Run(text, who, db, Cursors, default);
    }
}
