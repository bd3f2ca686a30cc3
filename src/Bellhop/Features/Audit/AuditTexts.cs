namespace Bellhop.Features.Audit;

/// <summary>Names the texts in <c>AuditTexts.resx</c>.</summary>
public sealed class AuditTexts;
