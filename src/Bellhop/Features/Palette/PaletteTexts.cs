namespace Bellhop.Features.Palette;

/// <summary>Names the texts in <c>PaletteTexts.resx</c>.</summary>
public sealed class PaletteTexts;
