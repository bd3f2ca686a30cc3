using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Bellhop.Platform.Web;

/// <summary>
/// The API's own description: OpenAPI 3.1 at <c>/openapi/v1.json</c>. The page to read and try it, at <c>/api</c>, is made from it.
/// </summary>
internal static class OpenApi
{
    private const string Key = "apiKey";
    private const string Cookie = "session";

    public static void AddDescription(this IServiceCollection services) =>
        services
            .AddSingleton<IApiDescriptionProvider, MergePatches>()
            .AddOpenApi(
                "v1",
                options =>
                {
                    options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
                    options.CreateSchemaReferenceId = SchemaNames.Of;
                    options.ShouldInclude = api =>
                        api.HttpMethod != "HEAD" && api.ActionDescriptor.EndpointMetadata.OfType<ApiRoute>().Any();
                    options.AddDocumentTransformer(
                        (document, context, _) =>
                        {
                            document.Info = new()
                            {
                                Title = "Bellhop",
                                Version = "v1",
                                Description =
                                    "Guests, bookings and everything around them. Instants are UTC, amounts in the "
                                    + "currency's main unit, phones E.164.",
                            };
                            document.Servers = [new() { Url = "/" }];
                            var components = document.Components ??= new();
                            components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                            {
                                [Key] = new OpenApiSecurityScheme
                                {
                                    Type = SecuritySchemeType.Http,
                                    Scheme = "bearer",
                                    Description = "An API key: bh_…",
                                },
                                [Cookie] = new OpenApiSecurityScheme
                                {
                                    Type = SecuritySchemeType.ApiKey,
                                    In = ParameterLocation.Cookie,
                                    Name = "bellhop",
                                    Description = "The signed-in session; writes need the header X-CSRF-TOKEN.",
                                },
                            };
                            document.Security = [new() { [new(Key, document)] = [] }, new() { [new(Cookie, document)] = [] }];
                            components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
                            components.Schemas["Problem"] = Problem();
                            DescribedJobs.Describe(document, context.ApplicationServices.GetServices<JobResult>());
                            return Task.CompletedTask;
                        }
                    );
                    options.AddOperationTransformer(
                        async (operation, context, cancel) =>
                        {
                            Describe(operation, context);
                            await MergePatches.Describe(operation, context, cancel);
                        }
                    );
                    options.AddSchemaTransformer(
                        (schema, context, _) =>
                        {
                            Describe(schema, context.JsonTypeInfo.Type);
                            LeaveOut(schema, context.JsonTypeInfo);
                            return Task.CompletedTask;
                        }
                    );
                }
            );

    public static void MapDescription(this IEndpointRouteBuilder app) => app.MapOpenApi("/openapi/{documentName}.json").WithHead();

    /// <summary>
    /// Declares what a route answers: the resource in what its use case returns, and the statuses it can refuse with, which follow from
    /// what it does.
    /// </summary>
    /// <param name="endpoint">The route.</param>
    /// <param name="mayMiss">It names something that may not be there, in its path or in its query.</param>
    public static void Declare(EndpointBuilder endpoint, bool mayMiss)
    {
        var method = endpoint.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault()?.HttpMethods[0] ?? "GET";
        foreach (var inferred in endpoint.Metadata.OfType<IProducesResponseTypeMetadata>().Where(IsInferred).ToList())
        {
            endpoint.Metadata.Remove(inferred);
        }

        var returned = endpoint.Metadata.OfType<MethodInfo>().Last().ReturnType;
        returned =
            returned.IsGenericType
            && (returned.GetGenericTypeDefinition() == typeof(Task<>) || returned.GetGenericTypeDefinition() == typeof(ValueTask<>))
                ? returned.GetGenericArguments()[0]
                : returned;
        var kind = returned.IsGenericType ? returned.GetGenericTypeDefinition() : null;
        var (value, statuses) = (kind, method) switch
        {
            _ when returned == typeof(Task) || returned == typeof(void) => (typeof(void), (int[])[204]),
            (not null, "POST") when kind == typeof(Saved<>) => (returned.GetGenericArguments()[0], [200, 201]),
            (not null, _) when kind == typeof(Saved<>) => (returned.GetGenericArguments()[0], [200]),
            (not null, _) when kind == typeof(Answered<>) => (returned.GetGenericArguments()[0], [200, 202]),
            _ => (returned, [200]),
        };
        foreach (var status in statuses.Where(_ => !typeof(IResult).IsAssignableFrom(value)))
        {
            endpoint.Metadata.Add(new ProducesResponseTypeMetadata(status, value, value == typeof(void) ? [] : ["application/json"]));
        }

        foreach (var status in Refusals(method, mayMiss, endpoint.Metadata.OfType<IAcceptsMetadata>().Any()))
        {
            endpoint.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(void), ["application/problem+json"]));
        }
    }

    // A file is said by its route alone: its use case returns no resource.
    private static bool IsInferred(IProducesResponseTypeMetadata answer) =>
        answer.StatusCode is 200 or 204 && answer.ContentTypes.All(type => type is "application/json" or "text/plain");

    private static IEnumerable<int> Refusals(string method, bool mayMiss, bool hasBody)
    {
        IEnumerable<int> always = [400, 401, 403, 429, 500, 503];
        var mine = mayMiss || method != "GET" ? always.Append(404) : always;
        return method switch
        {
            "POST" => mine.Concat([409, 413, 415, 422, 507]),
            "PUT" or "PATCH" => mine.Concat([409, 412, 413, 415, 507]),
            "DELETE" => mine.Concat(hasBody ? [409, 412, 413, 415, 507] : [409, 412, 507]),
            _ => mine,
        };
    }

    private static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var route = metadata.OfType<ApiRoute>().Last();
        operation.Responses ??= [];
        foreach (var problem in metadata.OfType<IProducesResponseTypeMetadata>().Where(p => p.StatusCode >= 400))
        {
            operation.Responses[problem.StatusCode.ToString(System.Globalization.CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(problem.StatusCode),
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference("Problem", context.Document) },
                },
            };
        }

        DescribedFiles.Describe(operation, metadata);
        Merged(operation, context.Description);
        operation.Parameters ??= [];
        foreach (var (name, several) in route.Query.Where(q => !operation.Parameters.Any(p => p.Name == q.Key)))
        {
            var text = new OpenApiSchema { Type = JsonSchemaType.String };
            operation.Parameters.Add(
                new OpenApiParameter
                {
                    Name = name,
                    In = ParameterLocation.Query,
                    Explode = true,
                    Schema = several ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = text } : text,
                }
            );
        }

        if (context.Description.HttpMethod == "POST")
        {
            operation.Parameters.Add(
                new OpenApiParameter
                {
                    Name = "Idempotency-Key",
                    In = ParameterLocation.Header,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 255 },
                    Description = "The same key and body within 24 hours answer the first answer again.",
                }
            );
        }

        if (context.Description.HttpMethod is "PATCH")
        {
            operation.Parameters.Add(
                new OpenApiParameter
                {
                    Name = "If-Match",
                    In = ParameterLocation.Header,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                    Description = "The ETag of what is changed; another stored one is 412.",
                }
            );
        }
    }

    /// <summary>Reading a merged guest leads to the one that is kept.</summary>
    private static void Merged(OpenApiOperation operation, ApiDescription route)
    {
        if (route.HttpMethod == "GET" && route.RelativePath?.StartsWith("api/v1/contacts/{id}", StringComparison.Ordinal) == true)
        {
            operation.Responses!["308"] = new OpenApiResponse { Description = "Merged into another guest; Location leads there" };
        }
    }

    /// <summary>A member that is left out where it is empty is not required.</summary>
    private static void LeaveOut(OpenApiSchema schema, System.Text.Json.Serialization.Metadata.JsonTypeInfo type)
    {
        foreach (var member in type.Properties)
        {
            var ignored = member.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true);
            if (ignored is [JsonIgnoreAttribute { Condition: JsonIgnoreCondition.WhenWritingNull }])
            {
                schema.Required?.Remove(member.Name);
            }
        }
    }

    /// <summary>What our own converters write, said in the schema.</summary>
    private static void Describe(OpenApiSchema schema, Type type)
    {
        var isNullable = false;
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            (type, isNullable) = (inner, true);
        }

        if (type == typeof(Money))
        {
            schema.Type = JsonSchemaType.Object;
            schema.Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["amount"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Number,
                    Description = "In the main unit, with the currency's decimals",
                },
                ["currency"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "ISO 4217" },
            };
            schema.Required = new HashSet<string> { "amount", "currency" };
        }
        else if (type == typeof(DateTime) || type == typeof(DateTimeOffset))
        {
            schema.Type = isNullable ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
            schema.Format = "date-time";
        }
        else if (type == typeof(string) && schema.Type is null)
        {
            schema.Type = JsonSchemaType.String | JsonSchemaType.Null;
        }
        else if (type.IsEnum)
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. Enum.GetNames(type).Select(name => System.Text.Json.Nodes.JsonValue.Create(name)!)];
        }
    }

    private static OpenApiSchema Problem() =>
        new()
        {
            Type = JsonSchemaType.Object,
            Description = "RFC 9457",
            Required = new HashSet<string> { "type", "title", "status" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                ["errors"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Description = "What is wrong, by field",
                    AdditionalProperties = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Array,
                        Items = new OpenApiSchema { Type = JsonSchemaType.String },
                    },
                },
            },
        };
}
