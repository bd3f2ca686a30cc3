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
    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        // Ordered before the page with the same address, which answers GET.
        app.MapPost("/sign-in", Enter)
            .WithOrder(-1)
            .WithName("SignIn")
            .WithSummary("Signs a person in by e-mail and password")
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
        app.MapLanguage();
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
            var ticket = await SignIn.Run(input, who, db, passwords, throttles, names, cancel);
            cookie.Write(http, ticket);
            if (await db.Users.Where(u => u.Id == ticket.UserId).Select(u => u.Language).SingleOrDefaultAsync(cancel) is { } language)
            {
                Languages.Keep(http, language);
            }
        }
        catch (Refusal refusal) when (refusal.Status == 401 && WantsPage(http))
        {
            return See($"/sign-in?failed=wrong&returnUrl={UrlEncoder.Default.Encode(back)}", http);
        }
        return See(back, http);
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
    private static async Task<IFormCollection?> ReadForm(HttpContext http, IAntiforgery antiforgery, CancellationToken cancel)
    {
        try
        {
            await antiforgery.ValidateRequestAsync(http);
            return await http.Request.ReadFormAsync(cancel);
        }
        catch (AntiforgeryValidationException)
        {
            return null;
        }
    }

    private static IResult Expired(HttpContext http, string page) =>
        WantsPage(http) ? See(page + "?failed=expired", http) : throw Refusal.Of(400, "antiforgery", ErrorText.Of<WebTexts>("Antiforgery"));

    private static bool WantsPage(HttpContext http) =>
        http.Request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));

    // 303 makes the browser load the next page with GET. A program that did not ask for a page gets no redirect.
    private static IResult See(string path, HttpContext http)
    {
        if (!WantsPage(http))
        {
            return Results.NoContent();
        }

        http.Response.Headers.Location = path;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
