using Bellhop.Platform;
using CsvHelper;

namespace Bellhop.Features.Imports.Files;

/// <summary>The rows of a CSV text that are not blank, headings first.</summary>
internal static class CsvRows
{
    public static IEnumerable<FileRow> Read(TextReader text, char delimiter, long firstLine, CancellationToken cancel)
    {
        using var guard = new RowGuard(text, delimiter, firstLine, cancel);
        using var reader = CsvReader.Create(
            guard,
            new CsvReaderOptions
            {
                HasHeader = false,
                Separator = delimiter,
                DetectSeparatorHint = false,
                TrimWhitespace = true,
                SkipEmptyLines = false,
            },
            leaveOpen: true
        );
        while (reader.Read())
        {
            var mark = guard.Marks.Dequeue();
            for (; mark.Problem is not null; mark = guard.Marks.Dequeue())
            {
                yield return new FileRow(mark.Line, [mark.Text], mark.Problem);
            }

            // If guard and reader disagreed about a row, a cell could go to the wrong guest.
            if (mark.Offset != reader.ByteOffset)
            {
                throw new InvalidOperationException($"The row of line {mark.Line} was not read as one row.");
            }

            if (Cells(reader) is { } cells)
            {
                yield return new FileRow(mark.Line, cells);
            }
        }

        while (guard.Marks.TryDequeue(out var mark))
        {
            yield return new FileRow(mark.Line, [mark.Text], mark.Problem);
        }
    }

    private static string[]? Cells(CsvReader reader)
    {
        var cells = new string[reader.FieldCount];
        var any = false;
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = reader.GetString(i);
            any = any || !string.IsNullOrWhiteSpace(cells[i]);
        }

        return any ? cells : null;
    }
}
