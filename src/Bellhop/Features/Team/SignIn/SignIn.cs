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

    /// <param name="Agent">The browser's name, for the list of sessions.</param>
    /// <param name="Device">The account that the device is known to; null for none.</param>
    public sealed record Input(string Email, string Password, string? Agent = null, KnownDevice? Device = null);

    /// <param name="Session">The session; null where a code must be shown first.</param>
    /// <param name="Pending">Whoever must still show a code.</param>
    public sealed record Result(Session? Session, PendingSignIn? Pending);

    /// <summary>Anybody may call it; <paramref name="who"/> is used only for the network address.</summary>
    /// <exception cref="Refusal">401, the same for a wrong password and an unknown address; 429 after too many tries.</exception>
    public static async Task<Result> Run(
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
        var key = names.NormalizeEmail(address);
        var user = address.Length > 254 ? null : await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedEmail == key, cancel);
        var isKnown = user is not null && input.Device is { } device && device.IsOf(user);
        var tries = SignInTries.Take(throttles, address.Length > 254 ? "" : address, who.From, isKnown);
        var fits = passwords.Fits(user, input.Password);
        var home = user is null ? null : await Home(user.Id, db, cancel);
        if (!fits || user is null || home is null)
        {
            tries.Wrong();
            throw Refusal.NotProved(ErrorText.Of<TeamTexts>("SignInFailed"));
        }

        tries.Right();
        return await Admit(user, home, who.From, input.Agent, db, cancel);
    }

    /// <summary>Lets somebody in who has shown a first factor: they get a session, or must still show a second one.</summary>
    internal static async Task<Result> Admit(
        User user,
        Membership home,
        string? from,
        string? agent,
        BellhopDb db,
        CancellationToken cancel
    ) =>
        await SecondFactors.IsAsked(user.Id, db, cancel)
            ? new(null, new(user.Id, KnownDevice.Hash(user.SecurityStamp)))
            : new(await Enter(user, home, from, agent, db, cancel), null);

    /// <summary>Begins a session for somebody who has proved who they are, and forgets their expired ones.</summary>
    /// <param name="home">The membership to sign in to.</param>
    /// <param name="from">The network address; null when it is not known.</param>
    /// <param name="agent">The browser's name.</param>
    internal static Task<Session> Enter(User user, Membership home, string? from, string? agent, BellhopDb db, CancellationToken cancel) =>
        db.Save(
            async () =>
            {
                var now = db.Now;
                await db.Sessions.Where(s => s.UserId == user.Id && s.ExpiresAt <= now).ExecuteDeleteAsync(cancel);
                await db
                    .Memberships.Where(m => m.OrganizationId == home.OrganizationId && m.UserId == user.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(m => m.LastSeenAt, now), cancel);
                return Begin(user, home, from, agent, db);
            },
            cancel
        );

    /// <summary>Makes a session for somebody who has proved who they are. Call it inside a save.</summary>
    /// <param name="place">The membership to sign in to.</param>
    /// <param name="from">The network address; null when it is not known.</param>
    /// <param name="agent">The browser's name.</param>
    internal static Session Begin(User user, Membership place, string? from, string? agent, BellhopDb db)
    {
        var session = new Session
        {
            UserId = user.Id,
            OrganizationId = place.OrganizationId,
            Stamp = user.SecurityStamp ?? "",
            CreatedAt = db.Now,
            LastSeenAt = db.Now,
            ExpiresAt = db.Now + Lifetime,
            From = from,
            Agent = Cut(agent),
        };
        db.Sessions.Add(session);
        db.Happened(ActorSource.Named(user, place.OrganizationId) with { From = from }, "session.started", "session", session.Id);
        return session;
    }

    /// <summary>Where a person signs in to: the organisation of their last session; else the first that they joined.</summary>
    internal static async Task<Membership?> Home(Guid userId, BellhopDb db, CancellationToken cancel)
    {
        var mine = await db
            .Memberships.AsNoTracking()
            .Where(m => m.UserId == userId && m.DisabledAt == null)
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
