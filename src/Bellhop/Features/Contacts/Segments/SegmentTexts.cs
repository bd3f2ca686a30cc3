namespace Bellhop.Features.Contacts.Segments;

/// <summary>Names the texts in <c>SegmentTexts.resx</c>.</summary>
public sealed class SegmentTexts;
