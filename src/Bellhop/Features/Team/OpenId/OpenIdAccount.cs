using System.Security.Cryptography;
using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>Whether a person signs in by the provider.</summary>
/// <param name="Provider">The provider's name; null where none is configured.</param>
/// <param name="Connected">Whether the account is connected.</param>
public sealed record OpenIdRow(string? Provider, bool Connected);

/// <summary>A person's own connection with the provider.</summary>
public static class SeeOpenId
{
    /// <exception cref="Refusal">403 for a key.</exception>
    public static async Task<OpenIdRow> Run(Actor who, BellhopDb db, OpenIdSettings settings, CancellationToken cancel)
    {
        SeeMe.Demand(who);
        return new(
            settings.IsOn ? settings.Name : null,
            await db.UserLogins.AnyAsync(l => l.UserId == who.Id && l.LoginProvider == OpenIdPerson.Provider, cancel)
        );
    }
}

/// <summary>A person begins to connect their account with the provider.</summary>
public static class BeginOpenId
{
    /// <param name="Proof">Proves that the actor is who they say.</param>
    public sealed record Input(Proof Proof);

    /// <param name="Address">The page to open in the same browser, within five minutes.</param>
    public sealed record Result(string Address);

    /// <exception cref="Refusal">403 for a key and for a wrong proof; 409 <c>no-openid</c> where no provider is configured; 429 after too
    /// many tries.</exception>
    public static async Task<Answered<Result>> Run(
        Input input,
        Actor who,
        CallingSession calling,
        BellhopDb db,
        FreshProof proofs,
        OpenIdSettings settings,
        OpenIdTickets tickets,
        CancellationToken cancel
    )
    {
        SeeMe.Demand(who);
        if (!settings.IsOn)
        {
            throw Refusal.Conflict("no-openid", ErrorText.Of<TeamTexts>("OpenId.None"));
        }

        await proofs.Demand(input.Proof, who.Id, who, db, cancel);
        var path = OpenIdRoutes.Start + "?connect=" + tickets.Seal(calling.Id ?? throw Refusal.NotSignedIn());
        return new(new Result(path)) { Keep = new("") };
    }
}

/// <summary>A person no longer signs in by the provider. Every other session of theirs ends.</summary>
public static class RemoveOpenId
{
    /// <param name="Proof">Proves that the actor is who they say.</param>
    public sealed record Input(Proof Proof);

    /// <exception cref="Refusal">403 for a key and for a wrong proof; 429 after too many tries.</exception>
    public static async Task Run(
        Input input,
        Actor who,
        CallingSession calling,
        BellhopDb db,
        FreshProof proofs,
        ActorSource actors,
        CancellationToken cancel
    )
    {
        SeeMe.Demand(who);
        await proofs.Demand(input.Proof, who.Id, who, db, cancel);
        await db.Save(
            async () =>
            {
                var mine = db.UserLogins.Where(l => l.UserId == who.Id && l.LoginProvider == OpenIdPerson.Provider);
                if (await mine.ExecuteDeleteAsync(cancel) == 0)
                {
                    return;
                }

                var account = await db.Users.SingleAsync(u => u.Id == who.Id, cancel);
                await Sessions.Renew(account, calling, who, db, cancel);
                db.Happened(who, "openid.removed", "member", who.Id);
            },
            cancel
        );
        actors.Forget();
    }
}

/// <summary>
/// What a person carries to the provider and back who connects their account: which session gave the proof. Another browser that is given
/// the address has another session, and connects nothing.
/// </summary>
public sealed class OpenIdTickets(IDataProtectionProvider protection, TimeProvider clock)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    private readonly ITimeLimitedDataProtector _seal = protection.CreateProtector("Bellhop.OpenId.1").ToTimeLimitedDataProtector();

    internal string Seal(Guid sessionId) => _seal.Protect(sessionId.ToString("N"), clock.GetUtcNow() + Lasts);

    /// <summary>The session; null for a ticket that is wrong or too old.</summary>
    internal Guid? Open(string? ticket)
    {
        try
        {
            return ticket is { Length: > 0 and < 1024 } ? Guid.ParseExact(_seal.Unprotect(ticket), "N") : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
