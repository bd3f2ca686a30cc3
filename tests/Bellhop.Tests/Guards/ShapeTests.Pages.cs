using System.Text.RegularExpressions;

namespace Bellhop.Tests.Guards;

/// <summary>What keeps pages in their layer, and their markup free of what the policy refuses.</summary>
public partial class ShapeTests
{
    [Fact]
    public void What_pages_are_made_of_names_no_feature_and_only_the_program_names_pages()
    {
        Named(Path.Combine(Source, "Ui"))
            .Select(n => $"{n.File} names {n.Named}")
            .ShouldBeEmpty("What names a feature stands in it, or in Pages");
        File.ReadAllText(Path.Combine(Source, "_Imports.razor"))
            .ShouldNotContain("Features.", Case.Sensitive, "it would name the feature in every folder");

        // What is above each folder; the program's own files, beside the folders, name what they like.
        (string Folder, string[] Above)[] layers =
        [
            ("Platform", ["Ui", "Pages", "Host"]),
            ("Data", ["Ui", "Pages", "Host"]),
            ("Ui", ["Pages", "Host"]),
            ("Features", ["Pages", "Host"]),
            ("Pages", ["Host"]),
            ("Host", ["Ui", "Pages"]),
        ];
        var wrong =
            from layer in layers
            from file in Files(Path.Combine(Source, layer.Folder))
            let text = File.ReadAllText(file)
            from above in layer.Above
            where Regex.IsMatch(text, $@"\bBellhop\.{above}\b")
            select $"{Path.GetRelativePath(Source, file)} names {above}";
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void A_feature_maps_its_routes_in_a_group_which_makes_their_code_at_the_first_call() =>
        Files(Path.Combine(Source, "Features"))
            .Where(file => File.ReadAllText(file).Contains("this IEndpointRouteBuilder", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Source, file))
            .ShouldBeEmpty("RouteGroupBuilder has methods of ours; the framework's make a route's code at every start of the program");

    [Fact]
    public void No_markup_carries_a_style_that_the_policy_would_refuse()
    {
        Files(Source)
            .SelectMany(f => File.ReadLines(f).Select((line, i) => (Line: line, At: $"{Path.GetRelativePath(Source, f)}:{i + 1}")))
            .Where(l => Style().IsMatch(l.Line))
            .Select(l => l.At)
            .ShouldBeEmpty("Widths are SVG attributes, the rest are classes.");
    }

    [Fact]
    public void A_space_between_two_words_is_not_one_that_the_compiler_drops() =>
        Files(Source)
            .Where(f => File.ReadAllText(f).Contains("<text> </text>", StringComparison.Ordinal))
            .Select(f => Path.GetRelativePath(Source, f))
            .ShouldBeEmpty("""Beside code, markup of blanks alone is not drawn; @(" ") is.""");

    [Fact]
    public void What_one_sheet_says_of_a_class_alone_no_other_says_too()
    {
        // Every page has every sheet. Print may hide what it likes.
        var wrong =
            from sheet in Directory.EnumerateFiles(Path.Combine(Source, "wwwroot"), "*.css")
            let text = Print().Replace(Comment().Replace(File.ReadAllText(sheet), ""), "")
            from rule in Rule().Matches(text)
            from selector in rule.Groups[1].Value.Split(',')
            let alone = Alone().Match(selector.Trim())
            where alone.Success
            group Path.GetFileName(sheet) by alone.Groups[1].Value into styled
            where styled.Distinct().Count() > 1
            select $".{styled.Key}: {string.Join(", ", styled.Distinct())}";
        wrong.ShouldBeEmpty("The later sheet would change the other's page: say within what the class stands.");
    }

    [Fact]
    public void Whoever_writes_markup_as_text_leaves_the_encoding_to_Html()
    {
        Files(Source)
            .Where(f => !f.EndsWith("Platform/Web/Html.cs", StringComparison.Ordinal))
            .Where(f => Encodes().IsMatch(File.ReadAllText(f)))
            .Select(f => Path.GetRelativePath(Source, f))
            .ShouldBeEmpty();
    }

    [Fact]
    public void No_address_is_built_from_what_a_caller_says_the_host_is()
    {
        Files(Source)
            // It only compares the page's origin with the host that the browser asked.
            .Where(f => !f.EndsWith("Platform/Web/Sockets.cs", StringComparison.Ordinal))
            .Where(f => TakesHost().IsMatch(File.ReadAllText(f)))
            .Select(f => Path.GetRelativePath(Source, f))
            .ShouldBeEmpty("PublicAddress has the configured address; where there is none, the browser knows its own.");
    }

    [GeneratedRegex(
        @"\bNav(igation)?\.(BaseUri|ToAbsoluteUri)|\bRequest\.Host\b|Headers\.Host\b|GetDisplayUrl|GetEncodedUrl|LinkGenerator"
    )]
    private static partial Regex TakesHost();

    [GeneratedRegex(@"@media print \{([^{}]*\{[^{}]*\})*[^{}]*\}")]
    private static partial Regex Print();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"([^{}]+)\{[^{}]*\}")]
    private static partial Regex Rule();

    [GeneratedRegex(@"^\.([\w-]+)(::?[\w-]+)?$")]
    private static partial Regex Alone();

    [GeneratedRegex(@"\bstyle=|<style\b")]
    private static partial Regex Style();

    [GeneratedRegex(@"\bHtmlEncode\b|\bHtmlEncoder\b|new MarkupString\(|\(MarkupString\)|AddMarkupContent")]
    private static partial Regex Encodes();
}
