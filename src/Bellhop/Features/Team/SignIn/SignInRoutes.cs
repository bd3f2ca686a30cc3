using System.Text.Encodings.Web;
using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Bellhop.Ui;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>Handles the sign-in form and the sign-out button. It sets and removes the cookie, which an open page cannot do.</summary>
public static class SignInRoutes
{
    public static void MapSignIn(this RouteGroupBuilder app)
    {
        // Ordered before the page with the same address, which answers GET.
        app.MapPost("/sign-in", Enter)
            .WithOrder(-1)
            .WithName("SignIn")
            .WithSummary("Signs a person in by e-mail and password")
            .WithMetadata(new RequestSizeLimitAttribute(64 * 1024))
            .DisableAntiforgery()
            .ExcludeFromDescription();
        app.MapPost("/sign-in/code", EnterWithCode)
            .WithOrder(-1)
            .WithName("SignInWithCode")
            .WithSummary("Shows the code of a second factor after the password")
            .WithMetadata(new RequestSizeLimitAttribute(64 * 1024))
            .DisableAntiforgery()
            .ExcludeFromDescription();
        app.MapPost("/sign-out", Leave)
            .WithOrder(-1)
            .WithName("SignOut")
            .WithSummary("Ends the session")
            .WithMetadata(new RequestSizeLimitAttribute(64 * 1024))
            .DisableAntiforgery()
            .ExcludeFromDescription();
        app.MapPasskeySignIn();
        app.MapOpenId();
        app.MapLanguage();
        app.MapRecovery();
    }

    /// <summary>Where to go after signing in: the given path if it is one of this site, else the start page.</summary>
    public static string Local(string? path) =>
        path is ['/', ..]
        && !path.StartsWith("//", StringComparison.Ordinal)
        && !path.Contains('\\')
        && !path.Any(char.IsControl)
        && !path.StartsWith("/sign-", StringComparison.Ordinal)
            ? path
            : "/";

    private static async Task<IResult> Enter(
        HttpContext http,
        Actor who,
        BellhopDb db,
        Passwords passwords,
        Throttles throttles,
        ILookupNormalizer names,
        SessionCookie cookie,
        DeviceCookie devices,
        StepCookie steps,
        IAntiforgery antiforgery,
        CancellationToken cancel
    )
    {
        if (await ReadForm(http, antiforgery, cancel) is not { } form)
        {
            return Expired(http, "/sign-in");
        }

        var back = Local(form["returnUrl"]);
        try
        {
            var input = new SignIn.Input(
                form["email"].ToString(),
                form["password"].ToString(),
                http.Request.Headers.UserAgent,
                devices.Read(http)
            );
            var (session, pending) = await SignIn.Run(input, who, db, passwords, throttles, names, cancel);
            if (pending is not null)
            {
                steps.Write(http, pending);
                return WantsPage(http)
                    ? See("/sign-in/code?returnUrl=" + UrlEncoder.Default.Encode(back), http)
                    : Results.StatusCode(StatusCodes.Status401Unauthorized);
            }

            await Welcome(http, session!, cookie, db, cancel);
        }
        catch (Refusal refusal) when (refusal.Status == 401 && WantsPage(http))
        {
            return See($"/sign-in?failed=wrong&returnUrl={UrlEncoder.Default.Encode(back)}", http);
        }
        return See(back, http);
    }

    private static async Task<IResult> EnterWithCode(
        HttpContext http,
        Actor who,
        BellhopDb db,
        Totp totp,
        Throttles throttles,
        SessionCookie cookie,
        StepCookie steps,
        IAntiforgery antiforgery,
        CancellationToken cancel
    )
    {
        if (await ReadForm(http, antiforgery, cancel) is not { } form)
        {
            return Expired(http, "/sign-in/code");
        }

        if (steps.Read(http) is not { } pending)
        {
            return Expired(http, "/sign-in");
        }

        var back = Local(form["returnUrl"]);
        try
        {
            var input = new FinishSignIn.Input(pending, form["code"].ToString(), http.Request.Headers.UserAgent);
            await Welcome(http, await FinishSignIn.Run(input, who, db, totp, throttles, cancel), cookie, db, cancel);
            StepCookie.Delete(http);
        }
        catch (Refusal refusal) when (refusal.Status is 401 or 429 && WantsPage(http))
        {
            return See(
                $"/sign-in/code?failed={(refusal.Status == 429 ? "often" : "wrong")}&returnUrl={UrlEncoder.Default.Encode(back)}",
                http
            );
        }

        return See(back, http);
    }

    internal static async Task Welcome(HttpContext http, Session session, SessionCookie cookie, BellhopDb db, CancellationToken cancel)
    {
        cookie.Write(http, session);
        if (await db.Users.Where(u => u.Id == session.UserId).Select(u => u.Language).SingleOrDefaultAsync(cancel) is { } language)
        {
            Languages.Keep(http, language);
        }
    }

    private static async Task<IResult> Leave(
        HttpContext http,
        Actor who,
        BellhopDb db,
        ActorSource actors,
        IAntiforgery antiforgery,
        CancellationToken cancel
    )
    {
        if (await ReadForm(http, antiforgery, cancel) is null)
        {
            return Expired(http, "/");
        }

        if (http.Features.Get<SignedIn>() is { } session)
        {
            await SignOut.Run(session.Ticket.SessionId, who, db, actors, cancel);
        }

        SessionCookie.Delete(http);
        return See("/sign-in", http);
    }

    // Null when the form's token does not belong to this browser: the form came from elsewhere, or was open too long.
    internal static async Task<IFormCollection?> ReadForm(HttpContext http, IAntiforgery antiforgery, CancellationToken cancel)
    {
        try
        {
            await antiforgery.ValidateRequestAsync(http);
            return await http.Request.ReadForm(cancel);
        }
        catch (AntiforgeryValidationException)
        {
            return null;
        }
    }

    internal static IResult Expired(HttpContext http, string page) =>
        WantsPage(http) ? See(page + "?failed=expired", http) : throw Refusal.Of(400, "antiforgery", ErrorText.Of<WebTexts>("Antiforgery"));

    internal static bool WantsPage(HttpContext http) =>
        http.Request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));

    // 303 makes the browser load the next page with GET. A program that did not ask for a page gets no redirect.
    internal static IResult See(string path, HttpContext http)
    {
        if (!WantsPage(http))
        {
            return Results.NoContent();
        }

        http.Response.Headers.Location = path;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
