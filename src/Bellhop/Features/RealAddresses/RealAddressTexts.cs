namespace Bellhop.Features.RealAddresses;

/// <summary>The texts of this feature.</summary>
public sealed class RealAddressTexts;
