namespace Bellhop.Features.Reports;

/// <summary>Names the texts in <c>ReportTexts.resx</c>.</summary>
public sealed class ReportTexts;
