using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bellhop.Platform.Web;
using Microsoft.OpenApi;

namespace Bellhop.Ui.Api;

/// <summary>Reads what the page shows out of an OpenAPI document.</summary>
internal static class ApiReading
{
    private const int Deepest = 6;

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static ApiDescription.Contents Of(OpenApiDocument document)
    {
        var prefix = Web.Prefix + "/";
        var operations = document.Paths.SelectMany(path => (path.Value.Operations ?? []).Select(o => Of(path.Key, o.Key, o.Value)));
        var groups = operations.GroupBy(o =>
            o.Path.StartsWith(prefix, StringComparison.Ordinal) ? o.Path[prefix.Length..].Split('/')[0] : o.Path.Trim('/')
        );
        var schemas = (document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>()).OrderBy(
            s => s.Key,
            StringComparer.Ordinal
        );
        return new(
            document.Info.Description ?? "",
            [.. groups.OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new ApiDescription.Group(g.Key, [.. g]))],
            [.. schemas.Select(s => new ApiDescription.Schema(s.Key, s.Value.Description, KindOf(s.Value), Members(s.Value)))]
        );
    }

    private static ApiDescription.Operation Of(string path, HttpMethod method, OpenApiOperation operation) =>
        new(
            operation.OperationId ?? method.Method + path,
            method.Method,
            path,
            operation.Summary,
            operation.Description,
            [.. (operation.Parameters ?? []).Select(p => Of(p))],
            BodyOf(operation),
            [.. (operation.Responses ?? []).Select(r => Of(r.Key, r.Value))]
        );

    private static ApiDescription.Parameter Of(IOpenApiParameter parameter)
    {
        var schema = parameter.Schema ?? new OpenApiSchema();
        var isSeveral = Plain(schema) == JsonSchemaType.Array;
        var place = parameter.In?.ToString().ToLowerInvariant() ?? "query";
        return new(
            parameter.Name ?? "",
            place,
            KindOf(isSeveral ? schema.Items ?? schema : schema),
            parameter.Required,
            isSeveral,
            parameter.Description
        );
    }

    private static ApiDescription.Body? BodyOf(OpenApiOperation operation)
    {
        if (operation.RequestBody?.Content?.FirstOrDefault() is not { Value.Schema: { } schema } body)
        {
            return null;
        }

        var isForm = body.Key.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase);
        return new(
            body.Key,
            KindOf(schema),
            isForm ? null : Sample(schema, 0)?.ToJsonString(Indented),
            isForm || NameOf(schema) is null ? Members(schema) : []
        );
    }

    private static ApiDescription.Answer Of(string status, IOpenApiResponse answer)
    {
        var content = answer.Content?.FirstOrDefault();
        var schema = content?.Value?.Schema;
        return new(
            status,
            answer.Description,
            content?.Key,
            schema is null ? null : KindOf(schema),
            schema is null || NameOf(schema) is not null ? [] : Members(schema)
        );
    }

    private static ApiDescription.Kind KindOf(IOpenApiSchema schema)
    {
        if (NameOf(schema) is { } name)
        {
            return new(name, name, Choices(schema));
        }

        if (Plain(schema) == JsonSchemaType.Array && schema.Items is { } items)
        {
            var of = KindOf(items);
            return of with { Text = "array of " + of.Text };
        }

        if (Alternatives(schema) is { Count: > 0 } some)
        {
            var kinds = some.Select(KindOf).ToList();
            return new(string.Join(" or ", kinds.Select(k => k.Text)), kinds.Select(k => k.Named).FirstOrDefault(n => n is not null), []);
        }

        var text = Plain(schema) is { } plain ? string.Join(" or ", Words(plain)) : "any";
        return new(schema.Format is { } format ? $"{text} ({format})" : text, null, Choices(schema), schema.Format == "binary");
    }

    private static IReadOnlyList<ApiDescription.Member> Members(IOpenApiSchema schema) => [.. Members(schema, "", 0)];

    // Into objects without a name of their own; those with one are described under it.
    private static IEnumerable<ApiDescription.Member> Members(IOpenApiSchema schema, string prefix, int depth)
    {
        if (depth > Deepest)
        {
            yield break;
        }

        if (Plain(schema) == JsonSchemaType.Array && schema.Items is { } items && NameOf(items) is null)
        {
            foreach (var member in Members(items, prefix.Length == 0 ? "[]." : prefix.TrimEnd('.') + "[].", depth + 1))
            {
                yield return member;
            }
        }

        foreach (var (name, value) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            yield return new(prefix + name, KindOf(value), schema.Required?.Contains(name) == true, value.Description);
            if (NameOf(value) is null)
            {
                foreach (var member in Members(value, prefix + name + ".", depth + 1))
                {
                    yield return member;
                }
            }
        }
    }

    private static JsonNode? Sample(IOpenApiSchema schema, int depth)
    {
        if (depth > Deepest)
        {
            return null;
        }

        if (schema.Enum is { Count: > 0 } choices)
        {
            return choices[0]?.DeepClone();
        }

        if (Alternatives(schema) is [var first, ..])
        {
            return Sample(first, depth + 1);
        }

        if (Plain(schema) == JsonSchemaType.Array)
        {
            return schema.Items is { } items ? new JsonArray(Sample(items, depth + 1)) : new JsonArray();
        }

        if (schema.Properties is { Count: > 0 } members)
        {
            return new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, Sample(m.Value, depth + 1))));
        }

        return Plain(schema) switch
        {
            { } some when some.HasFlag(JsonSchemaType.Object) => new JsonObject(),
            { } some when some.HasFlag(JsonSchemaType.Boolean) => JsonValue.Create(false),
            { } some when some.HasFlag(JsonSchemaType.Integer) || some.HasFlag(JsonSchemaType.Number) => JsonValue.Create(1),
            _ => JsonValue.Create(
                schema.Format switch
                {
                    "date" => "2030-05-17",
                    "date-time" => "2030-05-17T12:00:00Z",
                    "uuid" => Guid.Empty.ToString(),
                    _ => "",
                }
            ),
        };
    }

    private static string? NameOf(IOpenApiSchema schema) => schema is OpenApiSchemaReference reference ? reference.Reference.Id : null;

    private static IReadOnlyList<string> Choices(IOpenApiSchema schema) =>
        [
            .. (schema.Enum ?? [])
                .Where(c => c is not null)
                .Select(c => c.GetValueKind() == JsonValueKind.String ? c.GetValue<string>() : c.ToJsonString()),
        ];

    private static List<IOpenApiSchema> Alternatives(IOpenApiSchema schema) =>
        [
            .. (schema.OneOf ?? [])
                .Concat(schema.AnyOf ?? [])
                .Concat(schema.AllOf ?? [])
                .Where(s => s is OpenApiSchemaReference || s.Type != JsonSchemaType.Null),
        ];

    // That it may be null is said by its not being required, or in its text.
    private static JsonSchemaType? Plain(IOpenApiSchema schema) =>
        schema.Type is { } type && (type & ~JsonSchemaType.Null) is var some && some != 0 ? some : null;

    private static IEnumerable<string> Words(JsonSchemaType types) =>
        Enum.GetValues<JsonSchemaType>()
            .Where(t => t != 0 && types.HasFlag(t))
            .Select(t => t.ToString().ToLower(CultureInfo.InvariantCulture));
}
