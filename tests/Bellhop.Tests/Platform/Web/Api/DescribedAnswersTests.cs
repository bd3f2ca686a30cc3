using System.Text.Json.Nodes;
using Bellhop.Platform;

namespace Bellhop.Tests.Platform.Web;

/// <summary>What the API's description says of answers, held against what routes do.</summary>
public class DescribedAnswersTests
{
    // A filter and a provider's own parts, which have too many forms to be listed; a number or an instant.
    private static readonly string[] Free = ["AddSegmentInput.conditions", "ReceiveBookingInput.revision", "TemplateRow.components"];

    [Fact]
    public async Task Every_operation_that_names_something_says_that_it_may_not_be_there()
    {
        var document = await Read();
        var operations = Operations(document).ToList();

        operations
            .Where(o =>
                o.Operation["parameters"]?.AsArray().Any(p => IsName(p!)) == true
                && !o.Operation["responses"]!.AsObject().ContainsKey("404")
            )
            .Select(o => o.Route)
            .ShouldBeEmpty();
        operations.Single(o => o.Route == "get /api/v1/organization/logo").Operation["responses"]!.AsObject().ShouldContainKey("404");
        operations
            .Where(o => o.Operation["requestBody"] is not null && !o.Operation["responses"]!.AsObject().ContainsKey("415"))
            .Select(o => o.Route)
            .ShouldBeEmpty();

        static bool IsName(JsonNode parameter) =>
            parameter["in"]!.GetValue<string>() == "path"
            || (
                parameter["in"]!.GetValue<string>() == "query"
                && parameter["name"]!.GetValue<string>().EndsWith("Id", StringComparison.Ordinal)
            );
    }

    [Fact]
    public async Task A_file_of_a_guest_may_be_of_any_type()
    {
        var answer = (await Read())["paths"]!["/api/v1/attachments/{id}"]!["get"]!["responses"]!["200"]!;
        answer["content"]!.AsObject().Select(c => c.Key).ShouldBe(["*/*"]);
    }

    [Fact]
    public async Task What_comes_of_a_job_is_one_of_the_results_that_jobs_count_and_no_member_is_left_undescribed()
    {
        var schemas = (await Read())["components"]!["schemas"]!.AsObject();
        var union = schemas[nameof(JobRow)]!["properties"]!["result"]!["oneOf"]!.AsArray();

        union.Count(s => s!["type"]?.GetValue<string>() == "null").ShouldBe(1);
        var results = union.Select(s => s!["$ref"]?.GetValue<string>().Split('/')[^1]).OfType<string>().ToList();
        results.ShouldBe(["BulkResult", "PairsResult"]);
        schemas["BulkResult"]!["required"]!.AsArray().Select(r => r!.GetValue<string>()).ShouldBe(["affected"]);
        schemas["PairsResult"]!["properties"]!.AsObject().Select(p => p.Key).ShouldContain("merged");
        results.ShouldAllBe(r => !schemas[r]!["additionalProperties"]!.GetValue<bool>());

        schemas
            .SelectMany(s => s.Value!["properties"]?.AsObject().Select(p => (Path: $"{s.Key}.{p.Key}", Schema: p.Value!)) ?? [])
            .Where(m => m.Schema.ToJsonString().Contains("/JsonElement\"", StringComparison.Ordinal) || IsEmpty(m.Schema.AsObject()))
            .Select(m => m.Path)
            .Order(StringComparer.Ordinal)
            .ShouldBe(Free);

        static bool IsEmpty(JsonObject schema) => !schema.Any(m => m.Key is "type" or "$ref" or "oneOf" or "anyOf" or "enum" or "format");
    }

    private static async Task<JsonNode> Read()
    {
        await using var app = await TestApp.Start("sqlite");
        return JsonNode.Parse(await app.Anonymous().GetStringAsync("/openapi/v1.json"))!;
    }

    private static IEnumerable<(string Route, JsonNode Operation)> Operations(JsonNode document) =>
        document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => ($"{o.Key} {p.Key}", o.Value!)));
}
