using System.Globalization;
using System.Text.Json;
using Bellhop.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Bellhop.Platform.Web;

/// <summary>
/// The one handler of everything that goes wrong: over the API an RFC 9457 problem, on a page a short sentence. Nothing of an exception
/// shows but, at a 500, the id under which the log has it. A refused right or an unseen id of somebody known is written to the audit log
/// here.
/// </summary>
internal sealed partial class Problems(
    RequestDelegate next,
    IStringLocalizerFactory texts,
    IDbContextFactory<BellhopDb> dbs,
    RefusalCount refusals,
    ILogger<Problems> log
)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var api = Web.IsApi(http.Request.Path) || http.Request.Path.StartsWithSegments("/webhooks", StringComparison.OrdinalIgnoreCase);
        if (api)
        {
            // Programs get these texts in one language, even if a browser asks for another.
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        }

        try
        {
            await next(http);
            if (api && !http.Response.HasStarted && http.Response is { StatusCode: >= 400, ContentType: null, ContentLength: null })
            {
                await Write(http, OfStatus(http.Response.StatusCode));
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception error) when (!http.Response.HasStarted)
        {
            await Answer(http, error, api);
        }
    }

    private async Task Answer(HttpContext http, Exception error, bool api)
    {
        var refusal = OfError(error);
        string? id = null;
        if (refusal.Status == 500)
        {
            id = Guid.CreateVersion7().ToString("N");
            // The error's message is not logged: it may quote a guest.
            LogFailed(
                id,
                http.Request.Method,
                (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "",
                string.Join(" < ", Chain(error).Select(e => e.GetType().FullName)),
                error.StackTrace ?? ""
            );
        }
        else
        {
            await Record(http, refusal);
        }

        if (api)
        {
            await Write(http, refusal, id);
        }
        else
        {
            await WritePage(http, refusal, id);
        }
    }

    private async Task Record(HttpContext http, Refusal refusal)
    {
        try
        {
            await using var db = await dbs.CreateDbContextAsync(http.RequestAborted);
            await Refusals.Record(db, refusals, Actor.Of(http), refusal, CancellationToken.None);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            LogNotRecorded(refusal.Status, error.GetType().Name); // the refusal stands, whatever the database says
        }
    }

    private Refusal OfError(Exception error) =>
        error switch
        {
            Refusal refusal => refusal,
            BadHttpRequestException { InnerException: JsonException json } => JsonErrors.Of(json),
            BadHttpRequestException { StatusCode: 400 } bad
                when bad.Message.EndsWith("from body.", StringComparison.Ordinal)
                    || bad.Message.Contains("no body was provided", StringComparison.Ordinal) => JsonErrors.NoBody(),
            BadHttpRequestException { StatusCode: 400 } bad => JsonErrors.Parameter(bad.Message) ?? OfStatus(400),
            BadHttpRequestException bad => OfStatus(bad.StatusCode),
            _ => OfDatabase(error),
        };

    private Refusal OfDatabase(Exception error)
    {
        if (DiskFailure.IsFull(error))
        {
            return OfStatus(507);
        }

        using var db = dbs.CreateDbContext();
        return db.FailureOf(error) switch
        {
            DatabaseFailure.Away => OfStatus(503),
            DatabaseFailure.Full => OfStatus(507),
            _ => OfStatus(500),
        };
    }

    private static Refusal OfStatus(int status) =>
        status switch
        {
            401 => Refusal.NotSignedIn(),
            404 => Refusal.NotThere(),
            400 => Of(400, "invalid"),
            405 => Of(405, "method-not-allowed"),
            408 => Of(408, "too-slow"),
            413 => Of(413, "too-large"),
            415 => Of(415, "unsupported-media-type"),
            503 => Of(503, "unavailable", retryAfter: 5),
            507 => Of(507, "disk-full"),
            < 500 => Refusal.Of(status, "refused", ErrorText.Of<WebTexts>("Status.400")),
            _ => Of(500, "failed"),
        };

    private static Refusal Of(int status, string type, int? retryAfter = null) =>
        Refusal.Of(status, type, ErrorText.Of<WebTexts>(string.Create(CultureInfo.InvariantCulture, $"Status.{status}")), retryAfter);

    private async Task Write(HttpContext http, Refusal refusal, string? id = null)
    {
        Head(http, refusal);
        http.Response.ContentType = "application/problem+json";
        using var buffer = new MemoryStream();
        await using (var json = new Utf8JsonWriter(buffer, new() { Encoder = Json.Options.Encoder }))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, refusal.Type);
            json.WriteString("title"u8, Say(refusal.Title));
            json.WriteNumber("status"u8, refusal.Status);
            if (id is not null)
            {
                json.WriteString("id"u8, id);
            }

            foreach (var (name, value) in refusal.Extra)
            {
                json.WritePropertyName(name);
                JsonSerializer.Serialize(json, value, Json.Options);
            }

            if (refusal.Errors.Count > 0)
            {
                json.WriteStartObject("errors"u8);
                foreach (var (field, errors) in refusal.Errors)
                {
                    json.WriteStartArray(field);
                    foreach (var error in errors)
                    {
                        json.WriteStringValue(Say(error));
                    }

                    json.WriteEndArray();
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        http.Response.ContentLength = buffer.Length;
        await http.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), http.RequestAborted);
    }

    private async Task WritePage(HttpContext http, Refusal refusal, string? id)
    {
        Head(http, refusal);
        http.Response.ContentType = "text/html; charset=utf-8";
        var words = texts.Create(typeof(WebTexts));
        var language = CultureInfo.CurrentUICulture is { Name.Length: > 0 } culture ? culture.Name : "en";
        var direction = CultureInfo.CurrentUICulture.TextInfo.IsRightToLeft ? "rtl" : "ltr";
        var number = id is null ? Html.None : Html.Of($"<p>{words["Page.Id", id].Value}</p>");
        var page = Html.Of(
            $"""
            <!doctype html><html lang="{language}" dir="{direction}" data-theme="system">
            <meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>{words["Page.Title"].Value}</title><link rel="stylesheet" href="/bellhop.css"><main class="plain"><section class="state">
            <h1>{words["Page.Title"].Value}</h1><p>{Say(refusal.Title)}</p>{number}<p><a class="btn" href="/">{words[
                "Page.Back"
            ].Value}</a></p></section></main></html>
            """
        );
        await http.Response.WriteAsync(page.ToString(), http.RequestAborted);
    }

    private static void Head(HttpContext http, Refusal refusal)
    {
        http.Response.StatusCode = refusal.Status;
        if (refusal.RetryAfter is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (refusal.Status == 401 && Web.IsApi(http.Request.Path))
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
        }
    }

    private string Say(ErrorText error) => Refusals.Say(error, texts);

    private static IEnumerable<Exception> Chain(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            yield return error;
        }
    }

    [LoggerMessage(LogLevel.Error, "{Id}: {Method} {Route} failed: {Errors}\n{Stack}")]
    private partial void LogFailed(string id, string method, string route, string errors, string stack);

    [LoggerMessage(LogLevel.Warning, "A refusal ({Status}) could not be written to the audit log: {Error}")]
    private partial void LogNotRecorded(int status, string error);
}
