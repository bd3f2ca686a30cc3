using Bellhop.Features.Tags;
using Bellhop.Platform;

namespace Bellhop.Features.Imports.Files;

/// <summary>
/// Reads vCards 3.0 and 4.0 (RFC 2426, RFC 6350) as rows: name, phone, e-mail, tags, the address's country. Everything else, above all
/// pictures, is skipped without being held in memory.
/// </summary>
internal static class CardRows
{
    // Of every contact that Google exports.
    private const string GooglesGroup = "myContacts";

    // Post box; more; street; town; region; code; country.
    private const int CountryOfAddress = 6;
    private const int LinesToJudge = 10_000;

    public static IReadOnlyList<string> Headings { get; } = ["name", "phone", "email", "tags", "country"];

    /// <summary>Whether the text begins with a vCard, whatever the file's name is, and which version it has.</summary>
    public static bool Begins(TextReader text, out string version)
    {
        version = "3.0";
        if (!BeginsWith(text, "BEGIN:VCARD"))
        {
            return false;
        }

        var lines = new CardLines(text);
        for (var i = 0; i < LinesToJudge && lines.Next() is { } line && !line.Is("END", "VCARD"); i++)
        {
            if (line.Name == "VERSION")
            {
                version = line.Value.Trim();
                break;
            }
        }

        return true;
    }

    public static IEnumerable<FileRow> Read(TextReader text, CancellationToken cancel)
    {
        using (text)
        {
            var lines = new CardLines(text);
            Card? card = null;
            while (lines.Next() is { } line)
            {
                cancel.ThrowIfCancellationRequested();
                if (line.Is("BEGIN", "VCARD"))
                {
                    if (card is not null)
                    {
                        yield return card.Row("Row.CardNotEnded");
                    }

                    card = new Card(line.Number);
                }
                else if (line.Is("END", "VCARD") && card is not null)
                {
                    yield return card.Row();
                    card = null;
                }
                else
                {
                    card?.Take(line);
                }
            }

            if (card is not null)
            {
                yield return card.Row("Row.CardNotEnded");
            }
        }
    }

    private static bool BeginsWith(TextReader text, string word)
    {
        var c = text.Read();
        while (c >= 0 && char.IsWhiteSpace((char)c))
        {
            c = text.Read();
        }

        foreach (var letter in word)
        {
            if (c < 0 || char.ToUpperInvariant((char)c) != letter)
            {
                return false;
            }

            c = text.Read();
        }

        return true;
    }

    private sealed class Card(int number)
    {
        private readonly List<(int Rank, string Value)> _phones = [];
        private readonly List<(int Rank, string Value)> _emails = [];
        private readonly List<(int Rank, string Value)> _countries = [];
        private readonly List<string> _tags = [];
        private string? _name;
        private string? _parts;
        private string? _organization;
        private string _version = "3.0";
        private int _length;
        private bool _nul;

        public void Take(CardLine line)
        {
            _length += line.Length;
            if (_length > RowScanner.MaxRow)
            {
                return;
            }

            _nul = _nul || line.Value.Contains('\0', StringComparison.Ordinal);
            switch (line.Name)
            {
                case "VERSION":
                    _version = line.Value.Trim();
                    break;
                case "FN":
                    _name ??= Blank(CardLine.Text(line.Value));
                    break;
                case "N":
                    _parts ??= Blank(Name(line.Value));
                    break;
                case "ORG":
                    _organization ??= Blank(CardLine.Text(CardLine.Split(line.Value, ';').First()));
                    break;
                case "TEL" when Blank(CardLine.Phone(line.Value)) is { } phone:
                    _phones.Add(
                        (
                            line.IsMobile ? 0
                            : line.IsNoVoice ? 2000
                            : 1000 + line.Preference,
                            phone
                        )
                    );
                    break;
                case "EMAIL" when Blank(CardLine.Email(line.Value)) is { } email:
                    _emails.Add((line.Preference, email));
                    break;
                case "ADR" when Blank(Country(line.Value)) is { } country:
                    _countries.Add((line.Preference + (line.Types.Contains("work") ? 1000 : 0), country));
                    break;
                case "CATEGORIES":
                    _tags.AddRange(
                        CardLine.Split(line.Value, ',').Select(CardLine.Text).Select(Blank).OfType<string>().Where(t => t != GooglesGroup)
                    );
                    break;
            }
        }

        public FileRow Row(string? problem = null)
        {
            var country = _countries.OrderBy(c => c.Rank).Select(c => c.Value).FirstOrDefault("");
            string[] cells = [_name ?? _parts ?? _organization ?? "", All(_phones), All(_emails), TagCell.Write(_tags), country];
            var error =
                problem is not null ? ErrorText.Of<ImportTexts>(problem)
                : _length > RowScanner.MaxRow ? ErrorText.Of<ImportTexts>("Row.TooLong", RowScanner.MaxRow)
                : _nul ? ErrorText.Of<ImportTexts>("Row.Nul")
                : _version is not ("3.0" or "4.0")
                    ? ErrorText.Of<ImportTexts>("Row.CardVersion", Visible.Of(_version.AsSpan(0, Math.Min(_version.Length, 10))))
                : null;
            return new FileRow(number, error is null ? cells : [.. cells.Select(c => Visible.Of(c))], error);
        }

        private static string All(List<(int Rank, string Value)> values) =>
            string.Join($" {RowReader.Several} ", values.OrderBy(v => v.Rank).Select(v => v.Value));

        private static string? Blank(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

        private static string Country(string value) => CardLine.Text(CardLine.Split(value, ';').ElementAtOrDefault(CountryOfAddress) ?? "");

        // Family; given; additional; prefixes; suffixes. The last two are not part of the name.
        private static string Name(string value)
        {
            var parts = CardLine
                .Split(value, ';')
                .Select(p => string.Join(' ', CardLine.Split(p, ',').Select(CardLine.Text)).Trim())
                .ToList();
            return string.Join(' ', new[] { 1, 2, 0 }.Where(i => i < parts.Count && parts[i].Length > 0).Select(i => parts[i]));
        }
    }
}
