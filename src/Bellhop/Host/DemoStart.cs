using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Features.Demo;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

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
            app.Lifetime.ApplicationStopping,
            secrets: services.GetRequiredService<ConnectionSecrets>()
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

    /// <summary>Connects the demo's accounts to the providers' stand-in, once the server listens; its page then lists them.</summary>
    public static void ConnectDemo(this WebApplication app, Settings settings)
    {
        if (settings is { Demo: true, Providers: { } standIn })
        {
            app.Lifetime.ApplicationStarted.Register(() => _ = Connect(app, new Uri(standIn)));
        }
    }

    private static async Task Connect(WebApplication app, Uri standIn)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BellhopDb>();
        var secrets = scope.ServiceProvider.GetRequiredService<ConnectionSecrets>();
        using var http = new HttpClient();
        try
        {
            var connected = await db
                .ChannelAccounts.AsNoTracking()
                .Where(a =>
                    a.RemovedAt == null && db.Organizations.Any(o => o.Id == a.OrganizationId && o.Name == MakeDemo.OrganizationName)
                )
                .Join(
                    db.Connections,
                    a => new { a.OrganizationId, Id = a.ConnectionId },
                    c => new { c.OrganizationId, c.Id },
                    (a, c) => new { a, c }
                )
                .ToListAsync(app.Lifetime.ApplicationStopping);
            foreach (var (account, connection) in connected.Select(x => (x.a, x.c)))
            {
                var mine = secrets.Decrypt(connection.Secrets);
                var isBot = account.Kind == AccountKind.Telegram;
                var told = new
                {
                    kind = AccountKinds.Name(account.Kind),
                    id = isBot ? mine.AccessToken : account.ExternalId,
                    name = account.Name,
                    webhook = app.Urls.First().TrimEnd('/') + HookRoutes.PathOf(connection.Kind, connection.Id),
                    secret = isBot ? mine.SecretToken : mine.AppSecret,
                    wabaId = account.WabaId,
                };
                using var answer = await http.PostAsJsonAsync(
                    new Uri(standIn, "/stand-in/accounts"),
                    told,
                    app.Lifetime.ApplicationStopping
                );
                answer.EnsureSuccessStatusCode();
            }

            var stopping = app.Lifetime.ApplicationStopping;

            // The stand-in knows them only now: what was asked of it before may be wrong.
            foreach (var connection in connected.Select(x => x.c).DistinctBy(c => c.Id).Where(c => !c.Paused))
            {
                await db.Save(
                    () => CheckConnections.Queue(connection.OrganizationId, connection.Id, CheckConnections.Kind, db, stopping),
                    stopping
                );
            }

            await ConnectManagers(app, standIn, db, secrets, http);
            Console.WriteLine($"Write as a guest at {standIn}, and book at {new Uri(standIn, "/manager")}");
        }
        catch (HttpRequestException)
        {
            await Console.Error.WriteLineAsync($"No stand-in answers at {standIn}. Start it: dotnet run --project tools/Bellhop.Providers");
        }
    }

    /// <summary>The stand-in sends bookings of the demo's channel managers, and is asked for them.</summary>
    private static async Task ConnectManagers(WebApplication app, Uri standIn, BellhopDb db, ConnectionSecrets secrets, HttpClient http)
    {
        var cancel = app.Lifetime.ApplicationStopping;
        var address = app.Services.GetRequiredService<PublicAddress>();
        var managers = await db
            .Connections.AsNoTracking()
            .Where(c =>
                c.Kind == ConnectionKind.ChannelManager
                && c.DeletedAt == null
                && db.Organizations.Any(o => o.Id == c.OrganizationId && o.Name == MakeDemo.OrganizationName)
            )
            .ToListAsync(cancel);
        foreach (var manager in managers.Where(m => secrets.Decrypt(m.Secrets).SharedSecret is not null))
        {
            var secret = secrets.Decrypt(manager.Secrets).SharedSecret!;
            var told = new
            {
                id = manager.Id.ToString(),
                name = manager.Name,
                webhook = app.Urls.First().TrimEnd('/') + HookRoutes.PathOf(manager.Kind, manager.Id),
                secret,
            };
            using var answer = await http.PostAsJsonAsync(new Uri(standIn, "/stand-in/managers"), told, cancel);
            answer.EnsureSuccessStatusCode();
            await ChangeConnection.Run(
                manager.Id,
                new(Secrets: new(true, new(BaseUrl: $"{standIn.ToString().TrimEnd('/')}/manager/{manager.Id}/api/v1", ApiKey: secret))),
                Actor.System(manager.OrganizationId),
                db,
                secrets,
                address,
                IfMatch.Any,
                cancel
            );
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
