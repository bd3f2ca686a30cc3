namespace Bellhop.Tests;

/// <summary>
/// How many random examples, rounds or rows of a file a heavy test tries: all it names in a full run, a tenth in the usual one. What it
/// demands of each is the same. <c>eng/check --full</c> makes a full run; it sets BELLHOP_TEST_FULL.
/// </summary>
internal static class TestSize
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("BELLHOP_TEST_FULL") is { Length: > 0 };

    /// <summary>So many in a full run; a tenth, and one at least, in the usual one.</summary>
    public static int Of(int full) => IsFull ? full : Math.Max(1, full / 10);
}
