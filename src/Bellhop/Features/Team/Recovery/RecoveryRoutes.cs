using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Bellhop.Features.Team;

/// <summary>The forms of the pages that a mail about an account leads to.</summary>
internal static class RecoveryRoutes
{
    public static void MapRecovery(this RouteGroupBuilder app)
    {
        app.MapForm("/recover", Ask, "AskRecovery", "Mails a link to a new password, if there is an account with the address");
        app.MapForm("/recover/{token}", Recover, "RecoverPassword", "A person sets a new password by the link of a mail, once");
        app.MapForm("/confirm-email/{token}", Confirm, "ConfirmEmail", "A person confirms or undoes a changed address, once");
    }

    private static void MapForm(this RouteGroupBuilder app, string path, Delegate handler, string name, string summary) =>
        app.MapPost(path, handler)
            .WithOrder(-1)
            .WithName(name)
            .WithSummary(summary)
            .WithMetadata(new RequestSizeLimitAttribute(64 * 1024))
            .DisableAntiforgery()
            .ExcludeFromDescription();

    private static async Task<IResult> Ask(
        HttpContext http,
        Actor who,
        BellhopDb db,
        Throttles throttles,
        Mailer mailer,
        ILookupNormalizer names,
        IAntiforgery antiforgery,
        CancellationToken cancel
    )
    {
        if (await SignInRoutes.ReadForm(http, antiforgery, cancel) is not { } form)
        {
            return SignInRoutes.Expired(http, "/recover");
        }

        try
        {
            await AskRecovery.Run(new(form["email"].ToString()), who, db, throttles, mailer, names, cancel);
        }
        catch (Refusal refusal) when (refusal.Status == 429 && SignInRoutes.WantsPage(http))
        {
            return SignInRoutes.See("/recover?failed=often", http);
        }

        return SignInRoutes.See("/recover?sent=1", http);
    }

    private static async Task<IResult> Recover(
        string token,
        HttpContext http,
        Actor who,
        BellhopDb db,
        Passwords passwords,
        OpenIdSettings provider,
        ActorSource actors,
        IAntiforgery antiforgery,
        CancellationToken cancel
    )
    {
        var page = AccountLinks.Path(AccountLinkKind.Recovery, token);
        if (await SignInRoutes.ReadForm(http, antiforgery, cancel) is not { } form)
        {
            return SignInRoutes.Expired(http, page);
        }

        OtherWays ways;
        try
        {
            ways = await RecoverPassword.Run(token, new(form["password"].ToString()), who, db, passwords, provider, actors, cancel);
        }
        catch (Refusal refusal) when (refusal.Status is 400 or 404 && SignInRoutes.WantsPage(http))
        {
            var why = refusal.Errors.Values.SelectMany(e => e).Select(e => e.Key).FirstOrDefault();
            return SignInRoutes.See(page + (why is null ? "" : "?failed=" + why), http);
        }

        return SignInRoutes.See(ways.Any ? "/sign-in?done=ways&return=" + OtherWays.Page : "/sign-in?done=password", http);
    }

    private static async Task<IResult> Confirm(
        string token,
        HttpContext http,
        Actor who,
        CallingSession calling,
        BellhopDb db,
        ILookupNormalizer names,
        ActorSource actors,
        IAntiforgery antiforgery,
        CancellationToken cancel
    )
    {
        var page = AccountLinks.Path(AccountLinkKind.EmailChange, token);
        if (await SignInRoutes.ReadForm(http, antiforgery, cancel) is null)
        {
            return SignInRoutes.Expired(http, page);
        }

        try
        {
            await ConfirmEmail.Run(token, who, calling, db, names, actors, cancel);
        }
        catch (Refusal refusal) when (refusal.Status == 404 && SignInRoutes.WantsPage(http))
        {
            return SignInRoutes.See(page, http); // which says that the link is over
        }

        return SignInRoutes.See("/sign-in?done=email", http);
    }
}
