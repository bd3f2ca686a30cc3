using Bellhop.Features.Properties;

namespace Bellhop.Features.Contacts;

/// <summary>What editors know of the organisation.</summary>
/// <param name="Currency">In which amounts are given.</param>
/// <param name="Places">The properties the viewer sees.</param>
public sealed record FilterHouse(string Currency, IReadOnlyList<SeeOrganization.Place> Places);
