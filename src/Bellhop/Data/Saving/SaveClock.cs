using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Bellhop.Data;

/// <summary>Measures how long a save waits, writes and commits, for the metrics.</summary>
internal struct SaveClock
{
    private static readonly Meter Meter = new("Bellhop.Saves");
    private static readonly Histogram<double> Wait = Make("wait", "Until a save has its turn and its transaction.");
    private static readonly Histogram<double> InTurn = Make("turn", "In the turn: what the save reads and writes.");
    private static readonly Histogram<double> Commit = Make("commit", "Until all of it is on disk.");

    private long _since;

    public static SaveClock Start() => new() { _since = Stopwatch.GetTimestamp() };

    public void Turn() => Lap(Wait);

    public void Written() => Lap(InTurn);

    public void Committed() => Lap(Commit);

    private void Lap(Histogram<double> part)
    {
        var now = Stopwatch.GetTimestamp();
        part.Record(Stopwatch.GetElapsedTime(_since, now).TotalMilliseconds);
        _since = now;
    }

    private static Histogram<double> Make(string part, string what) => Meter.CreateHistogram<double>("bellhop.saves." + part, "ms", what);
}
