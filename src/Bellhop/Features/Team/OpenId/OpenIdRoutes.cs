using System.Text.Encodings.Web;
using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Bellhop.Features.Team;

/// <summary>The way to the provider and back. The framework's handler checks state, nonce, signature, issuer and audience.</summary>
public static partial class OpenIdRoutes
{
    internal const string Start = "/sign-in/openid";
    private const string Callback = "/sign-in/openid/callback";
    private const string Connect = "connect";

    /// <summary>Registers the provider of the configuration.</summary>
    public static void AddOpenId(this WebApplicationBuilder builder)
    {
        var settings = new OpenIdSettings();
        builder.Configuration.GetSection("OpenId").Bind(settings);
        builder.Services.AddSingleton(settings).AddSingleton<OpenIdTickets>();
        if (!settings.IsOn)
        {
            return;
        }

        var address = new PublicAddress(builder.Configuration);
        settings.Check(address.IsSet);

        // No scheme is the usual one: who a request is from, the session's cookie says.
        builder
            .Services.AddAuthentication("none")
            .AddOpenIdConnect(OpenIdPerson.Provider, options => Configure(options, settings, address));
    }

    /// <summary>Answers whoever comes back from the provider. Call it after the actor is known.</summary>
    public static void UseOpenId(this WebApplication app)
    {
        if (app.Services.GetRequiredService<OpenIdSettings>().IsOn)
        {
            app.UseAuthentication();
        }
    }

    internal static void MapOpenId(this RouteGroupBuilder app) =>
        app.MapMethods(Start, [HttpMethods.Get, HttpMethods.Head], Begin)
            .WithName("SignInWithOpenId")
            .WithSummary("Leads to the configured OpenID Connect provider")
            .ExcludeFromDescription();

    internal static void MapMyOpenId(this RouteGroupBuilder me)
    {
        me.MapGet("/openid", SeeOpenId.Run).WithName("SeeOpenId").WithSummary("Whether one signs in by the OpenID Connect provider");
        me.MapPost("/openid/setup", BeginOpenId.Run)
            .WithName("BeginOpenId")
            .WithSummary("Begins to connect one's own account with the OpenID Connect provider");
        me.MapPost("/openid/removal", RemoveOpenId.Run)
            .WithName("RemoveOpenId")
            .WithSummary("Ends the connection with the OpenID Connect provider");
    }

    private static IResult Begin(string? returnUrl, string? connect, OpenIdSettings settings)
    {
        if (!settings.IsOn)
        {
            throw Refusal.NotThere();
        }

        var kept = new AuthenticationProperties { RedirectUri = SignInRoutes.Local(returnUrl) };
        if (!string.IsNullOrEmpty(connect))
        {
            kept.Items[Connect] = connect;
        }

        return Results.Challenge(kept, [OpenIdPerson.Provider]);
    }

    private static void Configure(OpenIdConnectOptions options, OpenIdSettings settings, PublicAddress address)
    {
        options.Authority = settings.Authority;
        options.ClientId = settings.ClientId;
        options.ClientSecret = settings.ClientSecret;
        options.RequireHttpsMetadata = !settings.IsHere;
        options.CallbackPath = Callback;
        (options.ResponseType, options.ResponseMode) = (OpenIdConnectResponseType.Code, OpenIdConnectResponseMode.Query);
        options.UsePkce = true;
        options.MapInboundClaims = false;
        options.ClaimActions.Remove("iss"); // the framework would drop who says so
        options.DisableTelemetry = true;
        options.Scope.Clear();
        options.Scope.Add("openid"); // who it is, and nothing more of them
        foreach (var cookie in new[] { options.CorrelationCookie, options.NonceCookie })
        {
            var https = address.Of("").StartsWith("https:", StringComparison.Ordinal);
            cookie.Name = (https ? "__Host-bellhop-" : "bellhop-") + (cookie == options.NonceCookie ? "nonce." : "openid.");
            cookie.SecurePolicy = https ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
            (cookie.Path, cookie.SameSite) = ("/", SameSiteMode.Lax);
        }

        // Never from the request's Host.
        options.Events.OnRedirectToIdentityProvider = context =>
        {
            context.ProtocolMessage.RedirectUri = address.Of(Callback);
            return Task.CompletedTask;
        };
        // The framework takes an unsigned token that comes by the code, as the standard allows; a provider's keys prove more than its line.
        options.Events.OnTokenValidated = context =>
        {
            if (string.Equals(context.SecurityToken.Header.Alg, SecurityAlgorithms.None, StringComparison.OrdinalIgnoreCase))
            {
                context.Fail("The token is not signed.");
            }

            return Task.CompletedTask;
        };
        options.Events.OnTicketReceived = Enter;
        options.Events.OnRemoteFailure = context =>
        {
            context.HandleResponse();
            var log = context.HttpContext.RequestServices.GetRequiredService<ILogger<OpenIdSettings>>();
            LogFailed(log, context.Failure?.GetBaseException().GetType().Name);
            context.Response.Redirect("/sign-in?failed=openid");
            return Task.CompletedTask;
        };
    }

    private static async Task Enter(TicketReceivedContext context)
    {
        context.HandleResponse(); // the framework would write a session of its own
        var http = context.HttpContext;
        var services = http.RequestServices;
        var (db, who, cancel) = (services.GetRequiredService<BellhopDb>(), Actor.Of(http), http.RequestAborted);
        if (
            context.Principal?.FindFirst("iss")?.Value is not { Length: > 0 } issuer
            || context.Principal.FindFirst("sub")?.Value is not { Length: > 0 } subject
        )
        {
            http.Response.Redirect("/sign-in?failed=openid");
            return;
        }

        var person = new OpenIdPerson(issuer, subject);
        var back = SignInRoutes.Local(context.ReturnUri);
        try
        {
            if (context.Properties?.Items.TryGetValue(Connect, out var ticket) == true && ticket is not null)
            {
                await Connected(person, services.GetRequiredService<OpenIdTickets>().Open(ticket), who, db, http);
                back = "/settings/account?openid=connected";
            }
            else
            {
                var input = new SignInWithOpenId.Input(person, http.Request.Headers.UserAgent);
                var (session, pending) = await SignInWithOpenId.Run(input, who, db, cancel);
                if (pending is not null)
                {
                    services.GetRequiredService<StepCookie>().Write(http, pending);
                    back = "/sign-in/code?returnUrl=" + UrlEncoder.Default.Encode(back);
                }
                else
                {
                    await SignInRoutes.Welcome(http, session!, services.GetRequiredService<SessionCookie>(), db, cancel);
                }
            }
        }
        catch (Refusal refusal) when (refusal.Status is 401 or 403 or 409)
        {
            back = refusal.Status == 409 ? "/settings/account?openid=taken" : "/sign-in?failed=stranger";
        }

        http.Response.Redirect(back);
    }

    private static async Task Connected(OpenIdPerson person, Guid? sessionId, Actor who, BellhopDb db, HttpContext http)
    {
        var calling = new CallingSession(http.Features.Get<SignedIn>()?.Ticket.SessionId);
        if (sessionId is null || calling.Id != sessionId)
        {
            throw Refusal.NotSignedIn();
        }

        await ConnectOpenId.Run(person, who, calling, db, http.RequestAborted);
        http.RequestServices.GetRequiredService<ActorSource>().Forget();
    }

    // The reason's kind alone: its words may hold what the provider says of the person.
    [LoggerMessage(LogLevel.Warning, "Somebody came back from the OpenID Connect provider and was not let in: {Reason}")]
    private static partial void LogFailed(ILogger log, string? reason);
}
