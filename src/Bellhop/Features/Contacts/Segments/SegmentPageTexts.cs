namespace Bellhop.Features.Contacts.Segments;

/// <summary>Names the texts in <c>SegmentPageTexts.resx</c>.</summary>
public sealed class SegmentPageTexts;
