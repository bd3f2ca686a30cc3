namespace Bellhop.Features.Inbox;

/// <summary>Names the texts in <c>InboxTexts.resx</c>.</summary>
public sealed class InboxTexts;
