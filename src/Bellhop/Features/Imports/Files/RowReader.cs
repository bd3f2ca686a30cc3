using Bellhop.Features.Contacts;
using Bellhop.Features.Intake;
using Bellhop.Features.Tags;
using Bellhop.Platform;

namespace Bellhop.Features.Imports.Files;

/// <summary>Turns rows of a file into rows of guests. Not thread-safe.</summary>
public sealed class RowReader
{
    /// <summary>Google's separator of several values in a cell.</summary>
    internal const string Several = ":::";
    private const int MostShown = 100;

    // Separators between addresses in one cell. A space may also be part of a name before an address; that does no harm.
    private static readonly char[] Between = [';', ',', '|', '/', ' ', '\t', '\r', '\n'];

    private readonly FileLayout _layout;
    private readonly int[] _mapped;
    private readonly int[] _names;
    private readonly int[] _given;
    private readonly int[] _middle;
    private readonly int[] _family;
    private readonly (int At, int Label, bool Mobile)[] _phones;
    private readonly int[] _emails;
    private readonly int[] _tags;
    private readonly int[] _properties;
    private readonly RowCountry _country;
    private readonly int[] _companies;
    private readonly RowConsent _consent;
    private readonly RowConsent _whatsApp;
    private readonly RowConsent _email;
    private readonly (Detail Detail, int[] Columns)[] _details;

    public RowReader(FileLayout layout, ColumnMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        _layout = layout;
        int[] Of(ImportField field) => [.. Enumerable.Range(0, mapping.Columns.Count).Where(i => mapping.Columns[i].Field == field)];
        _mapped = [.. Enumerable.Range(0, mapping.Columns.Count).Where(i => mapping.Columns[i].Field is not null)];
        (_names, _given, _middle, _family) = (
            Of(ImportField.Name),
            Of(ImportField.GivenName),
            Of(ImportField.MiddleName),
            Of(ImportField.FamilyName)
        );
        _phones =
        [
            .. Of(ImportField.Phone)
                .Select(i => (At: i, Label: PhoneColumn.LabelOf(layout, i), Mobile: KnownHeadings.IsMobile(layout.Headings[i])))
                .OrderBy(p => !p.Mobile)
                .ThenBy(p => HeadingWords.IsOfCompany(layout.Headings[p.At])),
        ];
        (_emails, _tags, _properties) = (Of(ImportField.Email), Of(ImportField.Tags), Of(ImportField.Property));
        (_companies, _country) = (Of(ImportField.Company), new(layout, Of(ImportField.DialCode), Of(ImportField.Country)));
        (_consent, _whatsApp, _email) = (
            new(layout, Of(ImportField.Consent)),
            new(layout, Of(ImportField.ConsentWhatsApp)),
            new(layout, Of(ImportField.ConsentEmail))
        );
        _details = [.. ImportFields.Plain.Select(d => (d, Of(ImportFields.Of(d)))).Where(d => d.Item2.Length > 0)];
    }

    public GuestRow Read(FileRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Problem is not null)
        {
            return new GuestRow(row.Line, row.Cells, row.Problem);
        }

        if (Damage(row.Cells) is { } damage)
        {
            return new GuestRow(row.Line, [.. row.Cells.Select(c => Visible.Of(c))], damage);
        }

        List<ErrorText>? warnings = null;
        if (Extra(row.Cells) is { } extra)
        {
            (warnings ??= []).Add(ErrorText.Of<ImportTexts>("Warning.MoreCells", extra));
        }

        var both = _consent.Of(row.Cells, ref warnings);
        var phones = Phones(row.Cells);
        var phone = phones.Count > 0 ? phones[0].Phone : null;
        var (country, countryColumn) = phone is null ? default : _country.Of(row.Cells, phone, phones[0].Column, ref warnings);
        return new GuestRow(row.Line, row.Cells)
        {
            Name = Name(row.Cells),
            Phone = phone,
            OtherPhones = phones.Count < 2 ? [] : [.. phones.Skip(1).Select(p => WithCountry(row.Cells, p))],
            Email = Email(row.Cells),
            Tags = Tags(row.Cells),
            Property = First(row.Cells, _properties),
            Country = country,
            CountryColumn = countryColumn,
            Details = Details(row.Cells),
            WhatsApp = _whatsApp.Of(row.Cells, ref warnings) ?? both,
            EmailConsent = _email.Of(row.Cells, ref warnings) ?? both,
            Warnings = warnings ?? (IReadOnlyList<ErrorText>)[],
        };
    }

    private (Detail, string)[] Details(IReadOnlyList<string> cells)
    {
        var found = _details
            .Select(d => (d.Detail, Text: First(cells, d.Columns)))
            .Append((Detail: CountryField.Given, Text: _country.Of(cells)));
        return [.. found.Where(d => d.Text is not null).Select(d => (d.Detail, d.Text!))];
    }

    internal static string? Cell(IReadOnlyList<string> cells, int at)
    {
        if (at >= cells.Count)
        {
            return null;
        }

        var text = cells[at].Trim();
        text =
            text is ['\'', ..] ? SpreadsheetText.Unguard(text).Trim()
            : IsTextFormula(text) ? text[2..^1].Trim()
            : text;
        return text.Length == 0 ? null : text;
    }

    // ="0034612": the formula that makes Excel show a text as it is.
    private static bool IsTextFormula(string text) => text is ['=', '"', .., '"'] && text.LastIndexOf('"', text.Length - 2) == 1;

    private string? First(IReadOnlyList<string> cells, int[] columns)
    {
        foreach (var at in columns)
        {
            if (Value(cells, at) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>A cell's text; null when it only says that there is no data. In Bellhop's own export every text counts.</summary>
    private string? Value(IReadOnlyList<string> cells, int at) =>
        Cell(cells, at) is { } text && (_layout.IsOurs || !NoData.Is(text)) ? text : null;

    /// <summary>A part of a name. Words such as None and Null count, because they are real names.</summary>
    private string? Part(IReadOnlyList<string> cells, int[] columns)
    {
        foreach (var at in columns)
        {
            if (Cell(cells, at) is { } text && (_layout.IsOurs || !(NoData.IsSign(text) || NoData.IsError(text))))
            {
                return text;
            }
        }

        return null;
    }

    private static string? FirstOf(string text) =>
        !text.Contains(Several, StringComparison.Ordinal) ? text
        : text.Split(Several, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first
        : null;

    internal static string Short(string text) => text.Length <= MostShown ? text : text[..MostShown] + "…";

    private ErrorText? Damage(IReadOnlyList<string> cells)
    {
        foreach (var at in _mapped)
        {
            if (at >= cells.Count)
            {
                break;
            }

            foreach (var c in cells[at])
            {
                if (c == '\uFFFD')
                {
                    return ErrorText.Of<ImportTexts>("Row.Damaged", _layout.Headings[at]);
                }

                if (char.IsControl(c) && c is not ('\t' or '\r' or '\n'))
                {
                    return ErrorText.Of<ImportTexts>("Row.Control", _layout.Headings[at]);
                }
            }
        }

        return null;
    }

    private string? Extra(IReadOnlyList<string> cells)
    {
        if (cells.Count <= _layout.Headings.Count)
        {
            return null;
        }

        var extra = string.Join(
            ", ",
            cells.Skip(_layout.Headings.Count).Where(c => !string.IsNullOrWhiteSpace(c)).Take(MostShown).Select(c => Visible.Of(c.Trim()))
        );
        return extra.Length == 0 ? null : Short(extra);
    }

    private string? Name(IReadOnlyList<string> cells) => Part(cells, _names) ?? Join(cells) ?? First(cells, _companies);

    private string? Join(IReadOnlyList<string> cells)
    {
        var (given, middle, family) = (Part(cells, _given), Part(cells, _middle), Part(cells, _family));
        return middle is null && family is null ? given
            : given is null && middle is null ? family
            : string.Join(' ', new[] { given, middle, family }.Where(p => p is not null));
    }

    /// <summary>The row's phones, mobiles first.</summary>
    private List<(string Phone, int Column)> Phones(IReadOnlyList<string> cells)
    {
        var (found, mobiles) = (new List<(string, int)>(), 0);
        foreach (var (at, label, isMobile) in _phones)
        {
            if (Value(cells, at) is not { } text)
            {
                continue;
            }

            var first = isMobile || (label >= 0 && Cell(cells, label) is { } said && KnownHeadings.IsMobile(said));
            foreach (var part in text.Split(Several, StringSplitOptions.TrimEntries).Where(p => p.Length > 0 && !NoData.Is(p)))
            {
                found.Insert(first ? mobiles++ : found.Count, (PhoneColumn.WithoutDecimals(part), at));
            }
        }

        return found;
    }

    private (string, string?, string?) WithCountry(IReadOnlyList<string> cells, (string Phone, int Column) phone)
    {
        List<ErrorText>? unsaid = null; // of a phone that counts only instead of another
        var (country, column) = _country.Of(cells, phone.Phone, phone.Column, ref unsaid);
        return (phone.Phone, country, column);
    }

    /// <summary>The row's first usable e-mail address; when there is none, its first text.</summary>
    private string? Email(IReadOnlyList<string> cells)
    {
        string? first = null;
        foreach (var at in _emails)
        {
            if (Value(cells, at)?.TrimStart('\'') is not { Length: > 0 } text)
            {
                continue;
            }

            if (text.IndexOf('@', StringComparison.Ordinal) == text.LastIndexOf('@') && Platform.Email.Parse(text).Usable)
            {
                return text;
            }

            first ??= FirstOf(text);
            foreach (var part in text.Split(Between, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (Platform.Email.Parse(part).Usable)
                {
                    return part;
                }
            }
        }

        return first;
    }

    private IReadOnlyList<string> Tags(IReadOnlyList<string> cells)
    {
        List<string>? tags = null;
        foreach (var at in _tags)
        {
            if (Cell(cells, at) is not { } text || (!_layout.IsOurs && NoData.IsSign(text)))
            {
                continue;
            }

            // Google marks its standard groups with a star. They are not tags.
            var isGoogles = text.StartsWith("* ", StringComparison.Ordinal) || text.Contains(Several, StringComparison.Ordinal);
            (tags ??= []).AddRange(TagCell.Read(text).Where(name => !isGoogles || !name.StartsWith("* ", StringComparison.Ordinal)));
        }

        return tags is null ? []
            : _tags.Length == 1 ? tags
            : [.. tags.DistinctBy(Tag.Key, StringComparer.Ordinal)];
    }
}
