namespace Bellhop.Features.Tags;

/// <summary>Names the texts in <c>GuestTagsTexts.resx</c>.</summary>
public sealed class GuestTagsTexts;
