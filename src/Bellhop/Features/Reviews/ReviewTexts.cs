namespace Bellhop.Features.Reviews;

/// <summary>Names the texts in <c>ReviewTexts.resx</c>.</summary>
public sealed class ReviewTexts;
