using System.Text;

namespace Bellhop.Features.Imports.Files;

/// <summary>
/// Guesses the code page of a text that is not Unicode. It decodes the lines that have letters beyond ASCII with every page and counts what
/// no text has: signs within words, capitals behind small letters, two scripts in a word, letters that no language puts side by side. Known
/// headings speak for a page. Without clear evidence it is Windows-1252.
/// </summary>
internal static class CodePages
{
    public const string Western = "windows-1252";

    private const int MostSample = 64 * 1024;
    private const int MostHeadings = 5;

    // One oddity, or the headings of one column. Where many letters speak, the evidence must be as strong.
    private const int Margin = OddLetters.Weight;
    private const int LettersPerOddity = 20;

    private static readonly string[] Central = ["windows-1250", "iso-8859-2"];

    // Of pages that explain a text equally well, the first counts.
    private static readonly (string Name, Func<char, bool> IsOfScript)[] Pages =
    [
        (Western, IsLatin),
        ("windows-1250", IsLatin),
        ("iso-8859-2", IsLatin),
        ("windows-1254", IsLatin),
        ("macintosh", IsLatin),
        ("ibm850", IsLatin),
        ("windows-1255", c => c is >= '\u0590' and <= '\u05FF'),
        ("windows-1251", IsCyrillic),
        ("koi8-r", IsCyrillic),
        ("cp866", IsCyrillic),
        ("windows-1253", c => c is >= '\u0370' and <= '\u03FF'),
        ("windows-1256", c => c is >= '\u0600' and <= '\u06FF'),
    ];

    // It has nearly no byte without a letter, so that any other page with as few oddities counts before it.
    private static readonly (string Name, Func<char, bool> IsOfScript) Thai = ("windows-874", c => c is >= '\u0E00' and <= '\u0E7F');

    public static Encoding Get(string name) => CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);

    /// <summary>The name of the file's code page. Reads the file until there is enough to judge.</summary>
    public static string Of(string path, CancellationToken cancel) => Guess(Sample(path, cancel));

    /// <summary>The name of the code page of some lines.</summary>
    public static string Guess(byte[] sample)
    {
        var best = (Name: Western, Cost: int.MaxValue);
        var (western, unlikely) = (0, 0);
        foreach (var (name, isOfScript) in Pages)
        {
            Weigh(name, isOfScript);
        }

        foreach (var name in WideCodes.All)
        {
            if (WideCodes.Cost(name, sample) is { } cost)
            {
                Take(name, cost - Headings(Get(name).GetString(sample)));
            }
        }

        Weigh(Thai.Name, Thai.IsOfScript);
        return western - best.Cost >= Math.Max(Margin, Letters(best.Name, sample) / LettersPerOddity) ? best.Name : Western;

        void Weigh(string name, Func<char, bool> isOfScript)
        {
            var text = Get(name).GetString(sample);
            var isLatin = isOfScript == IsLatin;
            var cost = OddLetters.Count(text, isOfScript, isLatin) - Headings(text);
            // What is unlikely as a western word speaks for Central Europe, and for no other Latin page.
            unlikely = name == Western ? UnlikelyWords.Count(text) : unlikely;
            cost += isLatin ? OddLetters.Weight * (Central.Contains(name) ? UnlikelyWords.Count(text) : unlikely) : 0;
            cost -= name == "windows-1254" ? OddLetters.OfTurkish(text) : 0;
            western = name == Western ? cost : western;
            Take(name, cost);
        }

        void Take(string name, int cost) => best = cost < best.Cost ? (name, cost) : best;
    }

    // How many western letters are others in the page: é and ü are the same in Central Europe, and speak for neither.
    private static int Letters(string name, byte[] sample)
    {
        var (western, other) = (Get(Western).GetString(sample), Get(name).GetString(sample));
        var isSame = western.Length == other.Length;
        return western.Where((c, i) => c > '\u007F' && char.IsLetter(c) && !(isSame && other[i] == c)).Count();
    }

    // How strongly the headings speak for a page: known ones that need it.
    private static int Headings(string text) =>
        Margin * text.Split('\n').Take(MostHeadings).Max(line => line.Split(',', ';', '\t', '|').Count(h => IsKnown(Heading.Clean(h))));

    private static bool IsKnown(string heading) => heading.Any(c => c > '\u007F') && KnownHeadings.FieldOf(heading) is not null;

    private static bool IsLatin(char c) => c is < '\u0250' or 'ª' or 'º';

    private static bool IsCyrillic(char c) => c is >= '\u0400' and <= '\u04FF';

    // The first lines with bytes beyond ASCII.
    private static byte[] Sample(string path, CancellationToken cancel)
    {
        using var stream = FileText.Stream(path);
        var (buffer, line, sample) = (new byte[MostSample], new List<byte>(), new List<byte>());
        var high = false;
        while (sample.Count < MostSample && stream.Read(buffer) is > 0 and var read)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var b in buffer.AsSpan(0, read))
            {
                high = high || b > 0x7F;
                if (line.Count < MostSample)
                {
                    line.Add(b);
                }

                if (b is (byte)'\n' or (byte)'\r')
                {
                    sample.AddRange(high ? line : []);
                    line.Clear();
                    high = false;
                }
            }
        }

        sample.AddRange(high ? line : []);
        return [.. sample];
    }
}
