namespace Bellhop.Features.Team;

/// <summary>Names the texts in <c>TeamTexts.resx</c>.</summary>
public sealed class TeamTexts;
