using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Export;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Imports;

/// <summary>Files as users of comparable programs met them, each with the guests that it must give.</summary>
public class ReportedFilesTests
{
    private static readonly (string File, string Region, string[] Guests, int Refused, int Warned)[] Files =
    [
        ("01-dial-code-column.csv", "PT", ["Es Quin|+34612345678|", "Fr Quin|+33612345678|"], 0, 0),
        ("01b-country-code-is-dial-code.csv", "PT", ["Ana Quin|+351912000001|"], 0, 0),
        (
            "02-country-na.csv",
            "PT",
            ["Ana Quin|+351912010000|", "Bo Quin|+351912010006|", "Cy Quin|+351912010007|", "Di Quin|+351912010008|"],
            0,
            0
        ),
        (
            "03-country-not-known.csv",
            "PT",
            ["Ana Quin|+351912010001|", "Bo Quin|+351912010002|", "Cy Quin|+38761100015|", "Di Quin|+821023456789|"],
            0,
            0
        ),
        ("04-note-behind-short-number-US.csv", "US", [], 4, 0),
        ("04b-note-behind-short-number-IS.csv", "IS", ["A|+3546111234|", "B|+3546111235|"], 0, 0),
        ("05-extensions.csv", "PT", ["Ext Thirteen|+351213000111 ext. 13|", "Ext Twelve|+351213000111 ext. 12|"], 0, 0),
        ("05d-fill-phone-with-extension.csv", "PT", ["Mail Only|+351213000333 ext. 44|mo@mail.example"], 0, 0),
        ("06-vcard3-quoted-printable.vcf", "PT", ["Jürgen Quänt|+351913000011|"], 0, 0),
        (
            "07-outlook-de.csv",
            "PT",
            [
                "Uli Quandt|+351913000003|uli@mail.example",
                "Ute Quandt|+351913000002|ute@mail.example",
                "Uwe Quandt|+351913000001|uwe@mail.example",
            ],
            0,
            0
        ),
        ("07b-outlook-fr.csv", "PT", ["Léa Quesnot|+351913000028|lea@mail.example"], 0, 0),
        ("07c-thunderbird-de.csv", "PT", ["Jana Quirmbach|+351913000029|jana@mail.example"], 0, 0),
        ("08-airbnb.csv", "PT", ["Rosalind Quimby|+351919100001|"], 0, 0),
        ("09-booker-over-guest.csv", "PT", ["Ana Quim|+351929000001|ana@mail.example"], 0, 0),
        ("17-emails-in-a-cell.csv", "PT", ["A|+351912000001|a1@mail.example", "B|+351912000002|b1@mail.example", "C|+351912000003|"], 0, 1),
        ("18-name-with-line-break.csv", "PT", ["Quella Second|+351928000051|", "Tab Name|+351928000052|"], 0, 0),
        ("20-heading-with-comma.csv", "PT", ["Cli Two|+351928000002|"], 0, 0),
        ("23-vcard-org-only.vcf", "PT", ["Quarteira Surf Club|+351289300015|"], 0, 0),
    ];

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Every_file_that_was_reported_gives_its_guests(string engine)
    {
        var folder = Cases.Path("h_reports");
        await using var house = await TestHouse.Make(engine);
        var wrong = new List<string>();
        foreach (var (file, region, guests, refused, warned) in Files)
        {
            var import = await house.Import(await File.ReadAllTextAsync(Path.Combine(folder, file)), property: await Place(house, region));
            var found = (await house.Guests()).ConvertAll(g => string.Join('|', g.Split('|').Take(3)));
            if (!found.SequenceEqual(guests) || (import.Failed, import.Warnings) != (refused, warned))
            {
                wrong.Add($"{file}: {string.Join("; ", found)}, refused {import.Failed}, warned {import.Warnings}");
            }

            if (import.Created > 0)
            {
                await house.Reverse(import.Id);
            }

            (await house.Guests()).ShouldBeEmpty(file);
        }

        wrong.ShouldBeEmpty();
        (await house.Check(new())).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Extensions_go_out_and_come_back_in_as_they_were_and_free_their_keys(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await house.Import("name,phone\r\nExt Twelve,+351 213 000 111 ext. 12\r\nExt Thirteen,+351 213 000 111 ext. 13\r\n");
        var before = await house.Guests();

        await using var db = house.Open();
        var export = new MemoryStream();
        await ExportContacts.Write(
            new(ContactFilter.None, ContactSort.Created, true, ExportColumns.Usual),
            null,
            house.Owner,
            db,
            (some, _, cancel) => export.WriteAsync(some, cancel),
            default
        );
        (await house.Import(System.Text.Encoding.UTF8.GetString(export.ToArray()))).Duplicates.ShouldBe(2);
        (await house.Guests()).ShouldBe(before);
        (await house.Check(new())).ShouldBeEmpty();

        var twelve = await db.Contacts.SingleAsync(c => c.Name == "Ext Twelve");
        var edited = (await EditContact.Run(twelve.Id, new(Phone: "+351912345678"), house.Owner, db, IfMatch.Any, default)).Value;
        edited.Phone.ShouldBe("+351912345678");
        (await house.Book("b", phone: "+351213000111 ext 12", name: "Another")).ContactId.ShouldNotBe(twelve.Id, "the old key is free");
        (await house.Check(new())).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_phone_with_an_extension_that_filled_a_blank_leads_nowhere_once_that_was_taken_back(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var guest = (await house.Book("b", phone: null, email: "mo@mail.example", name: "Mail Only")).ContactId;
        var import = await house.Import(await File.ReadAllTextAsync(Cases.Path("h_reports/05d-fill-phone-with-extension.csv")));
        import.Updated.ShouldBe(1);

        await house.Reverse(import.Id);

        await using var db = house.Open();
        (await db.Identities.Select(i => i.Value).ToListAsync()).ShouldBe(["mo@mail.example"]);
        (await house.Book("c", phone: "+351 213 000 333 ext 44", name: "Another")).ContactId.ShouldNotBe(guest);
        (await house.Check(new())).ShouldBeEmpty();
    }

    private static async Task<Guid> Place(TestHouse house, string region)
    {
        if (region == "PT")
        {
            return house.Lisbon;
        }

        await using var db = house.Open();
        return (await AddProperty.Run(new("In " + region, "EUR", "Europe/Lisbon", region), house.Owner, db, default)).Value.Id;
    }
}
