namespace Bellhop.Features.Intake;

/// <summary>A copy of what a further touch may change of a guest. Decisions use the copy; the contact itself stays unchanged.</summary>
internal sealed class KnownGuest
{
    public required Guid Id { get; init; }

    /// <summary>The guest is not stored yet: the current work makes it.</summary>
    public bool IsNew { get; init; }

    /// <summary>The guest is known at none of the actor's properties, so the actor must learn nothing of it.</summary>
    public bool IsHidden { get; set; }

    /// <summary>The actor does not see the assigned property, and so may not assign the guest to another.</summary>
    public bool IsAssignedElsewhere { get; set; }
    public string? Name { get; set; }
    public string? Phone { get; set; }
    public string? Email { get; set; }

    /// <summary>What staff removed, see <see cref="Intake.TakenOff"/>.</summary>
    public string? TakenOff { get; init; }

    /// <summary>Whether a phone leads to this guest.</summary>
    public bool HasPhone { get; set; }

    /// <summary>The assigned property.</summary>
    public Guid PropertyId { get; set; }

    /// <summary>The properties where the guest is known.</summary>
    public HashSet<Guid> At { get; init; } = [];
    public List<Guid> Tags { get; init; } = [];
    public Dictionary<ConsentChannel, bool> Consents { get; init; } = [];

    /// <summary>The details that have a value.</summary>
    public Dictionary<Detail, string> Details { get; init; } = [];

    /// <summary>For a new guest: the identities that it will get.</summary>
    internal List<GuestKeys> Attached { get; } = [];
}
