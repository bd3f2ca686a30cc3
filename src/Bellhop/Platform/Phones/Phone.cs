using System.Diagnostics.CodeAnalysis;
using PhoneNumbers;

namespace Bellhop.Platform;

/// <summary>Why a phone number is not taken; <see cref="Phone.Reason"/> says it in a sentence.</summary>
public enum PhoneProblem
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
public sealed partial record Phone
{
    // No switchboard has longer extensions. After a comma the library takes a whole second number for an extension.
    private const int MaxExtension = 7;

    private const int MinRun = 6;

    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    private Phone() { }

    /// <summary>With plus; also of a number that is read but not possible. Null where nothing could be read.</summary>
    public string? E164 { get; private init; }

    /// <summary>Digits; null where there is none. Never part of <see cref="E164"/>.</summary>
    public string? Extension { get; private init; }

    /// <summary>
    /// What is stored, shown and exported of a contact's phone: <see cref="E164"/>, and behind it the extension where there is one
    /// (<c>+351213000111 ext. 12</c>). Read again, it gives the same <see cref="MatchKey"/>.
    /// </summary>
    public string? Full => Extension is null ? E164 : $"{E164} ext. {Extension}";

    /// <summary>
    /// Equal for two numbers exactly where they reach one person: the spellings of one number, and the national variants of one mobile
    /// number (see <see cref="KeyOfDigits"/>). Opaque, compared byte by byte.
    /// </summary>
    public string? MatchKey { get; private init; }

    /// <summary>Has a length its country uses, with area code. It need not be assigned.</summary>
    [MemberNotNullWhen(true, nameof(E164), nameof(MatchKey))]
    [MemberNotNullWhen(false, nameof(Error), nameof(Reason))]
    public bool Possible => Error is null && E164 is not null && MatchKey is not null;

    /// <summary>In a range its country has assigned. Test senders and new ranges are possible and not valid.</summary>
    public bool Valid { get; private init; }

    /// <summary>
    /// ISO 3166-1 alpha-2 of the number's country; null where several share the code and the number tells none, and for +800.
    /// </summary>
    public string? Region { get; private init; }

    /// <summary>
    /// Typed to get past a form, so that it never leads to a contact, possible or not: all one digit (<c>0000000</c>), or, unless it is
    /// valid, a count from 0 or 1 (<c>123456789</c>), digits that repeat (<c>123123123</c>) or end in one (<c>900000000</c>).
    /// </summary>
    public bool IsDummy { get; private init; }

    /// <summary>Whether the region given says which country's number it is: it came without a country code.</summary>
    public bool IsNational { get; private init; }

    /// <summary>Null exactly where the number is possible.</summary>
    public PhoneProblem? Error { get; private init; }

    /// <summary>The error in one English sentence.</summary>
    public string? Reason =>
        Error switch
        {
            null => null,
            PhoneProblem.TooShort => "The number is too short.",
            PhoneProblem.TooLong => "The number is too long.",
            PhoneProblem.InvalidCountryCode => "The country code is missing or unknown: write the number with + and its country code.",
            PhoneProblem.LocalOnly => "The area code is missing.",
            PhoneProblem.InvalidLength => "The number has a length that is not used in its country.",
            _ => "This does not read as one phone number.",
        };

    /// <summary>
    /// Reads a number as people, spreadsheets and address books write it. <paramref name="region"/> (ISO 3166-1 alpha-2, any case) says how
    /// to read one without a country code; null or unknown: only numbers with + are read. Never throws.
    /// </summary>
    public static Phone Parse(string? raw, string? region)
    {
        region = KnownRegion(region);
        if (PhoneText.Of(raw, region) is not { } text)
        {
            return new Phone { Error = PhoneProblem.TooLong };
        }

        if (EarlyFault(text, region) is { } early)
        {
            return new Phone { Error = early, IsDummy = IsMadeUp(text.Digits) };
        }

        var read = ReadWhole(text, region);
        return read.Valid ? read : FirstOfTwo(text, region) ?? read;
    }

    private static Phone ReadWhole(PhoneText text, string? region)
    {
        PhoneNumber number;
        try
        {
            number = Library.Parse(text.Value, region);
        }
        catch (NumberParseException e)
        {
            // The library has no other way to say so; what is often refused was sorted out above.
            return new Phone { Error = FaultOf(e.ErrorType), IsDummy = IsMadeUp(text.Digits) };
        }

        // If the text names an extension and the library found none, the extension has become part of the number.
        var straight = number.HasExtension ? number.Extension.Length <= MaxExtension : !text.NamesExtension;
        if (!straight)
        {
            return new Phone { Error = PhoneProblem.NotANumber };
        }

        var read = Read(number) with { IsNational = IsNationalText(text, number) };
        return read.Valid
            ? MobileWithoutPlus(text.Value, region, number) ?? read
            : International(text.Value, region) ?? Formerly(number) ?? read;
    }

    /// <summary>
    /// The match key of a channel's sender (a WhatsApp id: country code and number, digits only), which is a number by the channel's word
    /// and need not be possible. Equal to <see cref="MatchKey"/> of the same number. Some mobiles are spelt in two ways, by age and by
    /// network: Brazil with and without the 9 in front, Argentina with and without the 9 and Mexico with and without the 1 behind the
    /// country code.
    /// </summary>
    public static string KeyOfDigits(string digits)
    {
        ArgumentNullException.ThrowIfNull(digits);
        var id = PhoneText.DigitsOf(digits);
        return id switch
        {
            // Eight digits from 6 on were always mobiles; landlines begin with 2 to 5, and so do newer mobiles, which never lacked the 9.
            ['5', '5', _, _, >= '6' and <= '9', ..] when id.Length == 12 => string.Concat(id.AsSpan(0, 4), "9", id.AsSpan(4)),
            ['5', '4', '9', ..] when id.Length == 13 => string.Concat("54", id.AsSpan(3)),
            ['5', '2', '1', ..] when id.Length == 13 => string.Concat("52", id.AsSpan(3)),
            _ => id,
        };
    }

    /// <summary>
    /// A telephone address of RFC 3966 as people write it; any other text unchanged. Its parameters are no part of the number and of its
    /// length.
    /// </summary>
    public static string? Plain(string? raw) => raw is null ? null : PhoneAddress.Plain(raw);

    /// <summary>ISO 3166-1 alpha-2 of the country that has this calling code (of several, the main one); null where none has.</summary>
    public static string? RegionOfCallingCode(int code) =>
        Library.GetRegionCodeForCountryCode(code) is { Length: 2 } region && region != "ZZ" ? region : null;

    /// <summary>
    /// The <see cref="Region"/> of a stored number; null for none. Most calling codes are one country's, so the number itself is seldom
    /// looked at.
    /// </summary>
    public static string? RegionOf(string? stored)
    {
        if (stored is null || Reread(stored) is not { } number)
        {
            return null;
        }

        var home = Library.GetRegionCodesForCountryCode(number.CountryCode) is [var only] ? only : Library.GetRegionCodeForNumber(number);
        return home is { Length: 2 } && home != "ZZ" ? home : null;
    }

    /// <summary>International with spaces, for people to read: <c>+34 612 34 56 78</c>. What cannot be read comes back as it is.</summary>
    public static string Display(string stored) => PhoneShown.Of(stored).Text;

    /// <summary>The digits for <c>https://wa.me/</c>, or null unless the number is valid.</summary>
    public static string? WhatsAppDigits(string stored) => PhoneShown.Of(stored).WhatsApp;

    /// <summary>Computes both without the cache: slow, at least a tenth of a millisecond.</summary>
    internal static PhoneShown Show(string stored) =>
        Reread(stored) is not { } number
            ? new(stored, null)
            : new(
                Library.Format(number, PhoneNumberFormat.INTERNATIONAL).Replace('-', ' '),
                Library.IsValidNumber(number) ? PhoneText.DigitsOf(Library.Format(number, PhoneNumberFormat.E164)) : null
            );

    private static Phone Read(PhoneNumber number)
    {
        var e164 = Library.Format(number, PhoneNumberFormat.E164);
        var national = Library.GetNationalSignificantNumber(number);
        var extension = number.HasExtension ? number.Extension : null;
        var possible = Library.IsPossibleNumberWithReason(number);
        if (possible != PhoneNumberUtil.ValidationResult.IS_POSSIBLE)
        {
            return new Phone
            {
                E164 = e164,
                Extension = extension,
                IsDummy = IsMadeUp(national),
                Error = FaultOf(possible),
            };
        }

        // A number is valid if it has a type. Asking only for the type saves the library matching the same patterns twice.
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
            IsDummy = type == PhoneNumberType.UNKNOWN ? IsMadeUp(national) : national.Length >= MinRun && IsRun(national, 0),
        };
    }

    private static bool IsNationalText(PhoneText text, PhoneNumber number) =>
        !text.Value.Contains('+', StringComparison.Ordinal)
        && !text
            .Digits.TrimStart('0')
            .StartsWith(number.CountryCode.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static bool IsSwitchboard(PhoneNumberType type) =>
        type is PhoneNumberType.FIXED_LINE or PhoneNumberType.TOLL_FREE or PhoneNumberType.SHARED_COST or PhoneNumberType.UAN;

    private static PhoneNumber? Reread(string stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        if (stored.Length is < 4 or > 32 || stored[0] != '+')
        {
            return null;
        }

        try
        {
            return Library.Parse(stored, null);
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    private static PhoneProblem? EarlyFault(PhoneText text, string? region) =>
        text.Digits.Length == 0 || text.IsSpoilt ? PhoneProblem.NotANumber
        : region is null && !text.Value.Contains('+', StringComparison.Ordinal) ? PhoneProblem.InvalidCountryCode
        : null;

    private static string? KnownRegion(string? region) =>
        region is { Length: 2 } && region.ToUpperInvariant() is var upper && Library.GetCountryCodeForRegion(upper) != 0 ? upper : null;

    private static PhoneProblem FaultOf(ErrorType error) =>
        error switch
        {
            ErrorType.INVALID_COUNTRY_CODE => PhoneProblem.InvalidCountryCode,
            ErrorType.TOO_LONG => PhoneProblem.TooLong,
            ErrorType.TOO_SHORT_NSN or ErrorType.TOO_SHORT_AFTER_IDD => PhoneProblem.TooShort,
            _ => PhoneProblem.NotANumber,
        };

    private static PhoneProblem FaultOf(PhoneNumberUtil.ValidationResult result) =>
        result switch
        {
            PhoneNumberUtil.ValidationResult.TOO_SHORT => PhoneProblem.TooShort,
            PhoneNumberUtil.ValidationResult.TOO_LONG => PhoneProblem.TooLong,
            PhoneNumberUtil.ValidationResult.IS_POSSIBLE_LOCAL_ONLY => PhoneProblem.LocalOnly,
            PhoneNumberUtil.ValidationResult.INVALID_COUNTRY_CODE => PhoneProblem.InvalidCountryCode,
            _ => PhoneProblem.InvalidLength,
        };
}
