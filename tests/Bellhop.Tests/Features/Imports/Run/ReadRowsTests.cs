using Bellhop.Features.Imports;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Imports;

/// <summary>What an import and its rehearsal make of rows: whom they lead to, and of which country their phones are.</summary>
public class ReadRowsTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_row_with_only_an_email_makes_a_guest_and_the_same_again_none(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var import = await house.Import("name,email\r\nAna,ana@example.com\r\n,bea@example.com\r\nNobody,\r\n");
        (import.Created, import.Failed).ShouldBe((2, 1));
        (await house.Guests()).ShouldBe(["Ana||ana@example.com||Lisbon|", "||bea@example.com||Lisbon|"]);
        (await house.Import("name,email\r\nAna,ana@example.com\r\n")).Duplicates.ShouldBe(1);
        (await house.Check(new())).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_rehearsal_shows_each_phone_as_it_was_read_with_its_country(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var import = await house.Import(
            "name,country,phone\r\nAna,,912 000 001\r\nBea,Germany,0170 1234567\r\nCy,Narnia,912000003\r\n",
            dryRun: true
        );

        await using var db = house.Open();
        var (rows, _) = await ListImportRows.Run(import.Id, null, 0, house.Owner, db, default);
        rows.Select(r => (r.Phone, r.Country)).ShouldBe([("+351912000001", "PT"), ("+491701234567", "DE"), ("+351912000003", "PT")]);
        rows[2].Warnings.ShouldHaveSingleItem().Error.Args.ShouldBe(["Narnia", "country"]);
        (import.ForeignPhones, import.Warnings).ShouldBe((1, 1));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Nationalities_in_a_country_column_make_no_number_foreign_without_a_warning_that_counts_them(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        const string Text =
            "name,country,phone\r\nAna,ES,912 000 001\r\nBea,BR,912000002\r\nCy,DE,+351 912 000 003\r\nDi,FR,06 12 34 56 78\r\n";
        var import = await house.Import(Text);

        // Spain has the first number too; Brazil has not the second, and Portugal has.
        (import.Created, import.ForeignPhones, import.Warnings).ShouldBe((4, 2, 1));
        (await house.Guests()).ShouldBe([
            "Ana|+34912000001|||Lisbon|",
            "Bea|+351912000002|||Lisbon|",
            "Cy|+351912000003|||Lisbon|",
            "Di|+33612345678|||Lisbon|",
        ]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_import_lists_its_guests_and_none_once_it_was_taken_back(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await house.Import("name,phone\r\nOther,+351912345670\r\n");
        var import = await house.Import("name,phone\r\nAna,+351912345671\r\nBea,+351912345672\r\n");

        (await Listed()).ShouldBe(["Ana", "Bea"], ignoreOrder: true);
        await house.Reverse(import.Id);
        (await Listed()).ShouldBeEmpty();

        async Task<IEnumerable<string?>> Listed()
        {
            await using var db = house.Open();
            return (await ListImportGuests.Run(import.Id, Guid.Empty, house.Owner, db, default)).Guests.Select(g => g.Name);
        }
    }
}
