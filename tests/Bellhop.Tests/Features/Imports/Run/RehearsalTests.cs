using Bellhop.Features.Imports;
using Bellhop.Platform;

namespace Bellhop.Tests.Features.Imports;

public class RehearsalTests
{
    [Fact]
    public async Task What_a_rehearsal_has_judged_so_far_can_be_read_while_it_is_at_work()
    {
        await using var house = await TestHouse.Make("sqlite");
        await using var db = house.Open();
        var file = ImportFolder.RehearsalOf(db, Guid.CreateVersion7());
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        Rehearsal.Read(file, null, 0, 10).ShouldBeEmpty();
        using var rehearsal = Rehearsal.Begin(file);
        Rehearsal.Read(file, null, 0, 10).ShouldBeEmpty();
        foreach (var line in new[] { 2, 3 })
        {
            rehearsal.Keep([new(new FileGuest(line, ["no guest"]), RowOutcome.Refused, null, RowChange.None, null)]);

            Rehearsal.Read(file, RowOutcome.Refused, line - 1, 10).ShouldHaveSingleItem().Line.ShouldBe(line);
        }

        Rehearsal.Read(file, RowOutcome.Created, 0, 10).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_rest_of_a_rehearsal_whose_process_died_has_no_rows()
    {
        await using var house = await TestHouse.Make("sqlite");
        await using var db = house.Open();
        var file = ImportFolder.RehearsalOf(db, Guid.CreateVersion7());
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        foreach (
            var rest in new[]
            {
                "",
                "not a database at all, and long enough to have a header of one hundred bytes or more than that, as it is",
            }
        )
        {
            await File.WriteAllTextAsync(file, rest, TestContext.Current.CancellationToken);

            Rehearsal.Read(file, null, 0, 10).ShouldBeEmpty();
        }
    }
}
