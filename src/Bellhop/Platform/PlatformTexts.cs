namespace Bellhop.Platform;

/// <summary>Names the texts in <c>PlatformTexts.resx</c>: refusals, limits and words that every feature says.</summary>
public sealed class PlatformTexts;
