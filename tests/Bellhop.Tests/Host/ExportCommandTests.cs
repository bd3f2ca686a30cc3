namespace Bellhop.Tests.Host;

public class ExportCommandTests
{
    [Fact]
    public async Task The_guests_are_exported_beside_a_running_server_and_no_file_is_overwritten()
    {
        using var place = new Place();
        var key = await place.SetUp();
        await using var server = await BellhopProcess.Serve(place.Folder, "--urls", "http://127.0.0.1:0");
        using var client = server.Client(key);
        var property = (await client.GetFromJson("/api/v1/properties"))["items"]![0]!["id"]!.GetValue<string>();
        await (
            await client.Post(
                "/api/v1/contacts",
                new System.Text.Json.Nodes.JsonObject
                {
                    ["phone"] = "+351912345678",
                    ["name"] = "Inês",
                    ["propertyId"] = property,
                }
            )
        ).Json(201);

        var done = await BellhopProcess.Run(place.Folder, "export", "guests.csv");
        (done.Code, done.Error).ShouldBe((0, ""));
        var file = Path.Combine(place.Folder, "guests.csv");
        done.Out.Trim().ShouldBe($"1 guests exported: {file}");
        var rows = Csv.Parse(await File.ReadAllTextAsync(file));
        (rows.Count, rows[1][0], rows[1][1]).ShouldBe((2, "Inês", "'+351912345678"));
        (OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file)).ShouldBe(
            OperatingSystem.IsWindows() ? default : UnixFileMode.UserRead | UnixFileMode.UserWrite
        );

        var again = await BellhopProcess.Run(place.Folder, "export", "guests.csv");
        (again.Code, again.Out).ShouldBe((1, ""));
        again.Error.ShouldContain("exists already");
        var segment = await BellhopProcess.Run(place.Folder, "export", "other.csv", "--segment", "VIPs");
        segment.Code.ShouldBe(1);
        segment.Error.Trim().ShouldNotContain('\n');
        File.Exists(Path.Combine(place.Folder, "other.csv")).ShouldBeFalse();
        (await BellhopProcess.Run(place.Folder, "export", "--help")).Out.ShouldContain("--segment");
    }
}
