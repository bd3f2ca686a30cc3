using System.Net;
using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>A person proves who they are and gets a session on this device.</summary>
public static class SignIn
{
    /// <summary>How long a session lives without being used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    /// <param name="Agent">What the browser calls itself, for the list of sessions.</param>
    public sealed record Input(string Email, string Password, string? Agent = null);

    /// <summary>Open to nobody in particular: <paramref name="who"/> only says from where.</summary>
    /// <exception cref="Refusal">401, the same for a wrong password and an unknown address; 429 where tried too often.</exception>
    public static async Task<Session> Run(
        Input input,
        Actor who,
        BellhopDb db,
        Passwords passwords,
        Throttles throttles,
        ILookupNormalizer names,
        CancellationToken cancel
    )
    {
        var address = Email.Parse(input.Email).Address;
        NotTooOften(address.Length > 254 ? "" : address, who.From, throttles);
        var key = names.NormalizeEmail(address);
        var user = address.Length > 254 ? null : await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedEmail == key, cancel);
        var fits = passwords.Fits(user, input.Password);
        var home = user is null ? null : await Home(user.Id, db, cancel);
        if (!fits || user is null || home is null)
        {
            throw Refusal.NotProved(ErrorText.Of<TeamTexts>("SignInFailed"));
        }

        return await db.Save(
            async () =>
            {
                var now = db.Now;
                await db.Sessions.Where(s => s.UserId == user.Id && s.ExpiresAt <= now).ExecuteDeleteAsync(cancel);
                var session = new Session
                {
                    UserId = user.Id,
                    OrganizationId = home.OrganizationId,
                    Stamp = user.SecurityStamp ?? "",
                    CreatedAt = now,
                    LastSeenAt = now,
                    ExpiresAt = now + Lifetime,
                    From = who.From,
                    Agent = Cut(input.Agent),
                };
                db.Sessions.Add(session);
                db.Happened(ActorSource.Of(user, home) with { From = who.From }, "session.started", "session", session.Id);
                return session;
            },
            cancel
        );
    }

    // An address that nobody has counts like one that somebody has: the answer says nothing about it.
    private static void NotTooOften(string address, string? from, Throttles throttles)
    {
        if (throttles.SignInsOfNetwork.Take(Throttles.Network(IPAddress.TryParse(from, out var ip) ? ip : null)) is { } network)
        {
            throw Refusal.TooMany(network);
        }

        if (throttles.SignInsOfAccount.Take(address) is { } account)
        {
            throw Refusal.TooMany(account);
        }
    }

    // Where they were last; else where they came first.
    private static async Task<Membership?> Home(Guid userId, BellhopDb db, CancellationToken cancel)
    {
        var mine = await db
            .Memberships.AsNoTracking()
            .Where(m => m.UserId == userId)
            .OrderBy(m => m.CreatedAt)
            .ThenBy(m => m.OrganizationId)
            .ToListAsync(cancel);
        var last =
            mine.Count < 2
                ? null
                : await db
                    .Sessions.Where(s => s.UserId == userId)
                    .OrderByDescending(s => s.LastSeenAt)
                    .Select(s => (int?)s.OrganizationId)
                    .FirstOrDefaultAsync(cancel);
        return mine.Find(m => m.OrganizationId == last) ?? mine.FirstOrDefault();
    }

    private static string? Cut(string? agent) => Text.Clean(agent).Value is { } text ? text[..Math.Min(text.Length, 256)] : null;
}
