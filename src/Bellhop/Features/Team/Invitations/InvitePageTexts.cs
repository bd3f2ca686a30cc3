namespace Bellhop.Features.Team;

/// <summary>Names the texts in <c>InvitePageTexts.resx</c>.</summary>
public sealed class InvitePageTexts;
