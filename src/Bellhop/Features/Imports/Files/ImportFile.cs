using Bellhop.Platform;

namespace Bellhop.Features.Imports.Files;

/// <summary>Reads files of guests with constant memory. docs/import-files.md lists what is recognised.</summary>
public static class ImportFile
{
    /// <summary>More columns than any address book has.</summary>
    public const int MaxColumns = 2000;

    private const int Head = 64 * 1024;
    private const int RowsToJudge = 100;
    private const int MostAbove = 10;
    private const string Delimiters = ",;\t|";

    /// <summary>Finds the file's format. Reads the file once to its end, because a single late byte may decide the encoding.</summary>
    /// <exception cref="Refusal">400 <c>unusable-file</c>, with what the file is instead and what to do.</exception>
    public static FileLayout Look(string path, CancellationToken cancel)
    {
        var head = HeadOf(path);
        if (head.AsSpan().IndexOfAnyExcept(" \t\r\n\uFEFF"u8) < 0)
        {
            throw Unusable.Because("Empty");
        }

        if (FileSignature.Of(head) is { } other)
        {
            throw Unusable.Because(other);
        }

        var encoding = FileText.EncodingOf(path, head, cancel);
        if (encoding is not (FileText.Utf16 or FileText.Utf16BigEndian) && FileSignature.IsBinary(head))
        {
            throw Unusable.Because("Binary");
        }

        using (var text = FileText.Open(path, encoding))
        {
            if (CardRows.Begins(text, out var version))
            {
                return version is "3.0" or "4.0"
                    ? new FileLayout(FileKind.VCard, encoding, ',', CardRows.Headings, IsOurs: false)
                    : throw Unusable.Because("OldCard", version);
            }
        }

        var layout = Columns(path, encoding, cancel);
        if (layout.Headings.Count > MaxColumns)
        {
            throw Unusable.Because("TooManyColumns", layout.Headings.Count, MaxColumns);
        }

        var first = Rows(path, layout, cancel).Take(10 * RowsToJudge).Where(r => r.Problem is null).Take(RowsToJudge).ToList();
        layout = layout with { Values = ColumnJudge.Of(first, layout.Headings.Count) };
        Judge(layout, first);
        return layout;
    }

    /// <summary>
    /// The rows below the headings, without blank ones, read one by one. A row that cannot be taken has a problem, and reading continues
    /// with the next row. Each enumeration reads the file again.
    /// </summary>
    public static IEnumerable<FileRow> Rows(string path, FileLayout layout, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return layout.Kind == FileKind.VCard
            ? CardRows.Read(FileText.Open(path, layout.Encoding), cancel)
            : WithHeadings(path, layout.Encoding, layout.Delimiter, cancel).Skip(1 + layout.Above);
    }

    /// <summary>The number of <see cref="Rows"/>, including those with a problem.</summary>
    public static int CountRows(string path, FileLayout layout, CancellationToken cancel) => Rows(path, layout, cancel).Count();

    /// <summary>
    /// For every column, its first values that are not blank, at most <paramref name="count"/>. Looks at the first hundred rows.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<string>> Samples(string path, FileLayout layout, int count, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var samples = layout.Headings.Select(_ => new List<string>()).ToArray();
        foreach (var row in Rows(path, layout, cancel).Take(RowsToJudge).Where(r => r.Problem is null))
        {
            for (var i = 0; i < Math.Min(samples.Length, row.Cells.Count); i++)
            {
                if (samples[i].Count < count && !string.IsNullOrWhiteSpace(row.Cells[i]))
                {
                    samples[i].Add(SpreadsheetText.Unguard(row.Cells[i].Trim()));
                }
            }
        }

        return samples;
    }

    private static byte[] HeadOf(string path)
    {
        using var stream = FileText.Stream(path);
        var head = new byte[Math.Min(Head, stream.Length)];
        stream.ReadExactly(head);
        return head;
    }

    private static IEnumerable<FileRow> WithHeadings(string path, string encoding, char delimiter, CancellationToken cancel)
    {
        var (text, _, line) = SeparatorHint.Open(path, encoding);
        return CsvRows.Read(text, delimiter, line, cancel);
    }

    private static FileLayout Columns(string path, string encoding, CancellationToken cancel)
    {
        var (opened, hint, _) = SeparatorHint.Open(path, encoding);
        opened.Dispose();
        var found = $"{hint}{Delimiters}"
            .Distinct()
            .Select(delimiter => (Delimiter: delimiter, Row: WithHeadings(path, encoding, delimiter, cancel).FirstOrDefault()))
            .ToList();
        var usable = found.Where(f => f.Row is { Problem: null }).Select(f => Layout(f.Delimiter, f.Row!, 0)).ToList();
        if (usable.Count == 0)
        {
            throw found[0].Row switch
            {
                null => Unusable.Because("Empty"),
                { Problem.Key: "Row.TooLong" } => Unusable.Because("HeadingsLong", RowScanner.MaxRow),
                { Problem.Key: "Row.Nul" } => Unusable.Because("Binary"),
                _ => Unusable.Because("HeadingsQuote"),
            };
        }

        if (!usable.Exists(l => l.Headings.Count > MaxColumns || ColumnMapping.Guess(l).Serves(l)))
        {
            var below = usable.ConvertAll(l =>
                BelowTitle([.. WithHeadings(path, encoding, l.Delimiter, cancel).Take(1 + MostAbove)]) is { } title
                    ? Layout(l.Delimiter, title.Headings, title.Above)
                    : null
            );
            usable = below.Exists(l => l is not null) ? [.. below.OfType<FileLayout>()] : usable;
        }

        // Choose the delimiter of the hint; else the one with most known headings; then with most headings; then the first in the list.
        return usable
            .OrderByDescending(l => l.Delimiter == hint && l.Headings.Count > 1)
            .ThenByDescending(Known)
            .ThenByDescending(l => l.Headings.Count)
            .First();

        FileLayout Layout(char delimiter, FileRow row, int above)
        {
            var headings = HeadingsOf(row);
            return new(FileKind.Csv, encoding, delimiter, headings, OwnHeadings.Are(headings), Above: above);
        }
    }

    // Reports have a title and their dates above the headings. A row that may be a guest is never passed over.
    private static (FileRow Headings, int Above)? BelowTitle(List<FileRow> rows)
    {
        var at = rows.FindIndex(r => MayBeGuest(r) || (r.Problem is null && KnowsGuests(HeadingsOf(r))));
        return at > 0 && !MayBeGuest(rows[at]) ? (rows[at], at) : null;
    }

    private static bool KnowsGuests(List<string> headings) =>
        headings.Count(h => KnownHeadings.FieldOf(h) is not null) > 1
        && headings.Exists(h => KnownHeadings.FieldOf(h) is ImportField.Phone or ImportField.Email);

    private static bool MayBeGuest(FileRow row) =>
        row.Problem is null && row.Cells.Any(c => Email.Parse(c).Valid || (ColumnJudge.MayBePhone(c) && !ColumnJudge.IsDay(c)));

    private static List<string> HeadingsOf(FileRow row) => [.. row.Cells.Select(c => Visible.Of(Heading.Clean(c)))];

    private static int Known(FileLayout layout) => layout.Headings.Take(MaxColumns).Count(h => KnownHeadings.FieldOf(h) is not null);

    private static void Judge(FileLayout layout, List<FileRow> rows)
    {
        var mapping = ColumnMapping.Guess(layout);
        if (mapping.Serves(layout))
        {
            return;
        }

        if (mapping.Columns.All(c => c.Field is null) && layout.Headings.Any(IsValue))
        {
            throw Unusable.Because("NoHeadings");
        }

        var unknown = Enumerable
            .Range(0, layout.Headings.Count)
            .Where(i => mapping.Columns[i].Field is null && !KnownHeadings.IsOther(layout.Headings[i]))
            .ToList();
        if (unknown.Count == 0 || (rows.Count > 0 && !unknown.Exists(MayBePhone)))
        {
            throw Unusable.NoPhoneColumn(layout.Headings);
        }

        bool MayBePhone(int column) => rows.Exists(r => column < r.Cells.Count && ColumnJudge.MayBePhone(r.Cells[column]));
    }

    private static bool IsValue(string heading) => heading.Contains('@', StringComparison.Ordinal) || ColumnJudge.MayBePhone(heading);
}
