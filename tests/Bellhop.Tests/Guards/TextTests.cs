using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Bellhop.Data;

namespace Bellhop.Tests.Guards;

/// <summary>Each feature keeps its texts in one file, and the code names exactly the texts that are there.</summary>
public sealed partial class TextTests
{
    /// <summary>The folders inside a feature that have texts of their own.</summary>
    private static readonly Dictionary<string, string> OwnTexts = new()
    {
        ["Contacts/Fields"] = "each field of a guest has its label beside its declaration",
        ["Contacts/Segments"] = "segments have routes and pages of their own",
    };

    private static readonly List<(string File, string Text)> Sources =
    [
        .. ShapeTests
            .Files(ShapeTests.Source)
            .Where(f => !f.Contains("/Migrations/", StringComparison.Ordinal))
            .Select(f => (f, File.ReadAllText(f))),
    ];

    /// <summary>The texts by their marker class: the folder of the file, and the keys.</summary>
    private static readonly Dictionary<string, (string Folder, HashSet<string> Keys)> Texts = Directory
        .EnumerateFiles(ShapeTests.Source, "*.resx", SearchOption.AllDirectories)
        .ToDictionary(
            f => Path.GetFileNameWithoutExtension(f),
            f => (Path.GetDirectoryName(f)!, KeysOf(Path.GetFileNameWithoutExtension(f)))
        );

    [Fact]
    public void A_feature_has_one_file_of_texts()
    {
        var features = Path.Combine(ShapeTests.Source, "Features");
        Texts
            .Values.Select(t => Path.GetRelativePath(features, t.Folder))
            .Where(folder => folder[0] != '.' && !OwnTexts.ContainsKey(folder))
            .GroupBy(folder => folder.Split('/')[0])
            .Where(feature => feature.Count() > 1 || feature.Single() != feature.Key)
            .Select(feature => $"{feature.Key}: {string.Join(", ", feature)}")
            .ShouldBeEmpty("The file is in the feature's own folder, or the folder is in the list above with its reason.");
    }

    [Fact]
    public void Every_text_that_the_code_names_exists()
    {
        var named = 0;
        var missing = new List<string>();
        foreach (var (file, text) in Sources)
        {
            foreach (var (marker, key) in Named(text))
            {
                named++;
                if (Texts.TryGetValue(marker, out var texts) && !texts.Keys.Contains(key))
                {
                    missing.Add($"{Path.GetRelativePath(ShapeTests.Source, file)} names {marker} {key}");
                }
            }
        }

        named.ShouldBeGreaterThan(500);
        missing.ShouldBeEmpty();
    }

    [Fact]
    public void Every_text_is_named_by_the_code()
    {
        foreach (var (marker, (folder, keys)) in Texts)
        {
            var near = Sources
                .Where(s => s.File.StartsWith(folder + "/", StringComparison.Ordinal) || Regex.IsMatch(s.Text, $@"\b{marker}\b"))
                .SelectMany(s => Literals().Matches(s.Text))
                .Select(m => m.Groups[1].Value)
                .ToHashSet();

            // Plural.Many("Match", n) names "Match" and "Match.One".
            near.UnionWith(near.Select(l => l + ".One").ToList());

            // "Status." + status, what + ".Done" and $"Field_{field}" name every text that begins or ends so.
            var beginnings = near.Where(l => l[^1] is '.' or '_').ToList();
            var ends = near.Where(l => l[0] == '.').ToList();
            keys.Where(k =>
                    !near.Contains(k)
                    && !beginnings.Exists(b => k.StartsWith(b, StringComparison.Ordinal))
                    && !ends.Exists(e => k.EndsWith(e, StringComparison.Ordinal))
                )
                .ShouldBeEmpty(marker);
        }
    }

    private static HashSet<string> KeysOf(string marker)
    {
        var type = typeof(BellhopDb).Assembly.GetTypes().Single(t => t.Name == marker);
        using var texts = new ResourceManager(type).GetResourceSet(
            CultureInfo.InvariantCulture,
            createIfNotExists: true,
            tryParents: false
        )!;
        return [.. texts.Cast<DictionaryEntry>().Select(e => (string)e.Key)];
    }

    private static IEnumerable<(string Marker, string Key)> Named(string text)
    {
        foreach (var (marker, name) in Injected().Matches(text).Select(m => (m.Groups[1].Value, m.Groups[2].Value)))
        {
            foreach (Match one in Regex.Matches(text, $"""\b{name}\[\s*(?:[^\[\]"]*\? "(?<key>[\w.]+)" : )?"(?<key>[\w.]+)"\s*[\],]"""))
            {
                foreach (Capture key in one.Groups["key"].Captures)
                {
                    yield return (marker, key.Value);
                }
            }
        }

        foreach (Match one in Refused().Matches(text))
        {
            yield return (one.Groups[1].Value, one.Groups[2].Value);
        }
    }

    [GeneratedRegex(@"IStringLocalizer<(\w+)> (\w+)")]
    private static partial Regex Injected();

    [GeneratedRegex("""ErrorText\.Of<(\w+)>\(\s*"([\w.]+)"\s*[,)]""")]
    private static partial Regex Refused();

    [GeneratedRegex(
        """
            "([\w.]+)["{]
            """
    )]
    private static partial Regex Literals();
}
