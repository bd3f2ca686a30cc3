namespace Bellhop.Features.Tags;

/// <summary>Names the texts in <c>TagTexts.resx</c>.</summary>
public sealed class TagTexts;
