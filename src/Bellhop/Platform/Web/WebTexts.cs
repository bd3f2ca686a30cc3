namespace Bellhop.Platform.Web;

/// <summary>Names the texts in <c>WebTexts.resx</c>: what the web's own manners refuse.</summary>
public sealed class WebTexts;
