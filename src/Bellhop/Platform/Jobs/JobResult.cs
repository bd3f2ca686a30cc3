namespace Bellhop.Platform;

/// <summary>What the result of some jobs holds, as the API describes it: numbers by name.</summary>
/// <param name="Name">The result's name in the description.</param>
/// <param name="Always">Numbers that are always there.</param>
/// <param name="Sometimes">Numbers that are left out while there is nothing to count.</param>
public sealed record JobResult(string Name, IReadOnlyList<string> Always, IReadOnlyList<string> Sometimes);
