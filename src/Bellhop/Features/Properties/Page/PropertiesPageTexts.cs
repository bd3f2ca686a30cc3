namespace Bellhop.Features.Properties;

/// <summary>Names the texts in <c>PropertiesPageTexts.resx</c>.</summary>
public sealed class PropertiesPageTexts;
