namespace Bellhop.Features.Imports;

/// <summary>Names the texts in <c>ImportTexts.resx</c>.</summary>
public sealed class ImportTexts;
