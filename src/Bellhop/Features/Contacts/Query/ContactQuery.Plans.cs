using Bellhop.Data;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Criteria = Bellhop.Features.Contacts.ContactSql.Criteria;

namespace Bellhop.Features.Contacts;

internal sealed partial class ContactQuery
{
    // Summing the figures of one guest costs about five times as much as that guest's part in summing all figures at once.
    private const double MostReadOneByOne = 0.2;

    /// <summary>
    /// Chooses how to find the guests over <paramref name="scope"/>: a rare word by the search index, a condition that few meet by its
    /// index, a rare tag by its guests, one tag's newest guests by the tag's own index. Otherwise it reads the sort's index.
    /// </summary>
    public async ValueTask<Criteria> Plan(ContactScope scope, ListContacts.Query query, BellhopDb db, CancellationToken cancel)
    {
        var sort = query.Sort;
        var isSeveral = scope.Scope.IsSeveral;
        var hasOrder = !isSeveral || ContactSql.HasOrder(CriteriaOver(scope), sort);
        var found = !Terms.HasIndex
            ? CriteriaOver(scope)
            : By(
                hasOrder
                    ? await SearchPlanner.Choose(
                        Terms,
                        query.Cursor is null ? sort.Key.Key.Name : null,
                        query.Descending,
                        scope.OrganizationId,
                        db,
                        cancel,
                        HasOthers || isSeveral ? () => Share(query.Filter, scope, db, cancel) : null
                    )
                    : await SearchPlanner.ChooseForAll(Terms, scope.OrganizationId, db, cancel),
                scope
            );
        if (found.Plan != ContactSql.Plan.Walk)
        {
            return found with { Most = Math.Min(found.Most, SearchPlanner.MostLate) };
        }

        if (isSeveral)
        {
            return await PlanOfSeveral(found, hasOrder, query.Filter, scope, db, cancel);
        }

        if (Conditions == TestSet.None && Sources.Count == 0 && Tags.From == 0 && Guests.Count == 0)
        {
            return found;
        }

        var least = (long)SearchPlanner.MostHits + 1;
        foreach (var start in ContactSql.Starts)
        {
            // The sort's own index begins with the same column, so another start gains nothing.
            if (
                (Conditions.HasAny(start.Tests) || (start == SourceField.Condition.Start && Sources.Count > 0))
                && sort.Key.Key != start.Column
                && await CountHits(found with { Plan = ContactSql.Plan.Few, Start = start }, scope, db, cancel) is var count
                && count < least
            )
            {
                (found, least) = (found with { Plan = ContactSql.Plan.Few, Start = start }, count);
            }
        }

        foreach (var guests in Guests)
        {
            var by = found with { Plan = ContactSql.Plan.Guests, Start = null, Guests = guests };
            if (await CountHits(by, scope, db, cancel) is var count && count < least)
            {
                (found, least) = (by, count);
            }
        }

        if (found.Plan is ContactSql.Plan.Few or ContactSql.Plan.Guests)
        {
            return least <= await SearchPlanner.Walk(Terms, least, scope.OrganizationId, db, cancel) ? found : CriteriaOver(scope);
        }

        if (Tags.From == 1 && sort == ContactSort.Created && found.Scope.IsAll && Terms.IsEmpty)
        {
            return found with { Plan = ContactSql.Plan.TagWalk };
        }

        return Tags.From > 0 && await CountHits(found with { Plan = ContactSql.Plan.Tags }, scope, db, cancel) <= SearchPlanner.MostHits
            ? found with
            {
                Plan = ContactSql.Plan.Tags,
            }
            : found;
    }

    /// <summary>
    /// Over several properties: by a rare tag's guests, or in the order of the list when a small part of it fills the page. Otherwise
    /// summing all figures at once costs less than summing them guest by guest.
    /// </summary>
    private async ValueTask<Criteria> PlanOfSeveral(
        Criteria found,
        bool hasOrder,
        ContactFilter filter,
        ContactScope scope,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var byTag = found with { Plan = ContactSql.Plan.Tags };
        if (Tags.From > 0 && await CountHits(byTag, scope, db, cancel) <= SearchPlanner.MostHits)
        {
            return byTag;
        }

        foreach (var guests in Guests)
        {
            var by = found with { Plan = ContactSql.Plan.Guests, Guests = guests };
            if (await CountHits(by, scope, db, cancel) <= SearchPlanner.MostHits)
            {
                return by;
            }
        }

        var isShort =
            hasOrder
            && (
                (!HasOthers && Terms.IsEmpty)
                || await SearchPlanner.PartRead(Terms, await Share(filter, scope, db, cancel), scope.OrganizationId, db, cancel)
                    <= MostReadOneByOne
            );
        return isShort ? found : found with { Plan = ContactSql.Plan.Sum };
    }

    /// <summary>Whether there are conditions other than the search.</summary>
    private bool HasOthers =>
        Conditions != TestSet.None || Sources.Count > 0 || Tags != default || KnownAt.Count > 0 || Segment is not null;

    /// <summary>About what part of all guests meets the conditions other than the search.</summary>
    private ValueTask<double> Share(ContactFilter filter, ContactScope scope, BellhopDb db, CancellationToken cancel)
    {
        var others = CriteriaOver(scope) with { Words = "" };
        return SearchPlanner.Share(
            $"{(filter with { Q = null }).ToQuery()} {scope.Segment?.ToJson().ToJsonString()} {string.Join(',', scope.Seen ?? [])}",
            some =>
                db.ReadFirst(ContactSql.CountAmong(db.Dialect, others, some).With(new GuestValues(scope, this)), row => row.Long(), cancel),
            scope.OrganizationId,
            db,
            cancel
        );
    }

    /// <summary>
    /// Chooses how to count the guests. It starts from a tag where one is asked for, since a tag's guests are never more than all, and from
    /// the guests of a condition that few meet.
    /// </summary>
    public async ValueTask<Criteria> CountPlan(ContactScope scope, BellhopDb db, CancellationToken cancel)
    {
        var found = Terms.HasIndex
            ? By(await SearchPlanner.ChooseForAll(Terms, scope.OrganizationId, db, cancel), scope)
            : CriteriaOver(scope);
        if (found.Plan != ContactSql.Plan.Walk)
        {
            return found;
        }

        if (Tags.From > 0)
        {
            return found with { Plan = ContactSql.Plan.Tags };
        }

        foreach (var guests in Guests)
        {
            var by = found with { Plan = ContactSql.Plan.Guests, Guests = guests };
            if (await CountHits(by, scope, db, cancel) <= by.Most)
            {
                return by;
            }
        }

        return found;
    }

    /// <summary>The criteria over <paramref name="scope"/>, with the plan that passes every guest.</summary>
    public Criteria CriteriaOver(ContactScope scope) =>
        new(
            scope.IsOnly ? PropertyScope.All : scope.Scope,
            Conditions,
            Sources.Count,
            Terms.Shape,
            Tags,
            KnownAt: KnownAt.Count,
            Segment: Segment,
            IsOnly: scope.IsOnly
        );

    private Criteria By(SearchPlan plan, ContactScope scope) =>
        plan.Word is { } word ? ByIndex(CriteriaOver(scope), word) with { Most = plan.Most } : CriteriaOver(scope);

    /// <summary>The same criteria, found by the search index from the word at a place.</summary>
    internal static Criteria ByIndex(Criteria found, int word) =>
        found with
        {
            Plan = SearchSql.IsPair(found.Words, word) ? ContactSql.Plan.Pairs : ContactSql.Plan.Index,
            Word = word,
        };
}
