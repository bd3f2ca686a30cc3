namespace Bellhop.Platform;

/// <summary>A problem that the operator of Bellhop must know and can solve, in one line.</summary>
public sealed class OperatorProblem(string line, Exception? inner = null) : Exception(line, inner)
{
    /// <summary>The program's exit code.</summary>
    public int ExitCode { get; init; } = 1;
}
