namespace Bellhop.Features.Contacts.Segments;

/// <summary>What a segment asks: conditions, or a group of which all or any must hold.</summary>
public abstract record SegmentRule
{
    /// <summary>Groups stand in each other no deeper.</summary>
    public const int DepthMost = 4;

    /// <summary>No segment has more conditions.</summary>
    public const int ConditionsMost = 50;

    /// <summary>No condition names more values.</summary>
    public const int ValuesMost = 100;

    /// <summary>The conditions in it, whatever group they stand in.</summary>
    public abstract IEnumerable<RuleLeaf> Leaves();

    /// <summary>The same with other conditions.</summary>
    public abstract SegmentRule With(Func<ContactFilter, ContactFilter> change);

    /// <summary>The same, each condition by itself.</summary>
    public abstract SegmentRule Apart();
}

/// <param name="All">All must hold, else any.</param>
/// <param name="Of">One at least.</param>
public sealed record RuleGroup(bool All, IReadOnlyList<SegmentRule> Of) : SegmentRule
{
    public override IEnumerable<RuleLeaf> Leaves() => Of.SelectMany(r => r.Leaves());

    public override SegmentRule Apart() =>
        new RuleGroup(All, [.. Of.SelectMany(r => r is RuleLeaf && All && r.Apart() is RuleGroup several ? several.Of : [r.Apart()])]);

    public override SegmentRule With(Func<ContactFilter, ContactFilter> change) => this with { Of = [.. Of.Select(r => r.With(change))] };
}

/// <param name="Asks">Conditions that must all hold: the list's filter. Properties in it ask to whom a guest is known; the figures are
/// those of the list that the segment is asked in.</param>
public sealed record RuleLeaf(ContactFilter Asks) : SegmentRule
{
    public override IEnumerable<RuleLeaf> Leaves() => [this];

    public override SegmentRule Apart() =>
        Asks.Parts().Select(p => new RuleLeaf(p)).ToArray() is { Length: > 1 } several ? new RuleGroup(true, several) : this;

    public override SegmentRule With(Func<ContactFilter, ContactFilter> change) => new RuleLeaf(change(Asks));
}
