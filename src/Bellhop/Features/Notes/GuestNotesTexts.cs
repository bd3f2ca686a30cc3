namespace Bellhop.Features.Notes;

/// <summary>Names the texts in <c>GuestNotesTexts.resx</c>.</summary>
public sealed class GuestNotesTexts;
