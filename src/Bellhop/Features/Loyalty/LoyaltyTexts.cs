namespace Bellhop.Features.Loyalty;

/// <summary>Names the texts in <c>LoyaltyTexts.resx</c>.</summary>
public sealed class LoyaltyTexts;
