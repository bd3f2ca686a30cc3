using Bellhop.Features.Imports;
using Bellhop.Platform;
using CsCheck;

namespace Bellhop.Tests.Features.Imports;

public class RehearsalTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

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
    public async Task A_rehearsal_writes_nothing_and_tells_what_the_run_does(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await house.Import("name,phone,email,tags\r\nAna,+351912345670,,Old\r\nBea,+351912345671,bea@example.com,\r\n");
        var cell = Gen.Select(
            OneOf("", "Ana", "Bea", "Zoë"),
            Gen.Int[0, 7],
            OneOf("", "bea@example.com", "ana@example.com", "c@example.com"),
            OneOf("", "Old", "New")
        );
        var runs = 0;
        await Gen.Select(cell.Array[0, 12], OneOf("create", "fill", "overwrite"))
            .SampleAsync(
                async (rows, mode) =>
                {
                    var file =
                        "name,phone,email,tags\r\n"
                        + string.Concat(
                            rows.Select(r => $"{r.Item1},{(r.Item2 == 7 ? "12" : $"+35191234567{r.Item2}")},{r.Item3},{r.Item4}\r\n")
                        );
                    var before = await house.Guests();
                    var rehearsed = await house.Import(file, mode, dryRun: true);
                    (await house.Guests()).ShouldBe(before);
                    var run = await house.Import(file, mode);

                    Counts(rehearsed).ShouldBe(Counts(run), $"{mode}: {file}");
                    (run.Created + run.Updated + run.Duplicates + run.Failed).ShouldBe(run.TotalRows);
                    runs++;
                },
                iter: TestSize.Of(25),
                threads: 1
            );
        runs.ShouldBeGreaterThanOrEqualTo(TestSize.Of(25));
        (await house.Check(new())).ShouldBeEmpty();

        static (int, int, int, int, int) Counts(ImportRow row) => (row.TotalRows, row.Created, row.Updated, row.Duplicates, row.Failed);
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
}
