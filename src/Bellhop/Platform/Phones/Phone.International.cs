using PhoneNumbers;

namespace Bellhop.Platform;

public sealed partial record Phone
{
    // In some countries 00 is also dialled for a carrier within, and in many a zero in brackets is none of theirs. Spreadsheets take off
    // the plus of the own country's code, which the library puts back only where the national number would be too long. Only a number that
    // is valid so, and not as it stands, is read so.
    private static Phone? International(string text, string? region)
    {
        var plain = text.Replace("(0)", "", StringComparison.Ordinal);
        plain =
            plain.StartsWith("00", StringComparison.Ordinal) ? "+" + plain[2..]
            : StartsWithOwnCode(plain, region) ? "+" + plain
            : plain;
        try
        {
            return plain != text && plain.StartsWith('+') && Read(Library.Parse(plain, region)) is { Valid: true } read ? read : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    private static bool StartsWithOwnCode(string text, string? region) =>
        region is not null
        && Library.GetCountryCodeForRegion(region).ToString(System.Globalization.CultureInfo.InvariantCulture) is var code
        && text.StartsWith(code, StringComparison.Ordinal);
}
