namespace Bellhop.Benchmarks;

/// <summary>What stands behind the name of a benchmark: <c>--name value</c> pairs.</summary>
internal sealed class Options(string[] args)
{
    /// <summary>The value behind a name; null where it is not there.</summary>
    public string? this[string name] => Array.IndexOf(args, name) is var at && at >= 0 && at + 1 < args.Length ? args[at + 1] : null;

    /// <summary>The engine asked for, or both.</summary>
    public string[] Engines => this["--engine"] is { } engine ? [engine] : ["sqlite", "postgres"];
}
