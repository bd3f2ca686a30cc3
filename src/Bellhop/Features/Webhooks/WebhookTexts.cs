namespace Bellhop.Features.Webhooks;

/// <summary>Names the texts in <c>WebhookTexts.resx</c>.</summary>
public sealed class WebhookTexts;
