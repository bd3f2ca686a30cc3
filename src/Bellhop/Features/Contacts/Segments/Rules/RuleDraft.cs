namespace Bellhop.Features.Contacts.Segments;

/// <summary>A segment's conditions while somebody edits them: a condition or a group. It may be incomplete.</summary>
public abstract class RuleDraft
{
    private static int _numbers;

    /// <summary>Identifies it among the others on the page.</summary>
    public string Id { get; } = "c" + Interlocked.Increment(ref _numbers).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The finished rule; null when nothing is filled in yet.</summary>
    public abstract SegmentRule? ToRule();

    /// <summary>Whether any condition in it has nothing filled in.</summary>
    public abstract bool HasBlank { get; }

    /// <summary>Makes drafts of saved conditions. The top is always a group, and each condition stands by itself.</summary>
    public static DraftGroup From(SegmentRule rule) => Make(rule.Apart()) as DraftGroup ?? new DraftGroup { Of = { Make(rule.Apart()) } };

    private static RuleDraft Make(SegmentRule rule)
    {
        if (rule is not RuleGroup group)
        {
            return new DraftCondition(((RuleLeaf)rule).Asks);
        }

        var draft = new DraftGroup { All = group.All };
        draft.Of.AddRange(group.Of.Select(Make));
        return draft;
    }
}

/// <summary>A group of which all or any members must hold.</summary>
public sealed class DraftGroup : RuleDraft
{
    public bool All { get; set; } = true;

    public List<RuleDraft> Of { get; init; } = [];

    public override bool HasBlank => Of.Exists(d => d.HasBlank);

    public override SegmentRule? ToRule()
    {
        var rules = Of.Select(d => d.ToRule()).OfType<SegmentRule>().ToList();

        // Conditions that one filter can hold become one filter, so that no group becomes deeper than before.
        return rules.Count == 0 ? null : new RuleGroup(All, All ? rules : [.. rules.Select(Together)]);
    }

    private static SegmentRule Together(SegmentRule rule)
    {
        if (rule is not RuleGroup { All: true } group || !group.Of.All(r => r is RuleLeaf))
        {
            return rule;
        }

        ContactFilter? all = ContactFilter.None;
        foreach (var leaf in group.Leaves())
        {
            // And does not take properties from the second filter, so they are taken here.
            all = leaf.Asks.PropertyIds is not null
                ? all?.PropertyIds is null
                    ? all! with
                    {
                        PropertyIds = leaf.Asks.PropertyIds,
                    }
                    : null
                : all?.And(leaf.Asks);
            if (all is null)
            {
                return rule;
            }
        }

        return new RuleLeaf(all);
    }
}

/// <summary>One condition.</summary>
public sealed class DraftCondition(ContactFilter asks) : RuleDraft
{
    public DraftCondition()
        : this(RuleKind.All[0].Begin) { }

    /// <summary>The condition's values, only of its own kind.</summary>
    public ContactFilter Asks { get; set; } = asks;

    /// <summary>The kind of the condition. It stays when nothing is filled in.</summary>
    public RuleKind Kind { get; private set; } = RuleKind.Of(asks);

    public override bool HasBlank => Asks == ContactFilter.None;

    /// <summary>Changes the kind, and begins it anew.</summary>
    public void Turn(RuleKind kind) => (Kind, Asks) = (kind, kind.Begin);

    public override SegmentRule? ToRule()
    {
        var asks = Kind.Condition.Range?.InOrder(Asks) ?? Asks;
        return asks == ContactFilter.None ? null : new RuleLeaf(asks);
    }
}

/// <summary>A kind of condition.</summary>
public sealed record RuleKind
{
    private RuleKind(Condition condition) => Condition = condition;

    /// <summary>Its name in the page.</summary>
    public string Name => Condition.Kind!;

    /// <summary>The condition before anything is filled in.</summary>
    public ContactFilter Begin => Condition.Begin ?? ContactFilter.None;

    internal Condition Condition { get; }

    public static IReadOnlyList<RuleKind> All { get; } =
    [.. FilterConditions.All.Where(c => c.Kind is not null).OrderBy(c => c.KindPlace).Select(c => new RuleKind(c))];

    public static RuleKind Of(ContactFilter asks) => All.FirstOrDefault(k => k.Condition.IsAsked(asks)) ?? All[0];
}
