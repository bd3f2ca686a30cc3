using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Bellhop.Features.Reviews;

/// <summary>
/// The page behind a guest's review link: plain HTML, no circuit, no cookie. The link itself is the only proof, and nobody can guess it.
/// </summary>
public static class RateRoutes
{
    public static void AddReviews(this WebApplicationBuilder builder) => builder.Services.AddSingleton<ReviewLinks>();

    public static void MapRating(this RouteGroupBuilder app)
    {
        app.MapGet("/review/{token}", See)
            .WithHead()
            .WithName("SeeStay")
            .WithSummary("The page on which a guest rates a stay")
            .ExcludeFromDescription();
        app.MapPost("/review/{token}", Rate)
            .WithName("RateStay")
            .WithSummary("A guest rates a stay, once")
            .WithMetadata(new RequestSizeLimitAttribute(64 * 1024))
            .DisableAntiforgery()
            .ExcludeFromDescription();
    }

    private static async Task<RazorComponentResult<RatePage>> See(
        string token,
        HttpContext http,
        BellhopDb db,
        ReviewLinks links,
        Throttles throttles,
        CancellationToken cancel
    )
    {
        Take(http, throttles);
        try
        {
            return Page(http, await SeeStay.Run(token, db, links, cancel));
        }
        catch (Refusal refusal) when (refusal.Status == 404)
        {
            return Page(http, null);
        }
    }

    private static async Task<IResult> Rate(
        string token,
        HttpContext http,
        BellhopDb db,
        ReviewLinks links,
        Throttles throttles,
        CancellationToken cancel
    )
    {
        Take(http, throttles);
        var form = await http.Request.ReadForm(cancel);
        try
        {
            var stars = form["stars"].ToString() is [>= '1' and <= '5'] given ? given[0] - '0' : 0;
            try
            {
                await RateStay.Run(token, new(stars, form["comment"]), Actor.Of(http).From, db, links, cancel);
            }
            catch (Refusal refusal) when (refusal.Status == 400)
            {
                return Page(http, await SeeStay.Run(token, db, links, cancel), refusal, stars, form["comment"]);
            }
        }
        catch (Refusal refusal) when (refusal.Status == 404)
        {
            return Page(http, null);
        }

        // 303 makes the browser load the page again. From now on the page says thanks.
        http.Response.Headers.Location = http.Request.Path.Value;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static RazorComponentResult<RatePage> Page(
        HttpContext http,
        SeeStay.Row? stay,
        Refusal? refusal = null,
        int stars = 0,
        string? comment = null
    )
    {
        http.Response.Headers.CacheControl = "no-store";
        return new(
            new
            {
                Stay = stay,
                Refusal = refusal,
                Stars = stars,
                Comment = comment,
                Path = http.Request.Path.Value,
            }
        )
        {
            StatusCode = stay is null ? StatusCodes.Status404NotFound : refusal?.Status ?? StatusCodes.Status200OK,
        };
    }

    /// <exception cref="Refusal">429 for too many requests from one network.</exception>
    private static void Take(HttpContext http, Throttles throttles)
    {
        if (throttles.RatingsOfNetwork.Take(Throttles.Network(http.Connection.RemoteIpAddress)) is { } seconds)
        {
            throw Refusal.TooMany(seconds);
        }
    }
}
