using Bellhop.Data;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Criteria = Bellhop.Features.Contacts.ContactSql.Criteria;

namespace Bellhop.Features.Contacts;

/// <summary>A filter ready to be asked: its conditions, and their values in the form that the database compares.</summary>
internal sealed partial class ContactQuery
{
    private readonly List<(Test Test, object Value)> _values = [];
    private readonly List<Sql> _guests = [];

    /// <summary>The query that every guest meets.</summary>
    public static ContactQuery None { get; } = new();

    public TestSet Conditions { get; private set; }

    /// <summary>The words of the search.</summary>
    public SearchTerms Terms { get; private init; } = SearchTerms.None;

    public IReadOnlyList<Source> Sources { get; private init; } = [];

    public ContactSql.TagShape Tags { get; private set; }

    /// <summary>The tags of which a guest must have any, all or none, and the tags to start from.</summary>
    public IReadOnlyList<Guid> AnyTags { get; private set; } = [];
    public IReadOnlyList<Guid> AllTags { get; private set; } = [];
    public IReadOnlyList<Guid> NoTags { get; private set; } = [];
    public IReadOnlyList<Guid> FromTags { get; private set; } = [];

    /// <summary>The properties at any of which the guest must be known; empty for no such condition.</summary>
    public IReadOnlyList<Guid> KnownAt { get; private set; } = [];

    /// <summary>Conditions whose SQL is not kept, with their values, and a segment's others. Null for none.</summary>
    public Sql? Segment { get; private set; }

    /// <summary>SELECTs of the guests that meet one of these conditions; a list of few may start from each.</summary>
    public IReadOnlyList<Sql> Guests => _guests;

    /// <summary>Makes the query of a filter. Reads the organisation when amounts or days need it.</summary>
    /// <exception cref="Refusal">400 when an amount has more decimals than the organisation's currency.</exception>
    public static async ValueTask<ContactQuery> Of(ContactFilter filter, ContactScope scope, BellhopDb db, CancellationToken cancel)
    {
        if (!filter.Narrows)
        {
            return None;
        }

        var needsHouse = scope.Segment is not null || filter.Asked().Any(c => c.NeedsHouse);
        var house = needsHouse ? await Reporting.Of(scope.OrganizationId, db, cancel) : null;
        if (house is not null)
        {
            filter = filter.AsOf(db.Now.DayIn(Clock.Zone(house.TimeZone)!));
        }

        if (scope.Segment is null)
        {
            return await Of(filter, house, scope, db, cancel);
        }

        // Segment conditions that a plain filter can have are joined to the filter, so that all plans for few guests apply to them.
        var asked = new SegmentQuery(house!, scope, db);
        var (plain, rest) = asked.Split(filter, scope.Segment);
        var question = await Of(plain, house, scope, db, cancel);
        if (rest is not null)
        {
            question.Narrow(await asked.Holds(rest, cancel));
        }

        return question;
    }

    /// <summary>
    /// Makes the query of one segment condition, or of several that must all hold. Properties in it ask where a guest is known.
    /// </summary>
    internal static async Task<ContactQuery> OfRule(
        ContactFilter filter,
        Reporting house,
        ContactScope scope,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var question = await Of(filter, house, scope, db, cancel);
        if (filter.PropertyIds is { Count: > 0 } asked)
        {
            var seen = asked.Where(id => scope.Seen?.Contains(id) ?? true).Distinct().ToList();
            question.KnownAt = seen;
            if (seen.Count == 0)
            {
                question.Add(ContactSql.Nobody);
            }
        }

        return question;
    }

    private static async Task<ContactQuery> Of(
        ContactFilter filter,
        Reporting? house,
        ContactScope scope,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var question = new ContactQuery { Terms = SearchTerms.Of(filter.Q), Sources = filter.Sources ?? [] };
        var asked = new Asked(filter, house, db, new(), question.Take, question.Add);
        foreach (var condition in filter.Asked())
        {
            condition.Ask?.Invoke(asked);
        }

        asked.Errors.Refuse();
        await question.TakeTags(filter, scope.OrganizationId, db, cancel);
        foreach (var condition in filter.Asked().Where(c => c.Beside is not null))
        {
            var beside = await condition.Beside!(filter, scope, db, cancel);
            question.Narrow(beside.Holds);
            question._guests.AddRange(beside.Guests is { } guests ? [guests] : []);
        }

        return question;
    }

    private void Narrow(Sql condition) => Segment = Segment is { } others ? $"{others} AND {condition}" : condition;

    /// <summary>The value that a test compares with.</summary>
    public object ValueOf(Test test)
    {
        foreach (var (asked, value) in _values)
        {
            if (asked == test)
            {
                return value;
            }
        }

        throw new InvalidOperationException("The test is not asked.");
    }

    private void Take(Test test, object? value)
    {
        if (value is not null)
        {
            Add(test);
            _values.Add((test, value));
        }
    }

    private void Add(Test test) => Conditions = Conditions.And(test);

    private async Task TakeTags(ContactFilter filter, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        if (filter is { Tags: null, AllTags: null, NoTags: null })
        {
            return;
        }

        var known = await TagNames.Find(
            [.. filter.Tags ?? [], .. filter.AllTags ?? [], .. filter.NoTags ?? []],
            organizationId,
            db,
            cancel
        );
        var (any, all, none) = (Ids(filter.Tags), Ids(filter.AllTags), Ids(filter.NoTags));

        // No guest has a tag that does not exist.
        if (
            (filter.Tags is { Count: > 0 } && any.Count == 0)
            || all.Count < (filter.AllTags ?? []).Select(Tag.Key).Distinct(StringComparer.Ordinal).Count()
        )
        {
            Add(ContactSql.Nobody);
            return;
        }

        // A tag that all must have leaves the fewest guests to look at.
        IReadOnlyList<Guid> from = all.Count > 0 ? [all[0]] : any;
        Tags = new(any.Count, all.Count, none.Count, from.Count);
        (AnyTags, AllTags, NoTags, FromTags) = (any, all, none, from);

        List<Guid> Ids(IReadOnlyList<string>? names) =>
            [.. (names ?? []).Select(n => known.GetValueOrDefault(Tag.Key(n))).Where(id => id != Guid.Empty).Distinct()];
    }

    /// <summary>How many guests the plan finds, counted up to one more than are sorted at most.</summary>
    public Task<long> CountHits(Criteria found, ContactScope scope, BellhopDb db, CancellationToken cancel) =>
        db.ReadFirst(ContactSql.CountHits(db.Dialect, found).With(new GuestValues(scope, this)), row => row.Long(), cancel);
}
