namespace Bellhop.Features.Notices;

/// <summary>Names the texts in <c>NoticeTexts.resx</c>.</summary>
public sealed class NoticeTexts;
