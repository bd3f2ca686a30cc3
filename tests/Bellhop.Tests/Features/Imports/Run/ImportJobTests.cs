using System.Globalization;
using System.Text;
using Bellhop.Features.Contacts;
using Bellhop.Features.Imports;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using CsCheck;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Imports;

public class ImportJobTests
{
    private const string Two = "name,phone,email,tags\r\nAna Ruiz,+34 620 000 101,ana@example.com,VIP\r\nLuis,+34 620 001 101,,\r\n";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_file_makes_its_guests_and_the_same_file_again_changes_nothing(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var first = await house.Import(Two);

        (first.Status, first.TotalRows, first.ProcessedRows, first.Created, first.Updated, first.Duplicates, first.Failed).ShouldBe(
            ("completed", 2, 2, 2, 0, 0, 0)
        );
        (await house.Guests()).ShouldBe(["Ana Ruiz|+34620000101|ana@example.com|VIP|Lisbon|", "Luis|+34620001101|||Lisbon|"]);
        await using var db = house.Open();
        (await db.Contacts.Select(c => c.Source).Distinct().ToListAsync()).ShouldBe([Source.Import]);
        var events = await db.Events.CountAsync(e => e.EntityKind == "contact");

        var again = await house.Import(Two);

        (again.Created, again.Updated, again.Duplicates).ShouldBe((0, 0, 2));
        (await db.Events.CountAsync(e => e.EntityKind == "contact")).ShouldBe(events);
        (await db.Touches.CountAsync()).ShouldBe(2);
        (await house.Check(new())).ShouldBeEmpty();
        Directory.EnumerateFiles(Path.Combine(house.Database.Folder, "imports")).ShouldBeEmpty("the file goes when its import has ended");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_guests_are_searched_counted_and_listed_like_others(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var text = new StringBuilder("name,phone\r\n");
        for (var i = 0; i < 30; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"Guest Number{i},+3519123400{i:00}\r\n");
        }

        await house.Import(text.ToString());
        await using var db = house.Open();
        var cards = await SummarizeContacts.Run(ContactFilter.None, house.Owner, db, default);
        (cards.TotalContacts, cards.NewThisMonth).ShouldBe((30, 30));
        (await SummarizeContacts.Run(new(Q: "number17"), house.Owner, db, default)).TotalContacts.ShouldBe(1);
        (await SummarizeContacts.Run(new(PropertyIds: [house.Auckland]), house.Owner, db, default)).TotalContacts.ShouldBe(0);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_a_row_does_to_a_known_guest_is_the_modes_word(string engine)
    {
        const string Known = "name,phone,email,tags\r\nAna,+351912345678,,Old\r\n";
        const string Later = "name,phone,email,tags\r\nAna Silva,912345678,ana@example.com,New\r\n";
        foreach (
            var (mode, expected, updated) in new[]
            {
                ("create", "Ana|+351912345678||Old|Lisbon|", 0),
                ("fill", "Ana|+351912345678|ana@example.com|New,Old|Lisbon|", 1),
                ("overwrite", "Ana Silva|+351912345678|ana@example.com|New,Old|Lisbon|", 1),
            }
        )
        {
            await using var house = await TestHouse.Make(engine);
            await house.Import(Known);
            var later = await house.Import(Later, mode);

            (later.Created, later.Updated, later.Duplicates).ShouldBe((0, updated, 1 - updated), mode);
            (await house.Guests()).ShouldBe([expected], mode);
            (await house.Import(Later, mode)).Duplicates.ShouldBe(1, "the same again changes nothing");
            (await house.Check(new())).ShouldBeEmpty();
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_file_doubles_nobody_and_lists_likely_ones(string engine)
    {
        const string Text =
            "Name,Phone,Email\r\nAna Ruiz,+34 620 000 101,ana@example.com\r\nAna R.,0034620000101,ana2@example.com\r\n"
            + "Ana Ruiz,+34620000101,\r\nLuis,+34 620 001 101,ana@example.com\r\n";
        await using var house = await TestHouse.Make(engine);
        var import = await house.Import(Text);

        (import.Created, import.Updated, import.Duplicates, import.Failed).ShouldBe((2, 0, 2, 0));
        await using var db = house.Open();
        var pair = await db.LikelyDuplicates.SingleAsync();
        pair.Reasons.ShouldBe("same-email");
        (await house.Import(Text)).Duplicates.ShouldBe(4);
        (await db.LikelyDuplicates.CountAsync()).ShouldBe(1);
        (await house.Check(new())).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Refused_rows_are_kept_with_their_reasons_and_the_others_go_in(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var import = await house.Import(
            "name,phone,email\r\nNobody,,none@none.com\r\nShort,12,\r\nGood,+351912345678,none@none.com\r\n"
                + new string('x', 300)
                + ",+351912345679,\r\n"
        );

        (import.Status, import.Created, import.Failed, import.Warnings, import.TotalRows).ShouldBe(("completed", 1, 3, 1, 4));
        await using var db = house.Open();
        var kept = await db.ImportRefusals.OrderBy(r => r.Line).ToListAsync();
        kept.ConvertAll(r => r.Line).ShouldBe([2, 3, 5]);
        kept.ConvertAll(r => StoredErrors.Read(r.Reasons)[0].Field).ShouldBe(["phone", "phone", "name"]);
        (await house.Guests()).ShouldBe(["Good|+351912345678|||Lisbon|"]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_property_that_is_not_the_starters_refuses_the_file(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var who = house.At(house.Lisbon);
        var import = await house.Import("name,phone,property\r\nAna,+351912345678,Lisbon\r\nBea,+351912345679,Auckland\r\n", who: who);

        import.Status.ShouldBe("failed");
        import.Errors.ShouldHaveSingleItem().Args.ShouldBe(["Auckland", "3"]);
        (await house.Guests()).ShouldBeEmpty();
        (await house.Import("name,phone,property\r\nAna,+351912345678,lisbon\r\nBea,+351912345679,AUCKLAND\r\n")).Created.ShouldBe(2);
        (await house.Guests()).ShouldBe(["Ana|+351912345678|||Lisbon|", "Bea|+351912345679|||Auckland|"]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_guest_known_elsewhere_alone_is_neither_changed_nor_told_of(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await house.Import("name,phone\r\nHidden,+351912345678\r\n", property: house.Auckland);
        var who = house.At(house.Lisbon);
        var id = await house.Receive("name,phone,email\r\nGuess,+351912345678,guess@example.com\r\n", "overwrite", dryRun: true, who: who);
        await house.Work(id, who);

        (await house.See(id)).Duplicates.ShouldBe(1);
        await using var db = house.Open();
        Rehearsal.Read(ImportFolder.RehearsalOf(db, id), null, 0, 10).ShouldHaveSingleItem().ContactId.ShouldBeNull();
        (await house.Import("name,phone,email\r\nGuess,+351912345678,guess@example.com\r\n", "overwrite", who: who)).Duplicates.ShouldBe(1);
        (await house.Guests()).ShouldBe(["Hidden|+351912345678|||Auckland|"]);
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

    [Theory, MemberData(nameof(Engines))]
    public async Task Broken_off_anywhere_it_goes_on_and_doubles_no_row(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var text =
            "name,phone\r\n"
            + string.Concat(Enumerable.Range(0, (FileSource.BatchRows * 3) + 10).Select(i => $"Guest {i},+35191{i:0000000}\r\n"));
        var id = await house.Receive(text);
        using (var stop = new CancellationTokenSource())
        {
            var working = house.Work(id, cancel: stop.Token);
            await using var db = house.Open();
            await Wait.Until(() => db.Imports.AnyAsync(i => i.Id == id && i.ProcessedRows > 0));

            await stop.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(working);
        }

        var left = await house.See(id);
        left.Status.ShouldBe("running");
        await Task.WhenAll(house.Work(id), house.Work(id)); // a job may run twice

        var done = await house.See(id);
        (done.Status, done.ProcessedRows, done.Created, done.Duplicates).ShouldBe(("completed", done.TotalRows, done.TotalRows, 0));
        await using var now = house.Open();
        (await now.Contacts.CountAsync()).ShouldBe(done.TotalRows);
        (await house.Check(new())).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Two_imports_of_one_file_at_once_make_each_guest_once(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var text = "name,phone\r\n" + string.Concat(Enumerable.Range(0, 2500).Select(i => $"Guest {i},+35191{i:0000000}\r\n"));
        var ids = new[] { await house.Receive(text), await house.Receive(text) };
        await Task.WhenAll(ids.Select(id => house.Work(id)));

        var imports = new[] { await house.See(ids[0]), await house.See(ids[1]) };
        (imports.Sum(i => i.Created), imports.Sum(i => i.Duplicates)).ShouldBe((2500, 2500));
        await using var db = house.Open();
        (await db.Contacts.CountAsync()).ShouldBe(2500);
        (await house.Check(new())).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Who_lost_the_right_meanwhile_imports_nothing(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var id = await house.Receive(Two);
        var refusal = await Should.ThrowAsync<Refusal>(() =>
            house.Work(id, house.Owner with { Permissions = new([Permission.ContactsView]) })
        );

        refusal.Status.ShouldBe(403); // the runner parks the job, and somebody entitled may go on with it
        (await house.See(id)).Created.ShouldBe(0);
        (await house.Guests()).ShouldBeEmpty();
    }
}
