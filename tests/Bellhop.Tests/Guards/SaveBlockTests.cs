using System.Text.RegularExpressions;

namespace Bellhop.Tests.Guards;

/// <summary>While a save's block runs, every other save of the process may wait for it: it awaits the database, and nothing else.</summary>
public partial class SaveBlockTests
{
    [Fact]
    public void A_saves_block_waits_for_no_network_no_file_no_clock_and_no_password()
    {
        var blocks = ShapeTests
            .Files(ShapeTests.Source)
            .Where(f => !f.Contains("/Migrations/", StringComparison.Ordinal))
            .SelectMany(file => Blocks(File.ReadAllText(file)).Select(block => (File: Path.GetFileName(file), Text: block)))
            .ToList();

        blocks.Count.ShouldBeGreaterThan(60);
        blocks
            .Where(b => Slow().IsMatch(b.Text))
            .Select(b => $"{b.File}: {Slow().Match(b.Text).Value} in {b.Text[..Math.Min(120, b.Text.Length)]}")
            .ShouldBeEmpty("Do it before the save, or after it.");
    }

    /// <summary>What stands between the parentheses of each call of <c>Save</c>.</summary>
    private static IEnumerable<string> Blocks(string source)
    {
        foreach (Match call in SaveCall().Matches(source))
        {
            var (depth, end) = (1, call.Index + call.Length);
            for (; depth > 0 && end < source.Length; end++)
            {
                depth += source[end] switch
                {
                    '(' => 1,
                    ')' => -1,
                    _ => 0,
                };
            }

            yield return source[(call.Index + call.Length)..end];
        }
    }

    [GeneratedRegex(@"\b[dD]b\.Save\(", RegexOptions.None, 1000)]
    private static partial Regex SaveCall();

    [GeneratedRegex(
        @"HttpClient|\.SendAsync\(|\bFile\.|FileStream|StreamReader|\.CopyToAsync\(|Task\.Delay|Thread\.Sleep|"
            + @"\.Hash\(|\.Verify\(|Accounts\.New\(|SemaphoreSlim|Process\.Start",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Slow();
}
