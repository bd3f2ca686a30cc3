namespace Bellhop.Features.Duplicates;

/// <summary>Names the texts in <c>DuplicateTexts.resx</c>.</summary>
public sealed class DuplicateTexts;
