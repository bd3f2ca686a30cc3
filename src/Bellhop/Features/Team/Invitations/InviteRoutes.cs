using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Bellhop.Features.Team;

/// <summary>The page of an invitation's link: plain HTML, no circuit.</summary>
public static class InviteRoutes
{
    public static void MapInvite(this RouteGroupBuilder app)
    {
        app.MapGet("/invite/{token}", See)
            .WithHead()
            .WithName("SeeInvitation")
            .WithSummary("The page on which a person accepts an invitation")
            .ExcludeFromDescription();
        app.MapPost("/invite/{token}", Accept)
            .WithName("AcceptInvitation")
            .WithSummary("A person accepts an invitation, once")
            .WithMetadata(new RequestSizeLimitAttribute(64 * 1024))
            .DisableAntiforgery()
            .ExcludeFromDescription();
    }

    private static async Task<RazorComponentResult<InvitePage>> See(
        string token,
        HttpContext http,
        Actor who,
        BellhopDb db,
        ILookupNormalizer names,
        IAntiforgery antiforgery,
        CancellationToken cancel
    )
    {
        try
        {
            return Page(http, antiforgery, await SeeInvitation.Run(token, who, db, names, cancel));
        }
        catch (Refusal refusal) when (refusal.Status == 404)
        {
            return Page(http, antiforgery, null);
        }
    }

    private static async Task<IResult> Accept(
        string token,
        HttpContext http,
        Actor who,
        BellhopDb db,
        Passwords passwords,
        ILookupNormalizer names,
        ActorSource actors,
        SessionCookie cookie,
        IAntiforgery antiforgery,
        CancellationToken cancel
    )
    {
        var form = await http.Request.ReadForm(cancel);
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            throw Refusal.Of(400, "antiforgery", ErrorText.Of<WebTexts>("Antiforgery"));
        }

        try
        {
            var input = new AcceptInvitation.Input(form["password"], form["name"], http.Request.Headers.UserAgent);
            cookie.Write(http, await AcceptInvitation.Run(token, input, who, db, passwords, names, actors, cancel));
        }
        catch (Refusal refusal) when (refusal.Status is 400 or 401)
        {
            return Page(http, antiforgery, await SeeInvitation.Run(token, who, db, names, cancel), refusal, form["name"]);
        }
        catch (Refusal refusal) when (refusal.Status == 404)
        {
            return Page(http, antiforgery, null);
        }

        http.Response.Headers.Location = "/";
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static RazorComponentResult<InvitePage> Page(
        HttpContext http,
        IAntiforgery antiforgery,
        SeeInvitation.Row? invitation,
        Refusal? refusal = null,
        string? name = null
    )
    {
        var tokens = antiforgery.GetAndStoreTokens(http);
        http.Response.Headers.CacheControl = "no-store";
        return new(
            new
            {
                Invitation = invitation,
                Refusal = refusal,
                Name = name ?? invitation?.Name,
                Path = http.Request.Path.Value,
                FormField = tokens.FormFieldName,
                FormToken = tokens.RequestToken,
            }
        )
        {
            StatusCode = invitation is null ? StatusCodes.Status404NotFound : refusal?.Status ?? StatusCodes.Status200OK,
        };
    }
}
