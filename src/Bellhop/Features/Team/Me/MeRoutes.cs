using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Bellhop.Ui;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace Bellhop.Features.Team;

internal static class MeRoutes
{
    public static void MapMe(this RouteGroupBuilder api)
    {
        var me = api.MapGroup("/me").WithTags("Me");
        me.MapGet("/", SeeMe.Run).WithName("SeeMe").WithSummary("One's own name, language and first page");
        me.MapPatch("/", ChangeMe.Run).WithName("ChangeMe").WithSummary("Changes one's own name, language or first page by merge patch");
        me.MapPost("/password", ChangePassword.Run)
            .WithName("ChangePassword")
            .WithSummary("Changes one's own password; every other session ends");
        me.MapPost("/email", ChangeEmail.Run)
            .WithName("ChangeEmail")
            .WithSummary("Mails a link to another address of one's own; it becomes the account's when the link is followed");
        me.MapGet("/second-factor", SeeSecondFactor.Run)
            .WithName("SeeSecondFactor")
            .WithSummary("Whether signing in asks for a code, and how many recovery codes are left");
        me.MapPost("/second-factor/setup", BeginSecondFactor.Run)
            .WithName("BeginSecondFactor")
            .WithSummary("Gives the secret for an app that makes codes; the answer alone shows it");
        me.MapPost("/second-factor", ConfirmSecondFactor.Run)
            .WithName("ConfirmSecondFactor")
            .WithSummary("Turns the second factor on with a first code; the answer alone shows the recovery codes");
        me.MapPost("/second-factor/recovery-codes", RenewRecoveryCodes.Run)
            .WithName("RenewRecoveryCodes")
            .WithSummary("Makes new recovery codes; the old ones stop working");
        me.MapPost("/second-factor/removal", RemoveSecondFactor.Run)
            .WithName("RemoveSecondFactor")
            .WithSummary("Turns the second factor off");
        me.MapPasskeys();
        me.MapMyOpenId();
        me.MapGet("/sessions", ListSessions.Run)
            .WithName("ListSessions")
            .WithSummary("The devices on which one is signed in, the latest sign-in first")
            .WithQuery(PageQuery.Names);
        me.MapDelete("/sessions", EndOtherSessions.Run)
            .WithName("EndOtherSessions")
            .WithSummary("Signs out everywhere but on the calling device");
        me.MapDelete("/sessions/{id}", EndSession.Run).WithName("EndSession").WithSummary("Signs out one device");
    }

    /// <summary>The form of the account menu. It sets the cookie, which an open page cannot do.</summary>
    public static void MapLanguage(this RouteGroupBuilder app) =>
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
        var form = await http.Request.ReadForm(cancel);
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            throw Refusal.Of(400, "antiforgery", ErrorText.Of<WebTexts>("Antiforgery"));
        }

        var language = form["language"].ToString() is { Length: > 0 } chosen ? chosen : null;
        await ChangeMe.Run(new(Language: new(true, language)), who, db, actors, IfMatch.Any, cancel);
        Languages.Keep(http, language);
        http.Response.Headers.Location = SignInRoutes.Local(form["returnUrl"]);
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
