using System.Data.Common;
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
    /// <summary>
    /// Chooses how to find the guests over <paramref name="scope"/>: a rare word by the search index, a condition that few meet by its
    /// index, a rare tag by its guests, one tag's newest guests by the tag's own index. Otherwise it reads the sort's index.
    /// </summary>
    public async ValueTask<Criteria> Plan(ContactScope scope, ListContacts.Query query, BellhopDb db, CancellationToken cancel)
    {
        var sort = query.Sort;
        var found = HasIndex(scope)
            ? By(
                await SearchPlanner.Choose(
                    Terms,
                    query.Cursor is null ? sort.Key.Key["f.".Length..] : null,
                    query.Descending,
                    scope.OrganizationId,
                    db,
                    cancel,
                    await Share(scope, db, cancel)
                ),
                scope
            )
            : CriteriaOver(scope);
        if (
            found.Plan != ContactSql.Plan.Walk
            || scope.Properties is { Count: > 1 }
            || (Conditions == TestSet.None && Sources.Count == 0 && Tags.From == 0)
        )
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

        if (found.Plan == ContactSql.Plan.Few)
        {
            return least <= await SearchPlanner.Walk(Terms, least, scope.OrganizationId, db, cancel) ? found : CriteriaOver(scope);
        }

        if (Tags.From == 1 && sort == ContactSort.Created && found.Properties < 0 && Terms.IsEmpty)
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

    /// <summary>About what part of all guests meets the conditions other than the search.</summary>
    private async ValueTask<double> Share(ContactScope scope, BellhopDb db, CancellationToken cancel)
    {
        if (Conditions == TestSet.None && Sources.Count == 0 && Tags == default && KnownAt == 0 && Segment is null)
        {
            return 1;
        }

        var some = await SearchPlanner.Some(scope.OrganizationId, db, cancel);
        if (some.Count == 0)
        {
            return 1;
        }

        await using var reading = await db.Read(
            ContactSql.CountAmong(db, CriteriaOver(scope) with { Properties = -1, Words = "" }),
            cancel
        );
        await scope.Add(reading.Command, db, cancel);
        Add(reading.Command, db);
        reading.With("ids", db.StoredIds(some));
        return Math.Max(0.5, (long)(await reading.Command.ExecuteScalarAsync(cancel))!) / some.Count;
    }

    /// <summary>
    /// Chooses how to count the guests. It starts from a tag where one is asked for, since a tag's guests are never more than all.
    /// </summary>
    public async ValueTask<Criteria> CountPlan(ContactScope scope, BellhopDb db, CancellationToken cancel) =>
        (HasIndex(scope) ? By(await SearchPlanner.ChooseForAll(Terms, scope.OrganizationId, db, cancel), scope) : CriteriaOver(scope))
            is var found
        && found.Plan == ContactSql.Plan.Walk
        && Tags.From > 0
        && scope.Properties is not { Count: > 1 }
            ? found with
            {
                Plan = ContactSql.Plan.Tags,
            }
            : found;

    /// <summary>The criteria over <paramref name="scope"/>, with the plan that passes every guest.</summary>
    public Criteria CriteriaOver(ContactScope scope) =>
        new(
            scope.IsOnly ? -1 : scope.Properties?.Count ?? -1,
            Conditions,
            Sources.Count,
            Terms.Shape,
            Tags,
            KnownAt: KnownAt,
            Segment: Segment,
            IsOnly: scope.IsOnly
        );

    private Criteria By(SearchPlan plan, ContactScope scope) =>
        plan.Word is { } word ? ByIndex(CriteriaOver(scope), word) with { Most = plan.Most } : CriteriaOver(scope);

    // The sum over several properties reads every guest anyway, and one letter has no index.
    private bool HasIndex(ContactScope scope) => Terms.HasIndex && scope.Properties is not { Count: > 1 };

    /// <summary>The same criteria, found by the search index from the word at a place.</summary>
    internal static Criteria ByIndex(Criteria found, int word) =>
        found with
        {
            Plan = SearchSql.IsPair(found.Words, word) ? ContactSql.Plan.Pairs : ContactSql.Plan.Index,
            Word = word,
        };
}
