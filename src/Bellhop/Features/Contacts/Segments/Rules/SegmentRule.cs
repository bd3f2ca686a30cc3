namespace Bellhop.Features.Contacts.Segments;

/// <summary>The rule of a segment: conditions, or a group of which all or any members must hold.</summary>
public abstract record SegmentRule
{
    /// <summary>The greatest depth of groups in groups.</summary>
    public const int DepthMost = 4;

    /// <summary>The most conditions of a segment.</summary>
    public const int ConditionsMost = 50;

    /// <summary>The most values of a condition.</summary>
    public const int ValuesMost = 100;

    /// <summary>All conditions in it, in whatever group.</summary>
    public abstract IEnumerable<RuleLeaf> Leaves();

    /// <summary>The same rule with changed conditions.</summary>
    public abstract SegmentRule With(Func<ContactFilter, ContactFilter> change);

    /// <summary>The same rule, with each condition by itself.</summary>
    public abstract SegmentRule Apart();
}

/// <param name="All">True: all members must hold. False: any member.</param>
/// <param name="Of">The members, at least one.</param>
public sealed record RuleGroup(bool All, IReadOnlyList<SegmentRule> Of) : SegmentRule
{
    public override IEnumerable<RuleLeaf> Leaves() => Of.SelectMany(r => r.Leaves());

    public override SegmentRule Apart() =>
        new RuleGroup(All, [.. Of.SelectMany(r => r is RuleLeaf && All && r.Apart() is RuleGroup several ? several.Of : [r.Apart()])]);

    public override SegmentRule With(Func<ContactFilter, ContactFilter> change) => this with { Of = [.. Of.Select(r => r.With(change))] };
}

/// <param name="Asks">Conditions that must all hold, as the list's filter. Properties in it ask where a guest is known; the figures are
/// those of the list that uses the segment.</param>
public sealed record RuleLeaf(ContactFilter Asks) : SegmentRule
{
    public override IEnumerable<RuleLeaf> Leaves() => [this];

    public override SegmentRule Apart() =>
        Asks.Parts().Select(p => new RuleLeaf(p)).ToArray() is { Length: > 1 } several ? new RuleGroup(true, several) : this;

    public override SegmentRule With(Func<ContactFilter, ContactFilter> change) => new RuleLeaf(change(Asks));
}
