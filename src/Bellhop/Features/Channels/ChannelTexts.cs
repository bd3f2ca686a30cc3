namespace Bellhop.Features.Channels;

/// <summary>Names the texts in <c>ChannelTexts.resx</c>.</summary>
public sealed class ChannelTexts;
