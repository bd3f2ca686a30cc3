using Bellhop.Features.Properties;

namespace Bellhop.Features.Contacts;

/// <summary>What editors need to know of the organisation.</summary>
/// <param name="Currency">The currency of amounts.</param>
/// <param name="Places">The properties the viewer sees.</param>
public sealed record FilterHouse(string Currency, IReadOnlyList<SeeOrganization.Place> Places);
