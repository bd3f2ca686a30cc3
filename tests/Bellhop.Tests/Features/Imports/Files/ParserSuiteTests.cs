using System.Text.Json;
using Bellhop.Features.Imports.Files;

namespace Bellhop.Tests.Features.Imports.Files;

/// <summary>Other parsers' own tests of RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180).</summary>
public sealed class ParserSuiteTests
{
    // Each with why it is not ours: the setting it is about, which a file of guests has not.
    private static readonly Dictionary<string, string> LeftOut = new(StringComparer.Ordinal)
    {
        ["comments"] = "a line that begins with # is a guest of a strange name: there are no comments in RFC 4180",
        ["fastMode"] = "a setting of the parser",
        ["dynamicTyping"] = "all cells are texts",
        ["escapeChar"] = "RFC 4180 doubles quotes",
        ["quoteChar"] = "RFC 4180 quotes with \"",
        ["preview"] = "a setting of the parser",
        ["skipFirstNLines"] = "a setting of the parser",
    };

    private static readonly Dictionary<string, string> Otherwise = new(StringComparer.Ordinal)
    {
        ["ASCII 30 delimiter"] = "not among our delimiters",
        ["Bad delimiter (\\n)"] = "no delimiter is given from outside",
        ["Multi-character delimiter (length 2) with quoted field"] = "a delimiter is one character",
        ["Quoted field has invalid trailing quote after delimiter with a valid closer"] =
            "malformed: text behind a closing quote is text up to the next delimiter, so that a row stays a row",
        ["Quoted field has invalid trailing quote before delimiter"] = "malformed: the same; theirs takes two rows for one",
        ["Skip empty lines, with empty input"] = "an empty file is refused before",
        ["Duplicated header names existing column"] = "renames headings; with us the first counts",
    };

    [Theory]
    [InlineData("comma_in_quotes")]
    [InlineData("empty")]
    [InlineData("empty_crlf")]
    [InlineData("escaped_quotes")]
    [InlineData("json")]
    [InlineData("newlines")]
    [InlineData("newlines_crlf")]
    [InlineData("quotes_and_newlines")]
    [InlineData("simple")]
    [InlineData("simple_crlf")]
    [InlineData("utf8")]
    public void Csv_spectrum_reads_as_its_json_says(string name)
    {
        var path = Cases.Path($"d_csv/parser_suite/csv-spectrum/{name}.csv");
        var expected = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(path, ".json"))).RootElement.EnumerateArray().ToList();
        // The files for CRLF were kept with LF alone; their JSON has CRLF.
        var text = File.ReadAllText(path).ReplaceLineEndings(name.EndsWith("_crlf", StringComparison.Ordinal) ? "\r\n" : "\n");
        var rows = Read(text, ',');

        rows[0].ShouldBe(expected[0].EnumerateObject().Select(p => p.Name));
        rows[1..]
            .Select(r => string.Join('|', r))
            .ShouldBe(expected.Select(e => string.Join('|', e.EnumerateObject().Select(p => p.Value.GetString()))));
    }

    [Fact]
    public void Papaparse_reads_the_same_but_for_the_cases_listed_here()
    {
        var cases = JsonDocument
            .Parse(File.ReadAllText(Cases.Path("d_csv/parser_suite/papaparse_cases.json")))
            .RootElement.EnumerateArray()
            .ToList();
        var (read, left) = (0, 0);
        foreach (var given in cases)
        {
            var description = given.GetProperty("description").GetString()!;
            if (
                Otherwise.ContainsKey(description)
                || (given.TryGetProperty("config", out var config) && config.EnumerateObject().Any(c => LeftOut.ContainsKey(c.Name)))
            )
            {
                left++;
                continue;
            }

            read++;
            var input = given.GetProperty("input").GetString()!;
            var rows = Read(
                input.TrimStart('\uFEFF'),
                input.Contains('\t', StringComparison.Ordinal) && input.StartsWith("a\tb", StringComparison.Ordinal) ? '\t'
                    : input.Contains(';', StringComparison.Ordinal) ? ';'
                    : ','
            );
            var headed = given.GetProperty("expected").GetProperty("data").EnumerateArray().Any(r => r.ValueKind == JsonValueKind.Object);
            rows.Skip(headed ? 1 : 0).Select(r => string.Join('¦', r)).ShouldBe(Expected(given), description);
        }

        (read, left).ShouldBe((46, 30));
    }

    private static IEnumerable<string> Expected(JsonElement given)
    {
        // Blank rows are not counted, and white space around a cell is none of it.
        foreach (var row in given.GetProperty("expected").GetProperty("data").EnumerateArray())
        {
            var cells =
                row.ValueKind == JsonValueKind.Array
                    ? row.EnumerateArray().Select(c => c.GetString()!.Trim(' '))
                    : row.EnumerateObject().Select(p => p.Value.GetString()!);
            var list = cells.ToList();
            if (list.Exists(c => c.Length > 0))
            {
                yield return string.Join('¦', list);
            }
        }
    }

    private static List<IReadOnlyList<string>> Read(string text, char delimiter) =>
        [.. CsvRows.Read(new StringReader(text), delimiter, 1, TestContext.Current.CancellationToken).Select(r => r.Cells)];
}
