using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Bellhop.Features.RealAddresses;

/// <summary>
/// The printed code: 80 random bits in letters that nobody confuses, behind the number of the organisation. People type it in groups of
/// four; what stands between the groups does not matter.
/// </summary>
internal static class AddressCode
{
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // without I, L, O and U
    private const int Length = 16;
    private const int Group = 4;

    /// <summary>A new code as it is printed, and the hash that is stored of it.</summary>
    public static (string Code, byte[] Hash) New(int organizationId)
    {
        var letters = RandomNumberGenerator.GetString(Letters, Length);
        var groups = Enumerable.Range(0, Length / Group).Select(i => letters.Substring(i * Group, Group));
        return (string.Create(CultureInfo.InvariantCulture, $"{organizationId}-{string.Join('-', groups)}"), HashOf(letters));
    }

    /// <summary>The organisation and the hash of a code as somebody typed it; null for what is no code.</summary>
    public static (int OrganizationId, byte[] Hash)? Read(string? typed)
    {
        var text = (typed ?? "").Trim().ToUpperInvariant().Replace('O', '0').Replace('I', '1').Replace('L', '1');
        var end = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (end <= 0 || !int.TryParse(text[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var organizationId))
        {
            return null;
        }

        var letters = string.Concat(text[end..].Where(char.IsAsciiLetterOrDigit));
        return letters.Length == Length ? (organizationId, HashOf(letters)) : null;
    }

    /// <summary>The six digits that are mailed, and the hash that is stored of them.</summary>
    public static (string Digits, byte[] Hash) NewDigits(Guid ask)
    {
        var digits = RandomNumberGenerator.GetString("0123456789", 6);
        return (digits, HashOf(ask, digits));
    }

    public static byte[] HashOf(Guid ask, string digits) => HashOf($"{ask:N}/{digits}");

    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
