namespace Bellhop.Features.Contacts.Segments;

/// <summary>A segment's conditions while somebody edits them: a condition or a group, not yet whole perhaps.</summary>
public abstract class RuleDraft
{
    private static int _numbers;

    /// <summary>Tells it from the others on the page.</summary>
    public string Id { get; } = "c" + Interlocked.Increment(ref _numbers).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What it says; null where it does not say anything yet.</summary>
    public abstract SegmentRule? ToRule();

    /// <summary>Whether a condition in it has nothing filled in.</summary>
    public abstract bool HasBlank { get; }

    /// <summary>Saved conditions to edit: always a group on top, each condition by itself.</summary>
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

/// <summary>A group of which all or any must hold.</summary>
public sealed class DraftGroup : RuleDraft
{
    public bool All { get; set; } = true;

    public List<RuleDraft> Of { get; init; } = [];

    public override bool HasBlank => Of.Exists(d => d.HasBlank);

    public override SegmentRule? ToRule()
    {
        var rules = Of.Select(d => d.ToRule()).OfType<SegmentRule>().ToList();

        // Conditions that a filter can hold together are one: so no group is deeper than it was.
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
            // Properties are the one thing that a filter does not take from another.
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

    /// <summary>What it asks, of its kind alone.</summary>
    public ContactFilter Asks { get; set; } = asks;

    /// <summary>About what; kept where nothing is filled in.</summary>
    public RuleKind Kind { get; private set; } = RuleKind.Of(asks);

    public override bool HasBlank => Asks == ContactFilter.None;

    /// <summary>Asks about something else.</summary>
    public void Turn(RuleKind kind) => (Kind, Asks) = (kind, kind.Begin);

    public override SegmentRule? ToRule()
    {
        var asks = Asks with
        {
            MinBookings = Least(Asks.MinBookings, Asks.MaxBookings),
            MaxBookings = Most(Asks.MinBookings, Asks.MaxBookings),
            MinSpent = Least(Asks.MinSpent, Asks.MaxSpent),
            MaxSpent = Most(Asks.MinSpent, Asks.MaxSpent),
            CreatedFrom = Least(Asks.CreatedFrom, Asks.CreatedTo),
            CreatedTo = Most(Asks.CreatedFrom, Asks.CreatedTo),
            LastStayFrom = Least(Asks.LastStayFrom, Asks.LastStayTo),
            LastStayTo = Most(Asks.LastStayFrom, Asks.LastStayTo),
        };
        return asks == ContactFilter.None ? null : new RuleLeaf(asks);
    }

    // Two ends of one range are no mistake to refuse, whichever way round they were typed.
    private static T? Least<T>(T? a, T? b)
        where T : struct, IComparable<T> => a is { } x && b is { } y && x.CompareTo(y) > 0 ? b : a;

    private static T? Most<T>(T? a, T? b)
        where T : struct, IComparable<T> => a is { } x && b is { } y && x.CompareTo(y) > 0 ? a : b;
}

/// <summary>What a condition can be about.</summary>
/// <param name="Name">In the texts.</param>
/// <param name="Begin">What it asks before anything is filled in.</param>
/// <param name="Has">Whether a condition is of this kind.</param>
public sealed record RuleKind(string Name, ContactFilter Begin, Func<ContactFilter, bool> Has)
{
    public static IReadOnlyList<RuleKind> All { get; } =
    [
        new("Source", ContactFilter.None, f => f.Sources is not null),
        new("Tags", ContactFilter.None, f => f.Tags is not null),
        new("AllTags", ContactFilter.None, f => f.AllTags is not null),
        new("NoTags", ContactFilter.None, f => f.NoTags is not null),
        new("Property", ContactFilter.None, f => f.PropertyIds is not null),
        new("Bookings", new(MinBookings: 1), f => f.MinBookings is not null || f.MaxBookings is not null),
        new("Spent", ContactFilter.None, f => f.MinSpent is not null || f.MaxSpent is not null),
        new("Rating", new(MinRating: 4), f => f.MinRating is not null),
        new("Active", new(Active: true), f => f.Active is not null),
        new("StayWithin", new(LastStayWithinDays: 30), f => f.LastStayWithinDays is not null),
        new("StayBefore", new(LastStayBeforeDays: 180), f => f.LastStayBeforeDays is not null),
        new("Stay", ContactFilter.None, f => f.LastStayFrom is not null || f.LastStayTo is not null),
        new("CreatedWithin", new(CreatedWithinDays: 30), f => f.CreatedWithinDays is not null),
        new("Created", ContactFilter.None, f => f.CreatedFrom is not null || f.CreatedTo is not null),
        new("Phone", new(HasPhone: true), f => f.HasPhone is not null),
        new("Email", new(HasEmail: true), f => f.HasEmail is not null),
        new("Consent", new(HasConsent: ConsentFilter.Any), f => f.HasConsent is not null),
        new("Text", ContactFilter.None, f => f.Q is not null),
    ];

    public static RuleKind Of(ContactFilter asks) => All.FirstOrDefault(k => k.Has(asks)) ?? All[0];
}
