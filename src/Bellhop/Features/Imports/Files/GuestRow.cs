using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Imports.Files;

/// <summary>
/// The fields that a column may be mapped to. <see cref="ImportFields"/> adds one for each detail. The API uses these names in camelCase.
/// </summary>
public enum ImportField
{
    Name,
    GivenName,
    MiddleName,
    FamilyName,

    /// <summary>Several columns may be phones. The first one with a value counts; mobile columns come first.</summary>
    Phone,
    Email,

    /// <summary>A cell may hold several tags.</summary>
    Tags,

    /// <summary>A property's name.</summary>
    Property,

    /// <summary>A country's code or name. It is the region of a phone without a country code.</summary>
    Country,

    /// <summary>A country's calling code (<c>+34</c>). It gives the region of the phone next to it.</summary>
    DialCode,

    /// <summary>A company. It is the guest's name when the row has no other name.</summary>
    Company,

    /// <summary>Consent to marketing on every channel.</summary>
    Consent,
    ConsentWhatsApp,
    ConsentEmail,
}

/// <summary>
/// A row's values by field. Texts are as written, without surrounding white space and the mark that keeps spreadsheets from computing; null
/// for an empty cell.
/// </summary>
/// <param name="Line">The line of the file's row.</param>
/// <param name="Cells">The file's cells, to keep with a refusal.</param>
/// <param name="Problem">Why the file's row is refused, or that a cell holds characters that are not allowed.</param>
public sealed record GuestRow(int Line, IReadOnlyList<string> Cells, ErrorText? Problem = null)
{
    public string? Name { get; init; }
    public string? Phone { get; init; }

    /// <summary>
    /// Further phones of the row, each with what <see cref="Country"/> and <see cref="CountryColumn"/> are for it. They count where the
    /// first one cannot be a guest's.
    /// </summary>
    internal IReadOnlyList<(string Phone, string? Country, string? CountryColumn)> OtherPhones { get; init; } = [];
    public string? Email { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public string? Property { get; init; }

    /// <summary>
    /// ISO 3166-1 alpha-2: the region of a phone without a country code. Null when no column gives a country that is understood.
    /// </summary>
    public string? Country { get; init; }

    /// <summary>The heading of the column with the country; null when a calling code gave the country.</summary>
    public string? CountryColumn { get; init; }

    /// <summary>The guest's details and their texts.</summary>
    internal IReadOnlyList<(Detail Detail, string Text)> Details { get; init; } = [];
    public bool? WhatsApp { get; init; }
    public bool? EmailConsent { get; init; }

    /// <summary>Problems of a row that is taken all the same: more cells than headings, or a consent that is neither yes nor no.</summary>
    public IReadOnlyList<ErrorText> Warnings { get; init; } = [];
}
