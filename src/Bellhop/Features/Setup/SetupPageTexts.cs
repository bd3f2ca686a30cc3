namespace Bellhop.Features.Setup;

/// <summary>Names the texts in <c>SetupPageTexts.resx</c>.</summary>
public sealed class SetupPageTexts;
