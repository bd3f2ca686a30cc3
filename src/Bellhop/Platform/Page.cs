namespace Bellhop.Platform;

/// <summary>A page of a list, and the cursor of the one after it.</summary>
/// <param name="Items">In the order asked for.</param>
/// <param name="NextCursor">Opaque; null where this is the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
