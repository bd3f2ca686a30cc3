namespace Bellhop.Tests.Host;

public class TelemetryTests
{
    [Fact]
    public async Task Where_somebody_listens_traces_metrics_and_logs_are_sent_and_nobody_is_named_in_them()
    {
        using var place = new Place();
        var key = await place.SetUp();
        await using var telemetry = new TelemetryListener();
        var environment = telemetry.Settings.ToDictionary(s => s.Key, s => s.Value);
        await using (var server = await BellhopProcess.Serve(place.Folder, environment, ["--urls", "http://127.0.0.1:0"]))
        {
            using var client = server.Client(key);
            var property = (await (await client.GetAsync("/api/v1/properties")).Json(200))["items"]![0]!["id"]!.GetValue<string>();
            await (
                await client.Send(
                    HttpMethod.Post,
                    "/api/v1/contacts",
                    $$"""{"name":"Zephyrine Quux","phone":"+351912345678","email":"zephyrine@quux.example","propertyId":"{{property}}"}"""
                )
            ).Json(201);
            await (await client.GetAsync("/api/v1/contacts?q=zephyrine")).Json(200);
            await Wait.Until(() => telemetry.Kinds.Count == 3);
            (await server.Stop()).ShouldBe(0); // what is left is sent on the way out
        }

        telemetry.Kinds.ShouldBe(["/v1/logs", "/v1/metrics", "/v1/traces"]);
        telemetry.Text.ShouldContain("bellhop");
        telemetry.Text.ShouldContain("/api/v1/contacts");
        foreach (var word in (string[])["ephyrine", "uux", "912345678", key])
        {
            telemetry.Text.ShouldNotContain(word, Case.Insensitive);
        }
    }
}
