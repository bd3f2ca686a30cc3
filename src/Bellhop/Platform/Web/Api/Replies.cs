using System.Text.Json;

namespace Bellhop.Platform.Web;

/// <summary>The answer of an action that is not a resource with a version, such as a count or a job.</summary>
/// <param name="Value">The body.</param>
/// <param name="Status">200; 202 if work is still to be done.</param>
/// <param name="Location">The path under <c>/api/v1</c> where the progress can be read.</param>
/// <param name="ContactId">The contact whose data is in the value, if any.</param>
public sealed record Answered<T>(T Value, int Status = 200, string? Location = null, Guid? ContactId = null) : IAnswered
{
    object? IAnswered.Value => Value;

    object? IAnswered.Keep => Keep ?? Value;

    /// <summary>The value to keep for a repeated call, without the secret that is shown only once.</summary>
    public T? Keep { get; init; }
}

/// <summary>An <see cref="Answered{T}"/> of any type, for the filters.</summary>
public interface IAnswered
{
    object? Value { get; }
    object? Keep { get; }
    int Status { get; }
    string? Location { get; }
    Guid? ContactId { get; }
}

/// <summary>A finished HTTP answer. The same bytes are sent and kept.</summary>
internal sealed record Reply(int Status, string? Location, string? ETag, byte[]? Body, Guid? ContactId = null) : IResult
{
    /// <summary>Turns a use case's result into an HTTP answer.</summary>
    public static Reply Of(object? result) => Of(result, Value(result));

    /// <summary>The answer that is kept for a repeated call.</summary>
    public static Reply OfKept(object? result) => Of(result, Keep(result));

    /// <summary>
    /// The answer of a call whose kept answer is made already. Most calls keep the answer that they give, so that its JSON is made once.
    /// </summary>
    public static Reply Of(object? result, Reply kept) => ReferenceEquals(Value(result), Keep(result)) ? kept : Of(result);

    private static Reply Of(object? result, object? body) =>
        result switch
        {
            ISaved saved => new(saved.Created is null ? 200 : 201, Absolute(saved.Created), saved.ETag, Bytes(body), saved.ContactId),
            IAnswered answered => new(answered.Status, Absolute(answered.Location), null, Bytes(body), answered.ContactId),
            null => new(204, null, null, null),
            _ => new(200, null, null, Bytes(body)),
        };

    private static object? Value(object? result) =>
        result switch
        {
            ISaved saved => saved.Value,
            IAnswered answered => answered.Value,
            _ => result,
        };

    private static object? Keep(object? result) =>
        result switch
        {
            ISaved saved => saved.Keep,
            IAnswered answered => answered.Keep,
            _ => result,
        };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        if (ETag is not null)
        {
            response.Headers.ETag = ETag;
            if (
                (HttpMethods.IsGet(httpContext.Request.Method) || HttpMethods.IsHead(httpContext.Request.Method))
                && httpContext.Request.Headers.IfNoneMatch is { Count: > 0 } known
                && EntityTags.Match(known.ToString(), ETag, weakly: true)
            )
            {
                response.StatusCode = 304;
                return;
            }
        }

        response.StatusCode = Status;
        if (Body is not null)
        {
            response.ContentType = "application/json";
            response.ContentLength = Body.Length;
            await response.Body.WriteAsync(Body, httpContext.RequestAborted);
        }
    }

    private static byte[] Bytes(object? value) =>
        value is IFastJson written
            ? FastJson.Bytes(written)
            : JsonSerializer.SerializeToUtf8Bytes(value, value?.GetType() ?? typeof(object), Json.Options);

    private static string? Absolute(string? path) => path is null ? null : Web.Prefix + path;
}

/// <summary>Turns what a use case returned into status, <c>Location</c>, <c>ETag</c> and body, so that a route stays one line.</summary>
internal sealed class ReplyFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        if (result is IResult and not Microsoft.AspNetCore.Http.HttpResults.EmptyHttpResult)
        {
            return result;
        }

        var call = context.HttpContext.Features.Get<IdempotentCall>();
        var reply = call?.Kept ?? Reply.Of(result is Microsoft.AspNetCore.Http.HttpResults.EmptyHttpResult ? null : result);
        if (call is { Kept: null })
        {
            await call.KeepLate(reply, context.HttpContext.RequestAborted);
        }

        return reply;
    }
}
