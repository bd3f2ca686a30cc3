using System.Text.Encodings.Web;
using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace Bellhop.Features.Team;

/// <summary>Passkeys of one's own account, and the form that signs in with one.</summary>
internal static class PasskeyRoutes
{
    public static void MapPasskeys(this RouteGroupBuilder me)
    {
        me.MapGet("/passkeys", ListPasskeys.Run)
            .WithName("ListPasskeys")
            .WithSummary("One's own passkeys, oldest first")
            .WithQuery(PageQuery.Names);
        me.MapPost("/passkeys/setup", BeginPasskey.Run)
            .WithName("BeginPasskey")
            .WithSummary("Asks the browser to make a passkey; the answer goes to POST /me/passkeys");
        me.MapPost("/passkeys", AddPasskey.Run)
            .WithName("AddPasskey")
            .WithSummary("Keeps the passkey that the browser made; every other session ends");
        me.MapPost("/passkeys/requests", AskPasskey.Run)
            .WithName("AskPasskey")
            .WithSummary("Asks the browser for a passkey, to prove again who one is");
        me.MapPatch("/passkeys/{id}", RenamePasskey.Run).WithName("RenamePasskey").WithSummary("Gives one's own passkey another name");
        me.MapPost("/passkeys/{id}/removal", RemovePasskey.Run)
            .WithName("RemovePasskey")
            .WithSummary("Removes one's own passkey; every other session ends");
    }

    /// <summary>The steps of signing in, for a page without a circuit.</summary>
    public static void MapPasskeySignIn(this RouteGroupBuilder app)
    {
        app.MapPost("/sign-in/passkey/request", (BellhopDb db, PasskeyRules passkeys) => passkeys.Ask(db))
            .WithName("AskPasskeyToSignIn")
            .WithSummary("Asks the browser for a passkey of this site; nothing is written")
            .WithMetadata(new RequestSizeLimitAttribute(1024))
            .DisableAntiforgery()
            .ExcludeFromDescription();
        app.MapPost("/sign-in/passkey", Enter)
            .WithName("SignInWithPasskey")
            .WithSummary("Signs a person in by a passkey")
            .WithMetadata(new RequestSizeLimitAttribute(64 * 1024))
            .DisableAntiforgery()
            .ExcludeFromDescription();
    }

    private static async Task<IResult> Enter(
        HttpContext http,
        Actor who,
        BellhopDb db,
        PasskeyRules passkeys,
        Throttles throttles,
        SessionCookie cookie,
        IAntiforgery antiforgery,
        CancellationToken cancel
    )
    {
        if (await SignInRoutes.ReadForm(http, antiforgery, cancel) is not { } form)
        {
            return SignInRoutes.Expired(http, "/sign-in");
        }

        var back = SignInRoutes.Local(form["returnUrl"]);
        try
        {
            var answer = new PasskeyAnswer(form["request"].ToString(), form["credential"].ToString());
            var input = new SignInWithPasskey.Input(answer, http.Request.Headers.UserAgent);
            var session = await SignInWithPasskey.Run(input, who, db, passkeys, throttles, cancel);
            await SignInRoutes.Welcome(http, session, cookie, db, cancel);
            StepCookie.Delete(http);
        }
        catch (Refusal refusal) when (refusal.Status is 401 or 409 or 429 && SignInRoutes.WantsPage(http))
        {
            var why = refusal.Status == 429 ? "often" : "passkey";
            return SignInRoutes.See($"/sign-in?failed={why}&returnUrl={UrlEncoder.Default.Encode(back)}", http);
        }

        return SignInRoutes.See(back, http);
    }
}
