namespace Bellhop.Data;

/// <summary>What a save gathers to write in a few statements at its end: figures to recompute, counters, the search index.</summary>
public sealed class Pending
{
    /// <summary>Contacts whose bookings changed.</summary>
    public HashSet<(int OrganizationId, Guid ContactId)> Recount { get; } = [];

    /// <summary>Contacts whose reviews changed.</summary>
    public HashSet<(int OrganizationId, Guid ContactId)> Rerate { get; } = [];

    /// <summary>Contacts made in this save: all there is of them is tracked.</summary>
    public HashSet<Guid> Made { get; } = [];

    /// <summary>Contacts whose row this save holds.</summary>
    public HashSet<Guid> Held { get; } = [];

    /// <summary>Counter changes by key: organisation, property (empty for all), measure, at.</summary>
    public Dictionary<(int OrganizationId, Guid PropertyId, short Measure, long At), long> Tallies { get; } = [];

    /// <summary>Search texts to write: null removes. By organisation and contact.</summary>
    public Dictionary<(int OrganizationId, Guid ContactId), (string? Before, string? After)> Search { get; } = [];

    public void Tally(int organizationId, Guid propertyId, short measure, long at, long amount)
    {
        var key = (organizationId, propertyId, measure, at);
        Tallies[key] = Tallies.GetValueOrDefault(key) + amount;
    }

    internal void Clear()
    {
        Recount.Clear();
        Rerate.Clear();
        Made.Clear();
        Held.Clear();
        Tallies.Clear();
        Search.Clear();
    }
}
