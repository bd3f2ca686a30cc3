using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Bellhop.Platform.Web;

/// <summary>
/// What every API route asks before its body is read, in this order: known at all, not too often, a token with a cookie, the permission,
/// not too large, not compressed, a type and charset we speak, no unknown query parameter, ids that can be ids, and the key that makes a
/// POST safe to repeat. Of other routes, only the type and the charset of a body are checked.
/// </summary>
internal sealed class ApiChecks(RequestDelegate next, Throttles throttles, IAntiforgery antiforgery, Idempotency idempotency)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var reads = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        if (http.GetEndpoint()?.Metadata.GetMetadata<ApiRoute>() is not { } route)
        {
            if (!reads)
            {
                WeSpeak(http); // the framework fails on a form in a charset that it does not know
            }

            await next(http);
            return;
        }

        var who = Actor.Of(http);
        NotTooOften(http, who);
        who.DemandSignedIn(); // the use case asks for a second factor, unless it is there to set one up
        if (who.Kind == ActorKind.User && !reads)
        {
            await FromOurPages(http);
        }

        foreach (var needed in route.Needs)
        {
            needed.Demand(who);
        }

        NotTooLarge(http, route.BodyLimit);
        NotPacked(http);
        WeSpeak(http);
        StrictQuery.Demand(http.Request.Query, route.Query);
        IdsAreIds(http, route);
        if (HttpMethods.IsPost(http.Request.Method) && http.Request.Headers.ContainsKey("Idempotency-Key"))
        {
            await idempotency.Run(http, who, next);
        }
        else
        {
            await next(http);
        }
    }

    private void NotTooOften(HttpContext http, Actor who)
    {
        var caller = who.IsKnown ? who.Id.ToString("N") : Throttles.Network(http.Connection.RemoteIpAddress);
        if (throttles.Api.Take(caller) is { } seconds)
        {
            throw Refusal.TooMany(seconds);
        }
    }

    private async Task FromOurPages(HttpContext http)
    {
        // Without the header, the framework would look for the token in the body, which is not read before the permission is asked.
        if (!http.Request.Headers.ContainsKey(FormTokens.Header) || !await antiforgery.IsRequestValidAsync(http))
        {
            throw Refusal.Of(400, "antiforgery", ErrorText.Of<WebTexts>("Antiforgery"));
        }
    }

    private static void NotTooLarge(HttpContext http, long limit)
    {
        if (http.Request.ContentLength > limit)
        {
            throw new BadHttpRequestException("The body is too large.", 413);
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = limit;
        }
    }

    /// <summary>Nothing here unpacks a body, so that a small one cannot become a large one.</summary>
    private static void NotPacked(HttpContext http)
    {
        if (
            http.Request.Headers.ContentEncoding is { Count: > 0 } coding
            && !coding.ToString().Equals("identity", StringComparison.OrdinalIgnoreCase)
        )
        {
            throw Refusal.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", ErrorText.Of<WebTexts>("Packed"));
        }
    }

    /// <summary>A body is UTF-8; which media types a route takes, its own binding says.</summary>
    private static void WeSpeak(HttpContext http)
    {
        if (http.Request.ContentType is not { Length: > 0 } given)
        {
            return;
        }

        if (
            !MediaTypeHeaderValue.TryParse(given, out var type)
            || (type.Charset.HasValue && !HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        )
        {
            throw new BadHttpRequestException(
                "The body is of a type or charset that is not taken.",
                StatusCodes.Status415UnsupportedMediaType
            );
        }

        // The framework's JSON reader fails on a charset in quotes, which RFC 9110 allows.
        if (type.Charset.HasValue)
        {
            type.Charset = "utf-8";
            http.Request.ContentType = type.ToString();
        }
    }

    /// <summary>Refuses a path id that has not the form of an id, with the same 404 as for an id that does not exist.</summary>
    private static void IdsAreIds(HttpContext http, ApiRoute route)
    {
        foreach (var name in route.Ids)
        {
            if (!Guid.TryParseExact(http.Request.RouteValues[name] as string, "D", out _))
            {
                throw Refusal.NotThere();
            }
        }
    }
}

/// <summary>What the checks need to know about a route, computed once.</summary>
internal sealed record ApiRoute(
    IReadOnlyDictionary<string, bool> Query,
    IReadOnlyList<string> Ids,
    long BodyLimit,
    IReadOnlyList<NeededPermissions> Needs
)
{
    public const long DefaultLimit = 1024 * 1024;

    /// <summary>Reads a route's own declarations; called when it is built.</summary>
    public static void Add(EndpointBuilder endpoint)
    {
        var query = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var name in endpoint.Metadata.OfType<QueryNames>().SelectMany(q => q.Names))
        {
            query[name.TrimEnd('*')] = name.EndsWith('*');
        }

        var inPath = ((RouteEndpointBuilder)endpoint)
            .RoutePattern.Parameters.Select(p => p.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var ids = endpoint
            .Metadata.OfType<IParameterBindingMetadata>()
            .Where(p => p.ParameterInfo.ParameterType == typeof(Guid) && inPath.Contains(p.Name))
            .Select(p => p.Name)
            .ToArray();
        var limit = endpoint.Metadata.OfType<BodyLimit>().LastOrDefault()?.Bytes ?? DefaultLimit;
        endpoint.Metadata.Add(new ApiRoute(query, ids, limit, [.. endpoint.Metadata.OfType<NeededPermissions>()]));

        OpenApi.Declare(endpoint, inPath.Count > 0 || query.Keys.Any(name => name.EndsWith("Id", StringComparison.Ordinal)));

        // A merge patch has its own media type; every other body is plain JSON. The last declaration counts.
        if (
            endpoint.Metadata.OfType<IHttpMethodMetadata>().Any(m => m.HttpMethods.Contains("PATCH"))
            && endpoint.Metadata.OfType<IAcceptsMetadata>().LastOrDefault() is { RequestType: not null } body
        )
        {
            endpoint.Metadata.Add(
                new AcceptsMetadata(["application/merge-patch+json", "application/json"], body.RequestType, body.IsOptional)
            );
        }
    }
}
