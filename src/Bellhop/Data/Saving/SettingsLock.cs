namespace Bellhop.Data;

/// <summary>
/// How a save holds the settings until it ends: what figures are computed by (the organisation's currency, zone and rates, its
/// properties' zones), and the team. The default holds nothing.
/// </summary>
public readonly record struct SettingsLock
{
    private SettingsLock(int organizationId, bool alone) => (OrganizationId, IsAlone) = (organizationId, alone);

    /// <summary>Zero: nothing is held.</summary>
    public int OrganizationId { get; }

    public bool IsAlone { get; }

    /// <summary>For whoever computes figures: any number of saves at once.</summary>
    public static SettingsLock Shared(int organizationId) => new(organizationId, alone: false);

    /// <summary>For whoever changes settings or the team: one save at a time, and nobody computes figures meanwhile.</summary>
    public static SettingsLock Alone(int organizationId) => new(organizationId, alone: true);
}
