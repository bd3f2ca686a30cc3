namespace Bellhop.Features.Properties;

/// <summary>Names the texts in <c>PropertyTexts.resx</c>.</summary>
public sealed class PropertyTexts;
