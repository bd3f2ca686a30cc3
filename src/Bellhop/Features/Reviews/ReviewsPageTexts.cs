namespace Bellhop.Features.Reviews;

/// <summary>Names the texts in <c>ReviewsPageTexts.resx</c>.</summary>
public sealed class ReviewsPageTexts;
