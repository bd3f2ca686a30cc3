using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using PhoneNumbers;

namespace Bellhop.Platform;

/// <summary>Why a phone number is not taken; <see cref="Phone.Reason"/> says it in a sentence.</summary>
public enum PhoneFault
{
    /// <summary>Text, two numbers in one field, a spreadsheet's 4.47911E+11, or nothing at all.</summary>
    NotANumber,

    /// <summary>Fewer digits than any number of its country.</summary>
    TooShort,

    /// <summary>More digits than any number of its country.</summary>
    TooLong,

    /// <summary>No country code and no region to take it from, or one that no country has.</summary>
    InvalidCountryCode,

    /// <summary>Only to be dialled from its own town: the area code is missing.</summary>
    LocalOnly,

    /// <summary>Neither too short nor too long, yet of a length that its country does not use.</summary>
    InvalidLength,
}

/// <summary>
/// A phone number as libphonenumber reads it (https://github.com/google/libphonenumber). Only a <see cref="Possible"/> one may be typed,
/// imported or matched; a booking keeps any other as it came.
/// </summary>
public sealed record Phone
{
    // Longer than any number with its rfc3966 parameters; the library throws at 250.
    private const int MaxLength = 128;

    // No switchboard has more; behind a comma the library takes a whole second number for an extension.
    private const int MaxExtension = 7;

    private const int MinRun = 6;

    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    private Phone()
    {
    }

    /// <summary>With plus; also of a number that is read but not possible. Null where nothing could be read.</summary>
    public string? E164 { get; private init; }

    /// <summary>Digits; null where there is none. Never part of <see cref="E164"/>.</summary>
    public string? Extension { get; private init; }

    /// <summary>
    /// Equal for two numbers exactly where they reach one person: the spellings of one number, and the national variants of one mobile
    /// number (see <see cref="KeyOfDigits"/>). Opaque, compared byte by byte.
    /// </summary>
    public string? MatchKey { get; private init; }

    /// <summary>Has a length its country uses, with area code. It need not be assigned.</summary>
    [MemberNotNullWhen(true, nameof(E164), nameof(MatchKey))]
    [MemberNotNullWhen(false, nameof(Fault), nameof(Reason))]
    public bool Possible => Fault is null && E164 is not null && MatchKey is not null;

    /// <summary>In a range its country has assigned. Test senders and new ranges are possible and not valid.</summary>
    public bool Valid { get; private init; }

    /// <summary>ISO 3166-1 alpha-2 of the number's country; null where several share the code and the number tells none, and for +800.</summary>
    public string? Region { get; private init; }

    /// <summary>
    /// All one digit or a plain count (<c>0000000</c>, <c>123456789</c>): typed to get past a form. It may be possible, even valid, but
    /// never leads to a contact.
    /// </summary>
    public bool IsDummy { get; private init; }

    /// <summary>Null exactly where the number is possible.</summary>
    public PhoneFault? Fault { get; private init; }

    /// <summary>The fault in one English sentence.</summary>
    public string? Reason => Fault switch
    {
        null => null,
        PhoneFault.TooShort => "The number is too short.",
        PhoneFault.TooLong => "The number is too long.",
        PhoneFault.InvalidCountryCode => "The country code is missing or unknown: write the number with + and its country code.",
        PhoneFault.LocalOnly => "The area code is missing.",
        PhoneFault.InvalidLength => "The number has a length that is not used in its country.",
        _ => "This does not read as one phone number.",
    };

    /// <summary>
    /// Reads a number as people, spreadsheets and address books write it. <paramref name="region"/> (ISO 3166-1 alpha-2, any case) says how
    /// to read one without a country code; null or unknown: only numbers with + are read. Never throws.
    /// </summary>
    public static Phone Parse(string? raw, string? region)
    {
        Span<char> buffer = stackalloc char[MaxLength];
        if (Clean(raw, buffer) is not { } length)
        {
            return new Phone { Fault = PhoneFault.TooLong };
        }

        var text = new string(buffer[..length]);
        var digits = DigitsOf(text);
        region = KnownRegion(region);
        if (EarlyFault(text, digits, region) is { } early)
        {
            return new Phone { Fault = early, IsDummy = IsMadeUp(digits, 1) };
        }

        PhoneNumber number;
        try
        {
            number = Library.Parse(text, region);
        }
        catch (NumberParseException e)
        {
            // The library has no other way to say so; what is often refused was sorted out above.
            return new Phone { Fault = FaultOf(e.ErrorType), IsDummy = IsMadeUp(digits, 1) };
        }

        return number.HasExtension && number.Extension.Length > MaxExtension
            ? new Phone { Fault = PhoneFault.NotANumber }
            : Read(number, digits);
    }

    /// <summary>
    /// The match key of a channel's sender (a WhatsApp id: country code and number, digits only), which is a number by the channel's word and
    /// need not be possible. Equal to <see cref="MatchKey"/> of the same number. Some mobiles are spelt in two ways, by age and by network:
    /// Brazil with and without the 9 in front, Argentina with and without the 9 and Mexico with and without the 1 behind the country code.
    /// </summary>
    public static string KeyOfDigits(string digits)
    {
        ArgumentNullException.ThrowIfNull(digits);
        var id = DigitsOf(digits);
        return id switch
        {
            // Eight digits from 6 on were always mobiles; landlines begin with 2 to 5, and so do newer mobiles, which never lacked the 9.
            ['5', '5', _, _, >= '6' and <= '9', ..] when id.Length == 12 => string.Concat(id.AsSpan(0, 4), "9", id.AsSpan(4)),
            ['5', '4', '9', ..] when id.Length == 13 => string.Concat("54", id.AsSpan(3)),
            ['5', '2', '1', ..] when id.Length == 13 => string.Concat("52", id.AsSpan(3)),
            _ => id,
        };
    }

    /// <summary>International with spaces, for people to read: <c>+34 612 34 56 78</c>. What cannot be read comes back as it is.</summary>
    public static string Display(string e164) =>
        Reread(e164) is { } number ? Library.Format(number, PhoneNumberFormat.INTERNATIONAL).Replace('-', ' ') : e164;

    /// <summary>The digits for <c>https://wa.me/</c>, or null unless the number is valid.</summary>
    public static string? WhatsAppDigits(string e164) =>
        Reread(e164) is { } number && Library.IsValidNumber(number) ? DigitsOf(e164) : null;

    private static Phone Read(PhoneNumber number, string digits)
    {
        var e164 = Library.Format(number, PhoneNumberFormat.E164);
        var national = Library.GetNationalSignificantNumber(number);
        var dummy = IsMadeUp(national, MinRun) || IsMadeUp(digits, MinRun);
        var extension = number.HasExtension ? number.Extension : null;
        var possible = Library.IsPossibleNumberWithReason(number);
        if (possible != PhoneNumberUtil.ValidationResult.IS_POSSIBLE)
        {
            return new Phone { E164 = e164, Extension = extension, IsDummy = dummy, Fault = FaultOf(possible) };
        }

        // A number is valid when it has a type: asking for the type alone saves the library matching the same patterns twice.
        var type = Library.GetNumberType(number);
        var key = KeyOfDigits(e164);
        return new Phone
        {
            E164 = e164,
            Extension = extension,
            // Two extensions of one switchboard are two people; behind a mobile, or what may be one, an extension is only noise.
            MatchKey = extension is not null && IsSwitchboard(type) ? key + "x" + extension : key,
            Valid = type != PhoneNumberType.UNKNOWN,
            Region = Library.GetRegionCodeForNumber(number) is { Length: 2 } home && home != "ZZ" ? home : null,
            IsDummy = dummy,
        };
    }

    private static bool IsSwitchboard(PhoneNumberType type) =>
        type is PhoneNumberType.FIXED_LINE or PhoneNumberType.TOLL_FREE or PhoneNumberType.SHARED_COST or PhoneNumberType.UAN;

    private static PhoneNumber? Reread(string e164)
    {
        ArgumentNullException.ThrowIfNull(e164);
        if (e164.Length is < 4 or > 20 || e164[0] != '+')
        {
            return null;
        }

        try
        {
            return Library.Parse(e164, null);
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    // Bidi marks of address books, no-break and full-width characters, and the = and quotes that keep a spreadsheet from calculating.
    private static int? Clean(string? raw, Span<char> buffer)
    {
        var length = 0;
        foreach (var c in raw ?? "")
        {
            var clean = c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : char.IsWhiteSpace(c) || char.IsControl(c) ? ' ' : c;
            if (char.GetUnicodeCategory(c) == UnicodeCategory.Format || (length == 0 && clean is ' ' or '=' or '"' or '\'' or '’'))
            {
                continue;
            }

            if (length == buffer.Length)
            {
                return null;
            }

            buffer[length++] = clean;
        }

        return buffer[..length].TrimEnd(" \"'").Length;
    }

    private static PhoneFault? EarlyFault(string text, string digits, string? region)
    {
        if (digits.Length == 0)
        {
            return PhoneFault.NotANumber;
        }

        // A plus after a digit begins a second number, or is the exponent of one that a spreadsheet has spoilt.
        var plus = text.LastIndexOf('+');
        if (plus >= 0 && !text.StartsWith("tel:", StringComparison.OrdinalIgnoreCase) && text.AsSpan(0, plus).ContainsAnyInRange('0', '9'))
        {
            return PhoneFault.NotANumber;
        }

        return plus < 0 && region is null ? PhoneFault.InvalidCountryCode : null;
    }

    private static string? KnownRegion(string? region) =>
        region is { Length: 2 } && region.ToUpperInvariant() is var upper && Library.GetCountryCodeForRegion(upper) != 0 ? upper : null;

    private static string DigitsOf(string text)
    {
        Span<char> digits = text.Length <= 256 ? stackalloc char[text.Length] : new char[text.Length];
        var length = 0;
        foreach (var c in text)
        {
            if (char.IsDigit(c))
            {
                digits[length++] = (char)('0' + (int)char.GetNumericValue(c));
            }
        }

        return new string(digits[..length]);
    }

    private static bool IsMadeUp(string digits, int least)
    {
        if (digits.Length < least || digits.Length == 0)
        {
            return false;
        }

        // From digit to digit always the same step: 0, one up or one down, with 0 after 9.
        var step = digits.Length == 1 ? 0 : (digits[1] - digits[0] + 10) % 10;
        if (step is not (0 or 1 or 9))
        {
            return false;
        }

        for (var i = 1; i < digits.Length; i++)
        {
            if ((digits[i] - digits[i - 1] + 10) % 10 != step)
            {
                return false;
            }
        }

        return true;
    }

    private static PhoneFault FaultOf(ErrorType error) => error switch
    {
        ErrorType.INVALID_COUNTRY_CODE => PhoneFault.InvalidCountryCode,
        ErrorType.TOO_LONG => PhoneFault.TooLong,
        ErrorType.TOO_SHORT_NSN or ErrorType.TOO_SHORT_AFTER_IDD => PhoneFault.TooShort,
        _ => PhoneFault.NotANumber,
    };

    private static PhoneFault FaultOf(PhoneNumberUtil.ValidationResult result) => result switch
    {
        PhoneNumberUtil.ValidationResult.TOO_SHORT => PhoneFault.TooShort,
        PhoneNumberUtil.ValidationResult.TOO_LONG => PhoneFault.TooLong,
        PhoneNumberUtil.ValidationResult.IS_POSSIBLE_LOCAL_ONLY => PhoneFault.LocalOnly,
        PhoneNumberUtil.ValidationResult.INVALID_COUNTRY_CODE => PhoneFault.InvalidCountryCode,
        _ => PhoneFault.InvalidLength,
    };
}
