using System.Globalization;

namespace Bellhop.Benchmarks;

/// <summary>What this process has for itself (Linux's RssAnon): a mapped database file is the system's cache and is not in it.</summary>
internal static class OwnMemory
{
    /// <summary>Bytes.</summary>
    public static long Now() =>
        1024
        * long.Parse(
            File.ReadLines("/proc/self/status")
                .First(l => l.StartsWith("RssAnon:", StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture
        );
}
