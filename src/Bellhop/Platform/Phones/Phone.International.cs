using System.Globalization;
using System.Text.RegularExpressions;
using PhoneNumbers;

namespace Bellhop.Platform;

public sealed partial record Phone
{
    // So many equal digits at the end of a number that is nobody's were typed to fill a field.
    private const int Tail = 7;

    private const int Mexico = 52;
    private const int Argentina = 54;

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

    // Some countries have landline numbers of nearly any length, so that a mobile number without its plus may be valid as one of them:
    // 49 170 1234567 in Germany. The mobile number is meant.
    private static Phone? MobileWithoutPlus(string text, string? region, PhoneNumber asNational) =>
        StartsWithOwnCode(text, region)
        && Library.GetNumberType(asNational) == PhoneNumberType.FIXED_LINE
        && International(text, region) is { E164: { } e164 } read
        && Library.GetNumberType(Library.Parse(e164, null)) == PhoneNumberType.MOBILE
            ? read
            : null;

    private static bool StartsWithOwnCode(string text, string? region) =>
        region is not null
        && Library.GetCountryCodeForRegion(region).ToString(CultureInfo.InvariantCulture) is var code
        && text.StartsWith(code, StringComparison.Ordinal);

    // Of two numbers with a sign between them, run together they would be somebody else's: 0170-1234567/89. The first is meant. A number
    // that is valid as it stands only has the sign in it: 0170/1234567.
    private static Phone? FirstOfTwo(PhoneText text, string? region)
    {
        for (var end = text.Value.Length; end > 0 && (end = text.Value.AsSpan(0, end).LastIndexOfAny("/\\|;&".AsSpan())) > 0; )
        {
            var first = text.Value[..end];
            if (ReadWhole(new(first, PhoneText.DigitsOf(first), NamesExtension: false, IsSpoilt: false), region) is { Valid: true } read)
            {
                return read;
            }
        }

        return null;
    }

    /// <summary>
    /// A number as it was dialled once, which people still have in their address books. Until 2020, in Mexico, a 1 stood before mobile
    /// numbers that were called from abroad, and 01, 044 or 045 within. Argentina's 9 is at times written before the 0 of the area.
    /// </summary>
    private static Phone? Formerly(PhoneNumber number)
    {
        var plain = number.CountryCode switch
        {
            Mexico when Former().Match(Library.GetNationalSignificantNumber(number)) is { Success: true } mexican => mexican
                .Groups[1]
                .Value,
            Argentina when Library.GetNationalSignificantNumber(number) is ['9', '0', ..] and { Length: 12 } argentinian => "9"
                + argentinian[2..],
            _ => null,
        };
        if (plain is null)
        {
            return null;
        }

        var today = $"+{number.CountryCode}{plain}" + (number.HasExtension ? ";ext=" + number.Extension : "");
        return Read(Library.Parse(today, null)) is { Valid: true } read ? read : null;
    }

    // Every digit is the one before plus the step; 0 follows 9.
    private static bool IsRun(string digits, int step) =>
        digits.Length > 0 && digits.Zip(digits[1..], (a, b) => (b - a + 10) % 10).All(s => s == step);

    private static bool IsMadeUp(string digits) =>
        IsRun(digits, 0)
        || (digits is ['0' or '1', ..] && IsRun(digits, 1))
        || (digits.Length > Tail && IsRun(digits[^Tail..], 0))
        || (digits.Length >= Tail && (Repeats(digits, 2) || Repeats(digits, 3)));

    // 123123123
    private static bool Repeats(string digits, int length) => digits.AsSpan(length).SequenceEqual(digits.AsSpan(0, digits.Length - length));

    [GeneratedRegex("^(?:0?1|0?4[45])([0-9]{10})$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Former();
}
