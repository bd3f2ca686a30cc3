namespace Bellhop.Features.Intake;

/// <summary>Names the texts in <c>IntakeTexts.resx</c>.</summary>
public sealed class IntakeTexts;
