using System.Text.Json.Nodes;
using Bellhop.Platform;
using Bellhop.Tests.Guards;
using Microsoft.OpenApi;

namespace Bellhop.Tests.Platform.Web;

/// <summary>
/// A client made of nothing but the API's description: it knows the paths, parameters, bodies and answers that stand there, and calls every
/// route.
/// </summary>
public class OpenApiClientTests
{
    [Fact]
    public async Task A_client_made_from_the_description_calls_every_route()
    {
        await using var app = await TestApp.Start("sqlite");
        var document = await Read(app);
        var wrong = new List<string>();
        foreach (var row in MatrixRows.Api)
        {
            var house = await app.MakeHouse(); // what a row deletes, the next still needs
            var world = await World.Make(app, house);
            var key = await app.MakeKey(house.OrganizationId, PermissionSet.Everything);
            await world.HandOver(app, house);
            await Call(app.As(key), document, row, world.Own(row), wrong);
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_operation_has_a_body_and_an_answer_of_its_own()
    {
        await using var app = await TestApp.Start("sqlite");
        var document = await Read(app);
        var bodies = Operations(document)
            .Where(o => o.Operation.RequestBody?.Content is { Count: > 0 })
            .Select(o =>
                (o.Operation.OperationId, Schema: o.Operation.RequestBody!.Content!.Values.First().Schema as OpenApiSchemaReference)
            )
            .Where(b => b.Schema is not null)
            .ToList();

        bodies.Count.ShouldBeGreaterThan(10);
        bodies
            .GroupBy(b => b.Schema!.Reference.Id)
            .Where(g => g.Count() > 1)
            .Select(g => $"{g.Key}: {string.Join(", ", g.Select(b => b.OperationId))}")
            .ShouldBeEmpty();
        new[] { "phone", "propertyId", "name", "email", "country" }.ShouldBeSubsetOf(
            bodies.Single(b => b.OperationId == "AddContact").Schema!.Properties!.Keys
        );
        bodies.Single(b => b.OperationId == "ReceiveBooking").Schema!.Properties!.Keys.ShouldContain("arrival");
    }

    private static async Task<OpenApiDocument> Read(TestApp app)
    {
        await using var stream = await app.Anonymous().GetStreamAsync("/openapi/v1.json");
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory);
        memory.Position = 0;
        var read = await OpenApiDocument.LoadAsync(memory, "json");
        read.Diagnostic!.Errors.Select(e => e.ToString()).ShouldBeEmpty();
        return read.Document!;
    }

    private static IEnumerable<(string Route, OpenApiOperation Operation)> Operations(OpenApiDocument document) =>
        document.Paths.SelectMany(p => p.Value.Operations!.Select(o => ($"{o.Key.Method.ToUpperInvariant()} {p.Key}", o.Value)));

    private static async Task Call(HttpClient client, OpenApiDocument document, MatrixRow row, MatrixCall call, List<string> wrong)
    {
        if (Operations(document).FirstOrDefault(o => o.Route == row.Route).Operation is not { } operation)
        {
            wrong.Add($"{row.Route} is not described");
            return;
        }

        var given = new Uri("http://localhost/api/v1" + call.Path);
        foreach (var name in System.Web.HttpUtility.ParseQueryString(given.Query).AllKeys)
        {
            if (operation.Parameters?.Any(p => p.In == ParameterLocation.Query && p.Name == name) != true)
            {
                wrong.Add($"{row.Route}: {name} is no parameter");
            }
        }

        if (call.File is not null && operation.RequestBody?.Content?["multipart/form-data"].Schema?.Properties?.ContainsKey("file") != true)
        {
            wrong.Add($"{row.Route} is described without its file");
        }

        if (call.File is null && call.Body is not null && row.Method != HttpMethod.Get)
        {
            if (operation.RequestBody?.Content is not { Count: > 0 } content)
            {
                wrong.Add($"{row.Route} is described without its body");
                return;
            }

            Compare(call.Body, content.Values.First().Schema, $"{row.Route} body", wrong);
        }

        using var answer = await client.SendAsync(call.Message(row.Method));
        var status = ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if ((int)answer.StatusCode != row.Status)
        {
            wrong.Add($"{row.Route}: {status} {await answer.Content.ReadAsStringAsync()}");
        }
        else if (operation.Responses?.TryGetValue(status, out var response) != true)
        {
            wrong.Add($"{row.Route}: {status} is no answer it describes");
        }
        else if (answer.Content.Headers.ContentType?.MediaType == "application/json")
        {
            Compare(
                JsonNode.Parse(await answer.Content.ReadAsStringAsync()),
                response!.Content?.TryGetValue("application/json", out var media) == true ? media.Schema : null,
                $"{row.Route} answer",
                wrong
            );
        }
    }

    private static bool MayBeNull(IOpenApiSchema schema) =>
        schema.Type is not { } type
        || type.HasFlag(JsonSchemaType.Null)
        || (schema.OneOf ?? []).Concat(schema.AnyOf ?? []).Any(s => s.Type == JsonSchemaType.Null);

    /// <summary>Every member there is stands in the schema, and every one that must be is there.</summary>
    private static void Compare(JsonNode? value, IOpenApiSchema? schema, string path, List<string> wrong)
    {
        if (schema is null)
        {
            wrong.Add($"{path}: no schema");
            return;
        }

        List<IOpenApiSchema> choices = [.. (schema.OneOf ?? []).Concat(schema.AnyOf ?? []).Where(s => s.Type != JsonSchemaType.Null)];
        if (choices.Count > 0)
        {
            if (value is not null && choices.Count == 1)
            {
                Compare(value, choices[0], path, wrong);
            }
        }
        else if (value is JsonObject members && schema.Properties is { Count: > 0 } known)
        {
            foreach (var (name, member) in members)
            {
                if (known.TryGetValue(name, out var of))
                {
                    if (member is not null)
                    {
                        Compare(member, of, $"{path}.{name}", wrong);
                    }
                    else if (!MayBeNull(of))
                    {
                        wrong.Add($"{path}.{name} is null");
                    }
                }
                else
                {
                    wrong.Add($"{path}.{name} is not described");
                }
            }

            wrong.AddRange(
                (schema.Required ?? new HashSet<string>()).Where(r => !members.ContainsKey(r)).Select(r => $"{path}.{r} is missing")
            );
        }
        else if (value is JsonArray items && schema.Items is { } item)
        {
            for (var i = 0; i < items.Count; i++)
            {
                if (items[i] is { } one)
                {
                    Compare(one, item, $"{path}[{i}]", wrong);
                }
            }
        }
    }
}
