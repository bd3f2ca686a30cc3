namespace Bellhop.Features.Setup;

/// <summary>Names the texts in <c>SetupTexts.resx</c>.</summary>
public sealed class SetupTexts;
