using System.Security.Cryptography;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.DataProtection;
using OtpNet;
using QRCoder;

namespace Bellhop.Features.Team;

/// <summary>The six digits that an app shows for thirty seconds (RFC 6238).</summary>
public sealed class Totp(IDataProtectionProvider protection, TimeProvider clock)
{
    private const int SecretBytes = 20;

    // The phone's clock may be half a minute off.
    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    private readonly IDataProtector _seal = protection.CreateProtector("Bellhop.Totp.1");

    /// <summary>A new secret, encrypted as it is stored.</summary>
    public byte[] NewSecret() => _seal.Protect(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>The secret as a person types it into an app.</summary>
    public string Text(byte[] secret) => Base32Encoding.ToString(_seal.Unprotect(secret));

    /// <summary>The address that carries the secret into an app.</summary>
    public string Address(byte[] secret, string account) =>
        $"otpauth://totp/Bellhop:{Uri.EscapeDataString(account)}?secret={Text(secret)}&issuer=Bellhop";

    /// <summary>The time step of a code; null for a code that is wrong at this time.</summary>
    public long? Match(byte[] secret, string code)
    {
        var digits = string.Concat(code.Where(c => !char.IsWhiteSpace(c)));
        return
            digits.Length == 6
            && digits.All(char.IsAsciiDigit)
            && new OtpNet.Totp(_seal.Unprotect(secret)).VerifyTotp(clock.Now(), digits, out var step, Window)
            ? step
            : null;
    }

    /// <summary>An address as a square that a phone's camera reads.</summary>
    /// <param name="label">What a screen reader says instead.</param>
    public static MarkupString Draw(string address, string label)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(address, QRCodeGenerator.ECCLevel.M);
        var rows = data.ModuleMatrix;
        var dark = string.Concat(
            rows.SelectMany((row, y) => Enumerable.Range(0, row.Count).Where(x => row[x]).Select(x => $"M{x},{y}h1v1h-1z"))
        );
        return Html.Of(
            $"""
            <svg class="qr" viewBox="0 0 {rows.Count} {rows.Count}" role="img" aria-label="{label}" shape-rendering="crispEdges">
              <path d="{dark}" />
            </svg>
            """
        );
    }
}
