using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Ui;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bellhop.Features.Team;

public static class TeamRegistration
{
    /// <summary>Registers accounts, sessions, API keys and the current actor.</summary>
    public static void AddTeam(this WebApplicationBuilder builder)
    {
        builder
            .Services.AddIdentityCore<User>(identity =>
            {
                identity.User.RequireUniqueEmail = true;
                identity.User.AllowedUserNameCharacters = ""; // an address in any script
                identity.Password = new()
                {
                    RequiredLength = Passwords.Shortest,
                    RequiredUniqueChars = 1,
                    RequireDigit = false,
                    RequireLowercase = false,
                    RequireUppercase = false,
                    RequireNonAlphanumeric = false,
                };
            })
            .AddEntityFrameworkStores<BellhopDb>();
        builder.Services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        builder.Services.AddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>();
        builder.Services.AddSingleton<Passwords>().AddSingleton<Pins>().AddSingleton<FreshProof>();
        builder.Services.AddSingleton<ActorSource>();
        builder
            .Services.AddSingleton<TeamMails>()
            .AddSingleton<MailInvitation>()
            .AddSingleton<MailRecovery>()
            .AddSingleton<MailRecovered>()
            .AddSingleton<MailEmailLink>();
        builder.Services.AddSingleton<Totp>().AddSingleton<PasskeyRules>().AddSingleton<StepCookie>();
        builder.Services.AddSingleton<SessionCookie>().AddSingleton<DeviceCookie>();
        builder.Services.AddSingleton<FindActor>(ActorSource.Find);
        builder.Services.TryAddScoped<AuthenticationStateProvider, ServerAuthenticationStateProvider>();
        builder.Services.AddScoped<CurrentActor>();
        builder.Services.AddScoped<Viewer>(services => services.GetRequiredService<CurrentActor>());
        builder.Services.AddScoped<CircuitHandler, CircuitActor>();
    }

    /// <summary>Must come before everything that needs the actor.</summary>
    public static void UseActors(this WebApplication app) => app.UseMiddleware<ActorMiddleware>();
}
