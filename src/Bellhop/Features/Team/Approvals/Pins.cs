using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>
/// A member's PIN: some digits with which they approve at somebody else's screen, where they would not type their password.
/// </summary>
public sealed class Pins(IPasswordHasher<User> hasher, Throttles throttles)
{
    public const int Shortest = 6;
    public const int Longest = 12;

    /// <summary>Demands that it is this member's PIN. The check is slow on purpose, so call it before the save.</summary>
    /// <exception cref="Refusal">403 for a wrong one, and for a member who has none; 429 after too many tries.</exception>
    public async Task Demand(string pin, Guid memberId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var key = $"{who.OrganizationId} {memberId:N}";
        if (throttles.PinsOfMember.Take(key) is { } seconds)
        {
            throw Refusal.TooMany(seconds);
        }

        var hash = await db
            .Memberships.AsNoTracking()
            .Where(m => m.OrganizationId == who.OrganizationId && m.UserId == memberId)
            .Select(m => m.PinHash)
            .SingleOrDefaultAsync(cancel);
        if (hash is null || pin.Length > Longest || hasher.VerifyHashedPassword(new(), hash, pin) == PasswordVerificationResult.Failed)
        {
            throw Refusal.Forbidden(ErrorText.Of<TeamTexts>("WrongPin"), "member", memberId);
        }

        throttles.PinsOfMember.GiveBack(key);
    }

    /// <summary>The salted hash to store. It is slow on purpose, so never call it inside a save.</summary>
    internal string Hash(string pin) => hasher.HashPassword(new(), pin);

    /// <summary>Checks a PIN that somebody chose and adds errors.</summary>
    internal static void Check(ValidationErrors errors, string field, string pin)
    {
        var steps = pin.Zip(pin.Skip(1), (a, b) => b - a).Distinct().ToList();
        if (pin.Length is < Shortest or > Longest || !pin.All(char.IsAsciiDigit))
        {
            errors.Add(field, ErrorText.Of<TeamTexts>("PinDigits", Shortest, Longest));
        }
        else if (steps is [0 or 1 or -1])
        {
            errors.Add(field, ErrorText.Of<TeamTexts>("PinCommon")); // 111111, 123456, 654321
        }
    }
}

/// <summary>A person sets, changes or removes their own PIN in this organisation.</summary>
public static class ChangePin
{
    /// <param name="Pin">Six to twelve digits; null for none.</param>
    /// <param name="Proof">Proves that the person is who they say.</param>
    public sealed record Input(string? Pin, Proof Proof);

    /// <exception cref="Refusal">400 for what is no PIN or easy to guess; 403 for a key and for a wrong proof; 429 after too many
    /// tries.</exception>
    public static async Task Run(Input input, Actor who, BellhopDb db, Pins pins, FreshProof proofs, CancellationToken cancel)
    {
        who.DemandKnown();
        if (who.Kind != ActorKind.User)
        {
            throw Refusal.Forbidden(ErrorText.Of<TeamTexts>("PeopleOnly"));
        }

        var errors = new ValidationErrors();
        if (input.Pin is { } chosen)
        {
            Pins.Check(errors, "pin", chosen);
        }

        errors.Refuse();
        await proofs.Demand(input.Proof, who.Id, who, db, cancel);
        var hash = input.Pin is null ? null : pins.Hash(input.Pin);
        await db.Save(
            async () =>
            {
                var place = await db.Memberships.SingleAsync(m => m.OrganizationId == who.OrganizationId && m.UserId == who.Id, cancel);
                place.PinHash = hash;
                db.Happened(who, "member.pinChanged", "member", who.Id, "pin");
            },
            cancel
        );
    }
}
