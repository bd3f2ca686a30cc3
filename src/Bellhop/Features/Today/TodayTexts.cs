namespace Bellhop.Features.Today;

/// <summary>Names the texts in <c>TodayTexts.resx</c>.</summary>
public sealed class TodayTexts;
