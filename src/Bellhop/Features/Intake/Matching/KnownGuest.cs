namespace Bellhop.Features.Intake;

/// <summary>A guest as far as a further touch may change one: a copy to decide by, not the contact itself.</summary>
internal sealed class KnownGuest
{
    public required Guid Id { get; init; }

    /// <summary>Not stored yet: made by what is being worked on.</summary>
    public bool IsNew { get; init; }

    /// <summary>Known at none of the actor's properties: nothing of it may be told.</summary>
    public bool IsHidden { get; set; }

    /// <summary>The actor does not see the property it is assigned to, and so assigns it to no other.</summary>
    public bool IsAssignedElsewhere { get; set; }
    public string? Name { get; set; }
    public string? Phone { get; set; }
    public string? Email { get; set; }

    /// <summary>What staff took off: see <see cref="Intake.TakenOff"/>.</summary>
    public string? TakenOff { get; init; }

    /// <summary>Whether a phone leads here.</summary>
    public bool HasPhone { get; set; }

    /// <summary>The property it is assigned to.</summary>
    public Guid PropertyId { get; set; }

    /// <summary>The properties it is known at.</summary>
    public HashSet<Guid> At { get; init; } = [];
    public List<Guid> Tags { get; init; } = [];
    public Dictionary<ConsentChannel, bool> Consents { get; init; } = [];

    /// <summary>Its details, as far as there are some.</summary>
    public Dictionary<Detail, string> Details { get; init; } = [];

    /// <summary>Of a new one: what is to lead to it.</summary>
    internal List<GuestKeys> Attached { get; } = [];
}
