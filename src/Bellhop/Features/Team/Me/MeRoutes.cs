using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Bellhop.Ui;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace Bellhop.Features.Team;

internal static class MeRoutes
{
    public static void MapMe(this IEndpointRouteBuilder api)
    {
        var me = api.MapGroup("/me").WithTags("Me");
        me.MapGet("/", SeeMe.Run).WithName("SeeMe").WithSummary("One's own name, language and first page");
        me.MapPatch("/", ChangeMe.Run).WithName("ChangeMe").WithSummary("Changes one's own name, language or first page by merge patch");
    }

    /// <summary>The form of the account menu. It sets the cookie, which an open page cannot do.</summary>
    public static void MapLanguage(this IEndpointRouteBuilder app) =>
        app.MapPost("/language", Choose)
            .WithOrder(-1)
            .WithName("ChooseLanguage")
            .WithSummary("Keeps the language that a person chose, and shows the page in it")
            .WithMetadata(new RequestSizeLimitAttribute(64 * 1024))
            .DisableAntiforgery()
            .ExcludeFromDescription();

    private static async Task<IResult> Choose(
        HttpContext http,
        Actor who,
        BellhopDb db,
        ActorSource actors,
        IAntiforgery antiforgery,
        CancellationToken cancel
    )
    {
        if (!http.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(http))
        {
            throw Refusal.Of(400, "antiforgery", ErrorText.Of<WebTexts>("Antiforgery"));
        }

        var form = await http.Request.ReadFormAsync(cancel);
        var language = form["language"].ToString() is { Length: > 0 } chosen ? chosen : null;
        await ChangeMe.Run(new(Language: new(true, language)), who, db, actors, IfMatch.Any, cancel);
        Languages.Keep(http, language);
        http.Response.Headers.Location = SignInRoutes.Local(form["returnUrl"]);
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
