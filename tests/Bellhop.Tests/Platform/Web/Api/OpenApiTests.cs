using System.Text.Json.Nodes;

namespace Bellhop.Tests.Platform.Web;

public class OpenApiTests
{
    [Fact]
    public async Task The_api_describes_itself()
    {
        await using var app = await TestApp.Start("sqlite");
        var text = await app.Anonymous().GetStringAsync("/openapi/v1.json");
        var document = JsonNode.Parse(text)!.AsObject();

        document["openapi"]!.GetValue<string>().ShouldStartWith("3.1");
        var post = document["paths"]!["/api/v1/bookings"]!["post"]!;
        post["operationId"]!.GetValue<string>().ShouldBe("ReceiveBooking");
        post["requestBody"]!["content"]!.AsObject().Select(c => c.Key).ShouldBe(["application/json"]);
        post["parameters"]!
            .AsArray()
            .Select(p => p!["name"]!.GetValue<string>())
            .ShouldBe(["Idempotency-Key"], "who asks and the database are no parameters");
        post["responses"]!
            .AsObject()
            .Select(r => r.Key)
            .ShouldBe(
                ["200", "201", "400", "401", "403", "404", "409", "413", "415", "422", "429", "500", "503", "507"],
                ignoreOrder: true
            );
        document["components"]!["securitySchemes"]!.AsObject().Select(s => s.Key).ShouldBe(["apiKey", "session"]);
        var list = document["paths"]!["/api/v1/contacts"]!["get"]!;
        list["parameters"]!.AsArray().Select(p => p!["name"]!.GetValue<string>()).ShouldContain("minSpent");
        text.ShouldNotContain("BellhopDb");
        text.ShouldNotContain("PermissionSet");
    }

    [Fact]
    public async Task The_page_to_try_it_loads_scripts_from_here_under_a_nonce_and_nothing_from_elsewhere()
    {
        await using var app = await TestApp.Start("sqlite");
        var answer = await app.Anonymous().GetAsync("/api/");
        var html = await answer.Content.ReadAsStringAsync();
        var nonce = System
            .Text.RegularExpressions.Regex.Match(answer.Headers.GetValues("Content-Security-Policy").Single(), "'nonce-([^']+)'")
            .Groups[1]
            .Value;

        answer.IsSuccessStatusCode.ShouldBeTrue();
        html.ShouldNotContain("https://");
        foreach (var script in System.Text.RegularExpressions.Regex.Matches(html, "<script[^>]*>").Select(m => m.Value))
        {
            System.Net.WebUtility.HtmlDecode(script).ShouldContain($"nonce=\"{nonce}\"");
        }
    }

    [Fact]
    public async Task The_page_to_try_it_has_a_form_for_every_operation_with_its_parameters_and_its_body()
    {
        await using var app = await TestApp.Start("sqlite");
        var document = JsonNode.Parse(await app.Anonymous().GetStringAsync("/openapi/v1.json"))!;
        using var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await app.Anonymous().GetStringAsync("/api"));

        foreach (var (path, methods) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in methods!.AsObject())
            {
                var id = operation!["operationId"]!.GetValue<string>();
                var form = page.QuerySelector($"details#{id} form").ShouldNotBeNull(id);
                (form.GetAttribute("data-call"), form.GetAttribute("data-path")).ShouldBe((method.ToUpperInvariant(), path));
                var parameters = operation["parameters"]?.AsArray().Select(p => p!["name"]!.GetValue<string>()) ?? [];
                form.QuerySelectorAll("[data-in=path], [data-in=query], [data-in=header]")
                    .Select(e => e.GetAttribute("name")!)
                    .ShouldBe(parameters, id);
                form.QuerySelectorAll("[data-in=body], [data-in=form]").Any().ShouldBe(operation["requestBody"] is not null, id);
                page.QuerySelectorAll($"details#{id} .answers dt")
                    .Select(e => e.TextContent)
                    .ShouldBe(operation["responses"]!.AsObject().Select(r => r.Key), id);
            }
        }
    }
}
