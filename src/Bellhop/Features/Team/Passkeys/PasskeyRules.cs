using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Bellhop.Features.Team;

/// <summary>What a browser is asked to do with a passkey.</summary>
/// <param name="Request">Goes back to Bellhop with the browser's answer. It can be used once, within five minutes.</param>
/// <param name="Options">JSON, as <c>PublicKeyCredential.parseRequestOptionsFromJSON</c> or <c>parseCreationOptionsFromJSON</c> takes
/// it.</param>
public sealed record PasskeyQuestion(string Request, string Options);

/// <summary>What a browser answered.</summary>
/// <param name="Request">As the question had it.</param>
/// <param name="Credential">The browser's credential, as its <c>toJSON</c> writes it, as text.</param>
public sealed record PasskeyAnswer(string Request, string Credential);

/// <summary>
/// Asks browsers for passkeys and checks what they answer (WebAuthn). The framework's handler does the cryptography. A passkey belongs to
/// one site, so all this works at the public address, or at localhost where no address is configured.
/// </summary>
public sealed class PasskeyRules(
    PublicAddress address,
    IDataProtectionProvider protection,
    TimeProvider clock,
    IOptions<IdentityOptions> identity,
    IPasswordHasher<User> hasher,
    ILookupNormalizer names,
    ILogger<UserManager<User>> log
)
{
    private const string Here = "localhost";
    private const int Longest = 16 * 1024;
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    private readonly IDataProtector _seal = protection.CreateProtector("Bellhop.Passkeys.1");

    /// <summary>The site whose passkeys are asked for; null where passkeys cannot work: a plain http address, or an IP address.</summary>
    public Uri? Site { get; } =
        !address.IsSet ? new("http://" + Here)
        : new Uri(address.Of("")) is { HostNameType: UriHostNameType.Dns } site && (site.Scheme == Uri.UriSchemeHttps || site.Host == Here)
            ? site
        : null;

    /// <summary>The configured site, to be named to people; null where none is configured.</summary>
    public string? Address => address.IsSet ? Site?.GetLeftPart(UriPartial.Authority) : null;

    /// <summary>Asks for a new passkey of this person.</summary>
    internal async Task<PasskeyQuestion> AskForNew(User account, BellhopDb db)
    {
        var entity = new PasskeyUserEntity
        {
            Id = account.Id.ToString(),
            Name = account.Email ?? "",
            DisplayName = TeamNames.NameOf(account),
        };
        var asked = await Handler(db).MakeCreationOptionsAsync(entity, new DefaultHttpContext());
        return new(Seal(asked.AttestationState ?? ""), asked.CreationOptionsJson);
    }

    /// <summary>Asks for any passkey that the browser has for this site. Whose it is, the answer says.</summary>
    internal async Task<PasskeyQuestion> Ask(BellhopDb db)
    {
        var asked = await Handler(db).MakeRequestOptionsAsync(user: null, new DefaultHttpContext());
        return new(Seal(asked.AssertionState ?? ""), asked.RequestOptionsJson);
    }

    /// <summary>Reads a new passkey out of a browser's answer; null for an answer that is wrong, late or another person's.</summary>
    internal async Task<UserPasskeyInfo?> ReadNew(PasskeyAnswer answer, Guid userId, BellhopDb db)
    {
        if (Open(answer) is not { } state)
        {
            return null;
        }

        var result = await Handler(db)
            .PerformAttestationAsync(
                new()
                {
                    HttpContext = new DefaultHttpContext(),
                    CredentialJson = answer.Credential,
                    AttestationState = state,
                }
            );
        return result.Succeeded && result.UserEntity.Id == userId.ToString() ? result.Passkey : null;
    }

    /// <summary>
    /// The person whose passkey signed the answer, untracked; null for an answer that is wrong, late or was used before. Afterwards the
    /// answer is used up. Call it outside saves.
    /// </summary>
    internal async Task<User?> Read(PasskeyAnswer answer, BellhopDb db, CancellationToken cancel)
    {
        if (Open(answer) is not { } state)
        {
            return null;
        }

        var result = await Handler(db)
            .PerformAssertionAsync(
                new()
                {
                    HttpContext = new DefaultHttpContext(),
                    CredentialJson = answer.Credential,
                    AssertionState = state,
                }
            );
        return result.Succeeded && await UseUp(answer, result.User.Id, result.Passkey, db, cancel) ? result.User : null;
    }

    /// <summary>Remembers that the challenge is spent. Call it inside the save of what it proves.</summary>
    /// <returns>False for one that was spent before.</returns>
    internal async Task<bool> Spend(PasskeyAnswer answer, BellhopDb db, CancellationToken cancel)
    {
        var now = db.Now;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(answer.Request));
        await db.SpentChallenges.Where(c => c.ExpiresAt <= now).ExecuteDeleteAsync(cancel);
        if (await db.SpentChallenges.AnyAsync(c => c.Hash == hash, cancel))
        {
            return false;
        }

        // Of two saves at once one breaks on the key, runs again, and finds the row.
        db.SpentChallenges.Add(new() { Hash = hash, ExpiresAt = now + Lasts + Lasts });
        return true;
    }

    private Task<bool> UseUp(PasskeyAnswer answer, Guid userId, UserPasskeyInfo seen, BellhopDb db, CancellationToken cancel) =>
        db.Save(
            async () =>
            {
                var key = await db.Passkeys.SingleOrDefaultAsync(p => p.UserId == userId && p.CredentialId == seen.CredentialId, cancel);
                if (key is null || (seen.SignCount > 0 && seen.SignCount <= key.SignCount) || !await Spend(answer, db, cancel))
                {
                    return false;
                }

                (key.SignCount, key.IsBackedUp, key.LastUsedAt) = (seen.SignCount, seen.IsBackedUp, db.Now);
                return true;
            },
            cancel
        );

    private PasskeyHandler<User> Handler(BellhopDb db)
    {
        var site = Site ?? throw Refusal.Conflict("no-passkeys", ErrorText.Of<TeamTexts>("Passkeys.NoAddress"));
        var options = new IdentityPasskeyOptions
        {
            ServerDomain = site.Host,
            UserVerificationRequirement = "required", // so that it is two factors
            ResidentKeyRequirement = "required", // so that nobody types an address first
            AuthenticatorTimeout = Lasts,
            ValidateOrigin = asked => ValueTask.FromResult(!asked.CrossOrigin && IsOurs(asked.Origin)),
        };
        return new(
            new(new PasskeyStore(db), identity, hasher, [], [], names, new IdentityErrorDescriber(), services: null!, log),
            Options.Create(options)
        );
    }

    // Where no address is configured, Bellhop does not know its port either, for example behind a tunnel.
    private bool IsOurs(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && from.Host == Site!.Host
        && (!address.IsSet || from.GetLeftPart(UriPartial.Authority) == Site.GetLeftPart(UriPartial.Authority));

    private string Seal(string state) =>
        WebEncoders.Base64UrlEncode(_seal.Protect(JsonSerializer.SerializeToUtf8Bytes(new Kept(state, clock.Now() + Lasts))));

    private string? Open(PasskeyAnswer answer)
    {
        if (answer.Request is not { Length: > 0 and < Longest } || answer.Credential is not { Length: > 0 and < Longest })
        {
            return null;
        }

        try
        {
            var kept = JsonSerializer.Deserialize<Kept>(_seal.Unprotect(WebEncoders.Base64UrlDecode(answer.Request)))!;
            return kept.Until > clock.Now() ? kept.State : null;
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private sealed record Kept(string State, DateTime Until);
}
