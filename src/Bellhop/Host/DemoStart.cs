using Bellhop.Data;
using Bellhop.Features.Demo;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.AspNetCore.Identity;

namespace Bellhop.Host;

/// <summary><c>--demo</c>.</summary>
internal static class DemoStart
{
    /// <summary>Creates the demo if it was asked for and does not exist yet, and says how to sign in.</summary>
    public static async Task AddDemo(this WebApplication app, Settings settings)
    {
        if (!settings.Demo)
        {
            return;
        }

        await using var scope = app.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var made = await MakeDemo.Run(
            Actor.System(0),
            services.GetRequiredService<BellhopDb>(),
            services.GetRequiredService<Passwords>(),
            services.GetRequiredService<ILookupNormalizer>(),
            new Percent(),
            app.Lifetime.ApplicationStopping
        );
        Console.WriteLine(
            made is null
                ? $"The demo organisation '{MakeDemo.OrganizationName}' is there already; its password was shown when it was made."
                : $"The demo organisation '{MakeDemo.OrganizationName}' is ready. The password of everybody below: {made.Password}"
        );
        foreach (var member in MakeDemo.Team)
        {
            Console.WriteLine($"  {member.Email, -24} {member.Role}{(member.Property is { } only ? $", {only} alone" : "")}");
        }
    }

    /// <summary>Shows progress on standard error: every percent on a terminal, otherwise every ten percent.</summary>
    private sealed class Percent : IProgress<int>
    {
        private int _said = -1;

        public void Report(int value)
        {
            if (value != _said && (!Console.IsErrorRedirected || value / 10 != _said / 10))
            {
                _said = value;
                Console.Error.Write(
                    Console.IsErrorRedirected
                        ? $"Making the demo: {value} %{Environment.NewLine}"
                        : $"\rMaking the demo: {value} %{(value == 100 ? Environment.NewLine : "")}"
                );
            }
        }
    }
}
