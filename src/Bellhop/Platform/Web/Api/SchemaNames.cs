using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;

namespace Bellhop.Platform.Web;

/// <summary>
/// Names a type in the API's description. The name contains the outer type's name, because every use case has its own <c>Input</c> and
/// <c>Row</c>.
/// </summary>
internal static class SchemaNames
{
    /// <summary>Null for what is described where it is used.</summary>
    public static string? Of(JsonTypeInfo type) => OpenApiOptions.CreateDefaultSchemaReferenceId(type) is null ? null : Name(type.Type);

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Name(inner);
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "Array";
        }

        var own = type.Name.Split('`')[0];
        var whose = type is { IsNested: true, DeclaringType: { } outer } ? outer.Name.Split('`')[0] : "";
        return whose + own + (type.IsGenericType ? "Of" + string.Join("And", type.GetGenericArguments().Select(Name)) : "");
    }
}
