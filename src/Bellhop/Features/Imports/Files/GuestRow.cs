using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Imports.Files;

/// <summary>
/// What a column may be mapped to, beside details: see <see cref="ImportFields"/>. Names in the API are these in camelCase.
/// </summary>
public enum ImportField
{
    Name,
    GivenName,
    MiddleName,
    FamilyName,

    /// <summary>Several columns may be it: the first that holds one counts, a mobile's before others.</summary>
    Phone,
    Email,

    /// <summary>Several in a cell.</summary>
    Tags,

    /// <summary>A property's name.</summary>
    Property,

    /// <summary>A country's code or name: the region of a phone without country code.</summary>
    Country,

    /// <summary>A country's calling code (<c>+34</c>): the region of the phone beside it.</summary>
    DialCode,

    /// <summary>The name where a row has no other.</summary>
    Company,

    /// <summary>To marketing on every channel.</summary>
    Consent,
    ConsentWhatsApp,
    ConsentEmail,
}

/// <summary>
/// A row by its fields: texts as written, cut of white space and of the mark that keeps spreadsheets from computing; null where the cell is
/// empty.
/// </summary>
/// <param name="Line">As the file's row.</param>
/// <param name="Cells">As the file's row, for refusing it.</param>
/// <param name="Problem">As the file's row, or a cell that no text may hold.</param>
public sealed record GuestRow(int Line, IReadOnlyList<string> Cells, ErrorText? Problem = null)
{
    public string? Name { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public string? Property { get; init; }

    /// <summary>ISO 3166-1 alpha-2: the region of a phone without country code; null where no column says one that is understood.</summary>
    public string? Country { get; init; }

    /// <summary>The heading of the column that says so, where it names a country and no calling code.</summary>
    public string? CountryColumn { get; init; }

    /// <summary>What is plainly said of the guest, by detail.</summary>
    internal IReadOnlyList<(Detail Detail, string Text)> Details { get; init; } = [];
    public bool? WhatsApp { get; init; }
    public bool? EmailConsent { get; init; }

    /// <summary>The row is taken, though something of it is not: more cells than headings, a consent that is neither yes nor no.</summary>
    public IReadOnlyList<ErrorText> Warnings { get; init; } = [];
}
