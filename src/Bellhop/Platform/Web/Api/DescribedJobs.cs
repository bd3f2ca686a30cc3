using Microsoft.OpenApi;

namespace Bellhop.Platform.Web;

/// <summary>
/// Describes what comes of jobs. A job's row keeps its result as the text that the job wrote, so that the framework knows nothing of it.
/// </summary>
internal static class DescribedJobs
{
    public static void Describe(OpenApiDocument document, IEnumerable<JobResult> results)
    {
        var schemas = document.Components!.Schemas!;
        if (!schemas.TryGetValue(nameof(JobRow), out var row) || row.Properties is not { } members)
        {
            return;
        }

        var choices = new List<IOpenApiSchema> { new OpenApiSchema { Type = JsonSchemaType.Null } };
        foreach (var result in results)
        {
            schemas[result.Name] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Properties = result.Always.Concat(result.Sometimes).ToDictionary(name => name, IOpenApiSchema (_) => Number()),
                Required = result.Always.ToHashSet(StringComparer.Ordinal),
                AdditionalPropertiesAllowed = false,
            };
            choices.Add(new OpenApiSchemaReference(result.Name, document));
        }

        members["result"] = new OpenApiSchema { OneOf = choices, Description = "Numbers that came of it, so far." };
    }

    private static OpenApiSchema Number() => new() { Type = JsonSchemaType.Integer, Format = "int32" };
}
