namespace Bellhop.Features.Profile;

/// <summary>Names the texts in <c>ProfileTexts.resx</c>.</summary>
public sealed class ProfileTexts;
