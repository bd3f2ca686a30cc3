namespace Bellhop.Features.Flags;

/// <summary>Marks the texts of this feature.</summary>
public sealed class FlagTexts;
