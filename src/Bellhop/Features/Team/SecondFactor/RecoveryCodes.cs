using System.Security.Cryptography;
using System.Text;
using Bellhop.Data;
using Microsoft.EntityFrameworkCore;
using OtpNet;

namespace Bellhop.Features.Team;

/// <summary>The codes that replace the app, once each.</summary>
internal static class RecoveryCodes
{
    public const int Count = 10;
    private const int Bytes = 10;
    private const int Group = 4;

    /// <summary>Makes new codes instead of the old ones. Call it inside a save; the texts are stored nowhere.</summary>
    public static async Task<List<string>> Renew(Guid userId, BellhopDb db, CancellationToken cancel)
    {
        await db.RecoveryCodes.Where(c => c.UserId == userId).ExecuteDeleteAsync(cancel);
        var codes = Enumerable.Range(0, Count).Select(_ => New()).ToList();
        db.RecoveryCodes.AddRange(codes.Select(c => new RecoveryCode { UserId = userId, Hash = Hash(c) }));
        return codes;
    }

    /// <summary>The hash of a code as typed: capitals, spaces and dashes do not count.</summary>
    public static byte[] Hash(string code) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(code.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit))));

    // Four groups of four letters and digits: 80 bits.
    private static string New()
    {
        var text = Base32Encoding.ToString(RandomNumberGenerator.GetBytes(Bytes)).ToLowerInvariant();
        return string.Join('-', text.Chunk(Group).Select(c => new string(c)));
    }
}
