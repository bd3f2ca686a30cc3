using PhoneNumbers;

namespace Bellhop.Platform;

public sealed partial record Phone
{
    // In some countries 00 is also dialled for a carrier within, and in many a zero in brackets is none of theirs. Only a number that is
    // valid so, and not as it stands, is read so.
    private static Phone? International(string text, string? region)
    {
        var plain = text.Replace("(0)", "", StringComparison.Ordinal);
        plain = plain.StartsWith("00", StringComparison.Ordinal) ? "+" + plain[2..] : plain;
        try
        {
            return plain != text && plain.StartsWith('+') && Read(Library.Parse(plain, region)) is { Valid: true } read ? read : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
