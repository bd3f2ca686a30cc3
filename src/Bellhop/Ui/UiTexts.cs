namespace Bellhop.Ui;

/// <summary>Names the texts in <c>UiTexts.resx</c>: the frame of every page, and words that features share.</summary>
public sealed class UiTexts;
