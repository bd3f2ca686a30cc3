namespace Bellhop.Tests;

/// <summary>Real-world files the tests measure us by. They are not part of the source tree: BELLHOP_CASES names their folder.</summary>
public static class Cases
{
    private const string Variable = "BELLHOP_CASES";

    /// <summary>The full path of a file or folder among the cases; skips the running test, and says why, where there are none.</summary>
    public static string Path(string name)
    {
        var folder = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(folder), $"{Variable} names no folder of cases.");

        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder!, name));
        return System.IO.Path.Exists(path) ? path : throw new FileNotFoundException($"There is no case '{name}' in {folder}.", path);
    }
}
