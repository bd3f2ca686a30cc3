namespace Bellhop.Tests.Platform;

/// <summary>The lists of numbers, row by row.</summary>
internal static class PhoneCases
{
    internal static IEnumerable<string[]> Rows(string file) => File.ReadLines(Cases.Path(file)).Skip(1).Select(line => line.Split('\t'));
}
