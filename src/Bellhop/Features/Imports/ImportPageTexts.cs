namespace Bellhop.Features.Imports;

/// <summary>Names the texts of the pages of imports: <c>ImportPageTexts.resx</c>.</summary>
public sealed class ImportPageTexts;
