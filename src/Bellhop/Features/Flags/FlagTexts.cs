namespace Bellhop.Features.Flags;

/// <summary>Names the texts in <c>FlagTexts.resx</c>.</summary>
public sealed class FlagTexts;
