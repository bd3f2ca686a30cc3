namespace Bellhop.Features.Reviews;

/// <summary>Names the texts in <c>RatePageTexts.resx</c>.</summary>
public sealed class RatePageTexts;
