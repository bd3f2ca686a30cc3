namespace Bellhop.Tests.Host;

public class AuditCommandTests
{
    [Fact]
    public async Task Old_events_are_counted_first_and_forgotten_only_when_that_is_said()
    {
        using var place = new Place();
        await place.SetUp();

        var counted = await BellhopProcess.Run(place.Folder, "audit", "forget", "--before", "2020-02-29");
        (counted.Code, counted.Out.Trim(), counted.Error).ShouldBe((0, "0 events before 2020-02-29. --yes forgets them for good.", ""));
        var forgotten = await BellhopProcess.Run(place.Folder, "audit", "forget", "--before", "2020-02-29", "--yes");
        (forgotten.Code, forgotten.Out.Trim(), forgotten.Error).ShouldBe((0, "0 events before 2020-02-29 are forgotten.", ""));

        foreach (var (day, said) in new[] { ("2023-02-29", "takes a day as YYYY-MM-DD"), ("2999-12-31", "--before: Not above") })
        {
            var refused = await BellhopProcess.Run(place.Folder, "audit", "forget", "--before", day, "--yes");
            (refused.Code, refused.Out).ShouldBe((1, ""));
            refused.Error.Trim().ShouldNotContain('\n');
            refused.Error.ShouldContain(said);
        }
    }
}
