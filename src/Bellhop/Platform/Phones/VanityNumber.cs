using PhoneNumbers;

namespace Bellhop.Platform;

/// <summary>Numbers whose last digits are given as a word, as businesses advertise them: <c>1-800-FLOWERS</c>.</summary>
internal static class VanityNumber
{
    // A shorter word after a number is a name or a remark.
    private const int FewestLetters = 4;

    // A word may be longer than the number needs; the extra letters do not change who is called.
    private const int MostLettersTooMany = 3;

    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    /// <summary>
    /// Whether the whole text is such a number. Only numbers for businesses are written so. If the digits before the letters already form a
    /// whole number, the letters are a remark.
    /// </summary>
    /// <param name="text">A number with letters in it.</param>
    /// <param name="firstLetter">Where the first of them stands.</param>
    /// <param name="region">Of a number without country code.</param>
    public static bool Is(ReadOnlySpan<char> text, int firstLetter, string? region)
    {
        var letters = 0;
        foreach (var c in text)
        {
            if (char.IsLetter(c))
            {
                if (!char.IsAsciiLetter(c))
                {
                    return false;
                }

                letters++;
            }
        }

        var (isWhole, isLocal) = Before(text[..firstLetter].ToString(), region);
        if (letters < FewestLetters || isWhole)
        {
            return false;
        }

        var dialled = PhoneNumberUtil.ConvertAlphaCharactersInNumber(text.ToString());
        for (var tooMany = 0; tooMany <= (isLocal ? 0 : MostLettersTooMany) && tooMany < text.Length; tooMany++)
        {
            if (char.IsAsciiLetter(text[^(tooMany + 1)]) && IsForBusiness(dialled[..^tooMany], region))
            {
                return true;
            }
        }

        return char.IsAsciiDigit(text[^1]) && IsForBusiness(dialled, region);
    }

    /// <summary>Whether the text before the letters is a whole number, or a number without its area code.</summary>
    private static (bool IsWhole, bool IsLocal) Before(string number, string? region)
    {
        var possible = Parse(number, region) is { } parsed
            ? Library.IsPossibleNumberWithReason(parsed)
            : PhoneNumberUtil.ValidationResult.TOO_SHORT;
        return (
            possible == PhoneNumberUtil.ValidationResult.IS_POSSIBLE,
            possible == PhoneNumberUtil.ValidationResult.IS_POSSIBLE_LOCAL_ONLY
        );
    }

    private static bool IsForBusiness(string number, string? region) =>
        Parse(number, region) is { } parsed
        && Library.GetNumberType(parsed)
            is PhoneNumberType.TOLL_FREE
                or PhoneNumberType.PREMIUM_RATE
                or PhoneNumberType.SHARED_COST
                or PhoneNumberType.UAN;

    private static PhoneNumber? Parse(string number, string? region)
    {
        try
        {
            return Library.Parse(number, region);
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
