using Bellhop.Features.Contacts;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Contacts;

/// <summary>Whom a phone or an e-mail leads to once staff have changed or removed it.</summary>
public class SharedAddressTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Of_two_guests_who_show_one_email_it_leads_to_the_other_when_its_owner_goes_or_changes(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        foreach (var goes in new[] { true, false })
        {
            var email = goes ? "a@example.org" : "b@example.org";
            var first = await Add(house, new(goes ? "912345671" : "912345681", house.Lisbon, "Ana", email));
            var second = await Add(house, new(goes ? "912345672" : "912345682", house.Lisbon, "Rui", email));
            var third = await Add(house, new(goes ? "912345673" : "912345683", house.Lisbon, "Eva", email));
            await using var db = house.Open();
            if (goes)
            {
                await DeleteContact.Run(first.Id, house.Owner, db, IfMatch.Any, default);
            }
            else
            {
                await Edit(house, first.Id, new(Email: "other@example.org"));
            }

            (await house.Book("by-email-" + email, phone: null, email: email, name: "Rui")).ContactId.ShouldBe(second.Id);
            (await db.LikelyDuplicates.AnyAsync(d => d.OlderId == second.Id && d.NewerId == third.Id)).ShouldBeTrue();
        }

        (await house.Check(new())).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_email_or_a_phone_that_staff_cleared_does_not_come_back_by_itself(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var ana = await Add(house, new("912345671", house.Lisbon, "Ana", "a@example.org"));
        await Edit(house, ana.Id, new(Email: (string?)null));

        (await house.Book("b", phone: "+351912345671", email: "a@example.org")).ContactId.ShouldBe(ana.Id);
        (await Shown()).ShouldBe(("+351912345671", null));
        (await house.Book("c", phone: "+351912345671", email: "new@example.org")).ContactId.ShouldBe(ana.Id);
        (await Shown()).ShouldBe(("+351912345671", "new@example.org"), "another fills the blank");

        await Edit(house, ana.Id, new(Phone: (string?)null));
        (await house.Book("d", phone: "+351912345671", email: "new@example.org")).ContactId.ShouldBe(ana.Id);
        (await Shown()).ShouldBe((null, "new@example.org"));

        await Edit(house, ana.Id, new(Email: "a@example.org"));
        (await Shown()).ShouldBe((null, "a@example.org"), "staff may put it on again");
        (await house.Check(new())).ShouldBeEmpty();

        async Task<(string?, string?)> Shown()
        {
            await using var db = house.Open();
            return await db
                .Contacts.Where(c => c.Id == ana.Id)
                .Select(c => new ValueTuple<string?, string?>(c.Phone, c.Email))
                .SingleAsync();
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Line_breaks_and_tabs_in_a_name_that_staff_type_become_one_space(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var ana = await Add(house, new("tel:912-345-671;phone-context=+351", house.Lisbon, "Ana\r\nde\tSá"));
        (ana.Name, ana.Phone).ShouldBe(("Ana de Sá", "+351912345671"));
        (await Edit(house, ana.Id, new(Name: "Ana \n Sá"))).Name.ShouldBe("Ana Sá");
    }

    private static async Task<ContactRow> Add(TestHouse house, AddContact.Input input)
    {
        await using var db = house.Open();
        return (await AddContact.Run(input, house.Owner, db, default)).Value;
    }

    private static async Task<ContactRow> Edit(TestHouse house, Guid id, EditContact.Input input)
    {
        await using var db = house.Open();
        return (await EditContact.Run(id, input, house.Owner, db, IfMatch.Any, default)).Value;
    }
}
