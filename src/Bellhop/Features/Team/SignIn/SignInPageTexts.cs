namespace Bellhop.Features.Team;

/// <summary>Names the texts in <c>SignInPageTexts.resx</c>.</summary>
public sealed class SignInPageTexts;
