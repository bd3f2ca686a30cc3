namespace Bellhop.Features.Channels;

/// <summary>What a feature above this one adds to the panel of a kind of connection.</summary>
/// <param name="Kind">The kind, as the API names it.</param>
/// <param name="Component">It takes a <see cref="ConnectionRow"/> as its <c>Row</c>.</param>
public sealed record ConnectionPart(string Kind, Type Component);
