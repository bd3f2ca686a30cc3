namespace Bellhop.Platform;

/// <summary>Something that whoever runs Bellhop must know and can mend, said in one line.</summary>
public sealed class OperatorProblem(string line, Exception? inner = null) : Exception(line, inner)
{
    /// <summary>What the program exits with.</summary>
    public int ExitCode { get; init; } = 1;
}
