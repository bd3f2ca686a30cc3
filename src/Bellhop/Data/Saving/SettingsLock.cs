namespace Bellhop.Data;

/// <summary>
/// How a save locks the settings until it ends: the team, and what figures depend on (the organisation's currency, time zone and rates, its
/// properties' time zones). The default locks nothing.
/// </summary>
public readonly record struct SettingsLock
{
    private SettingsLock(int organizationId, bool alone) => (OrganizationId, IsAlone) = (organizationId, alone);

    /// <summary>Zero if nothing is locked.</summary>
    public int OrganizationId { get; }

    public bool IsAlone { get; }

    /// <summary>For a save that computes figures. Many saves may hold this lock at once.</summary>
    public static SettingsLock Shared(int organizationId) => new(organizationId, alone: false);

    /// <summary>For a save that changes settings or the team. It runs alone, and no other save computes figures at the time.</summary>
    public static SettingsLock Alone(int organizationId) => new(organizationId, alone: true);
}
