namespace Bellhop.Features.Tags;

/// <summary>Names the texts in <c>TagsPageTexts.resx</c>.</summary>
public sealed class TagsPageTexts;
