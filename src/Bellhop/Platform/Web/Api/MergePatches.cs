using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Bellhop.Platform.Web;

/// <summary>
/// Describes merge patches, in which every member is optional. The framework's schema generator fails on a left-out
/// <see cref="Optional{T}"/>, so it gets a plain JSON object instead.
/// </summary>
internal sealed class MergePatches : IApiDescriptionProvider
{
    public int Order => 100; // after the framework's own

    public void OnProvidersExecuting(ApiDescriptionProviderContext context) { }

    public void OnProvidersExecuted(ApiDescriptionProviderContext context)
    {
        foreach (var body in context.Results.SelectMany(r => r.ParameterDescriptions).Where(p => IsPatch(p.Type)))
        {
            body.Type = typeof(JsonObject);
        }
    }

    /// <summary>Says what the members of a patch are.</summary>
    public static async Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var method = context.Description.ActionDescriptor.EndpointMetadata.OfType<MethodInfo>().LastOrDefault();
        if (
            operation.RequestBody?.Content is not { } content
            || method?.GetParameters().FirstOrDefault(p => IsPatch(p.ParameterType))?.ParameterType is not { } patch
        )
        {
            return;
        }

        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "RFC 7396: a member left out stays as it is, null empties it.",
            Properties = new Dictionary<string, IOpenApiSchema>(),
        };
        foreach (var member in patch.GetProperties().Where(p => IsOptional(p.PropertyType)))
        {
            schema.Properties[JsonNamingPolicy.CamelCase.ConvertName(member.Name)] = await context.GetOrCreateSchemaAsync(
                member.PropertyType.GetGenericArguments()[0],
                null,
                cancel
            );
        }

        foreach (var type in content.Values)
        {
            type.Schema = schema;
        }
    }

    private static bool IsPatch(Type? type) =>
        type is { IsClass: true } && type != typeof(string) && type.GetProperties().Any(p => IsOptional(p.PropertyType));

    private static bool IsOptional(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>);
}
