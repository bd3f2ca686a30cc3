namespace Bellhop.Tests;

/// <summary>
/// How much a heavy test tries: as many random examples, rounds or rows of a file as it names where BELLHOP_TEST_FULL is set, which <c>eng/check --full</c>
/// does; a tenth of that in the usual run. What it demands of each is the same.
/// </summary>
internal static class TestSize
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("BELLHOP_TEST_FULL") is { Length: > 0 };

    /// <summary>So many in a full run; a tenth, and one at least, in the usual one.</summary>
    public static int Of(int full) => IsFull ? full : Math.Max(1, full / 10);
}
