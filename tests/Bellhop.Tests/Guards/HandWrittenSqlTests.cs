using System.Text.RegularExpressions;

namespace Bellhop.Tests.Guards;

/// <summary>SQL is written as an interpolated string, and its rows are read in their order: nothing is named or numbered by hand.</summary>
public partial class HandWrittenSqlTests
{
    /// <summary>What is still to be written so, or has a reason not to be.</summary>
    private static readonly Dictionary<string, string> StillByHand = new(StringComparer.Ordinal)
    {
        ["Features/Imports/Run/Rehearsal.cs"] = "a file of its own beside the database, whichever engine that is",
    };

    [Fact]
    public void Parameters_and_columns_are_not_named_or_numbered_by_hand()
    {
        var found = Files()
            .Where(f => !f.Path.StartsWith("Data/", StringComparison.Ordinal) && ByHand().IsMatch(f.Text))
            .Select(f => f.Path)
            .Order(StringComparer.Ordinal)
            .ToList();

        found.Except(StillByHand.Keys).ShouldBeEmpty("""Write it as db.Read($"…", row => …): docs/architecture.md.""");
        StillByHand.Keys.Except(found).ShouldBeEmpty("They are done: take them off the list.");
    }

    [Fact]
    public void Text_becomes_sql_through_the_compiler_alone()
    {
        Files()
            .Where(f => !f.Path.StartsWith("Data/", StringComparison.Ordinal) && AroundTheCompiler().IsMatch(f.Text))
            .Select(f => f.Path)
            .ShouldBeEmpty("""A piece of SQL is a $"…"; a text given to it by hand could say anything.""");
    }

    private static IEnumerable<(string Path, string Text)> Files() =>
        from file in Directory.EnumerateFiles(ShapeTests.Source, "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(ShapeTests.Source, file).Replace('\\', '/')
        where !path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("bin/", StringComparison.Ordinal)
        select (path, File.ReadAllText(file));

    [GeneratedRegex(
        @"\bDbDataReader\b|\bDbCommand\b|\bSqliteCommand\b|\bParameterNames \w+ {|\bnew ParameterNames\(|\bStatement\b"
            + @"|\bdb\.Read(?:Id|Instant|Day)\("
            + @"|\.Execute(?:Reader|Scalar|NonQuery)(?:Async)?\(|\b[Cc]ommand\.Parameters\b|\brow\.Get\w+\(\d|\.With\(""\w+"", "
    )]
    private static partial Regex ByHand();

    [GeneratedRegex(@"\.AppendLiteral\(|\bnew Sql\(|\bSql\.Given\(")]
    private static partial Regex AroundTheCompiler();
}
