using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using Bellhop.Platform;

namespace Bellhop.Features.Properties;

/// <summary>What one euro was worth on a day.</summary>
public sealed record EuroQuote(DateOnly Day, string Currency, decimal Rate);

/// <summary>
/// Reads the euro reference rates as the European Central Bank publishes them
/// (https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates): the CSV or XML file of a day or of many, or
/// the zip archive with one of them. The file may come from anybody, so its sizes are bounded and its XML may name no other file.
/// </summary>
public static class EcbFile
{
    /// <summary>The largest file, in bytes. All rates since 1999 have about 5 MB.</summary>
    public const int MostBytes = 12 * 1024 * 1024;

    private const int MostLetters = 32 * 1024 * 1024;
    private const int MostQuotes = 1_000_000;

    /// <summary>The quotes in currencies that we know, by day.</summary>
    /// <param name="today">The last day that a rate can be of.</param>
    /// <exception cref="Refusal">400 for anything else than such a file.</exception>
    public static List<EuroQuote> Read(byte[] file, DateOnly today)
    {
        if (file.Length > MostBytes)
        {
            throw Wrong("EcbFile.Large");
        }

        try
        {
            var text = Text(file.AsSpan().StartsWith("PK"u8) ? Unpack(file) : file);
            var quotes = new Dictionary<(DateOnly, string), EuroQuote>();
            foreach (var quote in text.TrimStart().StartsWith('<') ? Xml(text) : Csv(text))
            {
                if (quote.Day > today || quote.Day < Clock.Earliest || quote.Rate is <= 0 or > SetRate.Most || quotes.Count == MostQuotes)
                {
                    throw Wrong("EcbFile.Bad");
                }

                if (Currency.IsKnown(quote.Currency) && quote.Currency != Euro)
                {
                    quotes.TryAdd((quote.Day, quote.Currency), quote);
                }
            }

            return quotes.Count == 0
                ? throw Wrong("EcbFile.Bad")
                : [.. quotes.Values.OrderBy(q => q.Day).ThenBy(q => q.Currency, StringComparer.Ordinal)];
        }
        catch (Exception error) when (error is InvalidDataException or XmlException or DecoderFallbackException or EndOfStreamException)
        {
            throw Wrong("EcbFile.Bad");
        }
    }

    internal const string Euro = "EUR";

    private static string Text(byte[] file) => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file).TrimStart('\uFEFF');

    private static byte[] Unpack(byte[] file)
    {
        using var archive = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
        if (archive.Entries is not [var only])
        {
            throw Wrong("EcbFile.Bad");
        }

        // The archive may lie about the length, so the bytes themselves are counted.
        using var content = only.Open();
        using var whole = new MemoryStream();
        var some = new byte[64 * 1024];
        for (int read; (read = content.Read(some)) > 0; )
        {
            whole.Write(some, 0, read);
            if (whole.Length > MostLetters)
            {
                throw Wrong("EcbFile.Large");
            }
        }

        return whole.ToArray();
    }

    // Date,USD,JPY,…,  then a line for each day. A currency that had no rate then is N/A.
    private static IEnumerable<EuroQuote> Csv(string text)
    {
        using var lines = new StringReader(text);
        var heads = Cells(lines.ReadLine());
        if (heads.Length is < 2 or > 200 || heads[0] != "Date")
        {
            throw Wrong("EcbFile.Bad");
        }

        while (lines.ReadLine() is { } line)
        {
            if (line.Length == 0)
            {
                continue;
            }

            var cells = Cells(line);
            var day = Day(cells[0]);
            for (var i = 1; i < Math.Min(cells.Length, heads.Length); i++)
            {
                if (heads[i].Length > 0 && cells[i] is not ("" or "N/A"))
                {
                    yield return new(day, heads[i], Number(cells[i]));
                }
            }
        }
    }

    private static string[] Cells(string? line) => (line ?? "").Split(',', StringSplitOptions.TrimEntries);

    // <Cube time="2026-11-27"><Cube currency="USD" rate="1.0850"/>…</Cube>
    private static IEnumerable<EuroQuote> Xml(string text)
    {
        using var reader = XmlReader.Create(
            new StringReader(text),
            new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                MaxCharactersInDocument = MostLetters,
            }
        );
        DateOnly? day = null;
        while (reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "Cube" })
            {
                day = reader.GetAttribute("time") is { } time ? Day(time) : day;
                if (reader.GetAttribute("currency") is { } currency)
                {
                    yield return new(day ?? throw Wrong("EcbFile.Bad"), currency, Number(reader.GetAttribute("rate") ?? ""));
                }
            }
        }
    }

    // The file of one day writes 27 November 2026.
    private static DateOnly Day(string text) =>
        DateOnly.TryParseExact(text, ["yyyy-MM-dd", "d MMMM yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw Wrong("EcbFile.Bad");

    private static decimal Number(string text) =>
        text.Length <= 24 && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong("EcbFile.Bad");

    private static Refusal Wrong(string why) => Refusal.Invalid("file", ErrorText.Of<PropertyTexts>(why));
}
