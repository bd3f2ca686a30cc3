using System.Globalization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;

namespace Bellhop.Platform.Web;

/// <summary>The route takes a multipart form with a <c>file</c> and these fields; one that must be given ends in <c>!</c>.</summary>
internal sealed record TakenFile(IReadOnlyList<string> Fields);

/// <summary>The route answers a file of whatever type it has. The framework's own declaration takes no wildcard.</summary>
internal sealed class AnyFile : IProducesResponseTypeMetadata
{
    public Type Type => typeof(void);
    public int StatusCode => StatusCodes.Status200OK;
    public IEnumerable<string> ContentTypes => ["*/*"];
}

/// <summary>Describes the files that routes take and give. They are read and written by hand, so that the framework knows nothing of
/// them.</summary>
internal static class DescribedFiles
{
    public static void Describe(OpenApiOperation operation, IList<object> metadata)
    {
        foreach (var file in metadata.OfType<IProducesResponseTypeMetadata>().Where(p => p.StatusCode < 400 && p.ContentTypes.Any()))
        {
            var status = file.StatusCode.ToString(CultureInfo.InvariantCulture);
            if (
                operation.Responses!.TryGetValue(status, out var answer) && answer is OpenApiResponse { Content: null or { Count: 0 } } bare
            )
            {
                bare.Content = file.ContentTypes.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = Binary() });
            }
        }

        if (metadata.OfType<TakenFile>().LastOrDefault() is { } taken)
        {
            var text = new OpenApiSchema { Type = JsonSchemaType.String };
            var members = taken.Fields.ToDictionary(field => field.TrimEnd('!'), IOpenApiSchema (_) => text);
            members["file"] = Binary();
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["multipart/form-data"] = new()
                    {
                        Schema = new OpenApiSchema
                        {
                            Type = JsonSchemaType.Object,
                            Properties = members,
                            Required = taken.Fields.Where(f => f.EndsWith('!')).Select(f => f.TrimEnd('!')).Append("file").ToHashSet(),
                        },
                    },
                },
            };
        }
    }

    private static OpenApiSchema Binary() => new() { Type = JsonSchemaType.String, Format = "binary" };
}
