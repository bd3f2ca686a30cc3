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
    /// How to find those asked for over <paramref name="scope"/>: a rare word by the search index, those of a condition that few meet by
    /// its index, a rare tag's guests by the tag, one tag's newest on its own index; else on the way through the sort's index.
    /// </summary>
    public async ValueTask<Criteria> Plan(ContactScope scope, ListContacts.Query query, BellhopDb db, CancellationToken cancel)
    {
        var (found, sort) = (await SearchPlan(scope, db, cancel), query.Sort);
        if (
            found.Plan == ContactSql.Plan.Walk
            && sort == NameField.Column.By
            && query.Cursor is null
            && HasIndex(scope)
            && await SearchSample.BeginLate(Terms, query.Descending, scope.OrganizationId, db, cancel)
        )
        {
            return found with { Plan = ByIndex, Most = SearchSample.MostLate };
        }

        if (
            found.Plan != ContactSql.Plan.Walk
            || scope.Properties is { Count: > 1 }
            || (Conditions == TestSet.None && Sources.Count == 0 && Tags.From == 0)
        )
        {
            return found;
        }

        var least = (long)SearchSample.MostHits + 1;
        foreach (var start in ContactSql.Starts)
        {
            // The sort's own index begins where the condition does.
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
            return least <= await SearchSample.Walk(Terms, least, scope.OrganizationId, db, cancel) ? found : CriteriaOver(scope);
        }

        if (Tags.From == 1 && sort == ContactSort.Created && scope.Properties is null && Terms.Count == 0)
        {
            return found with { Plan = ContactSql.Plan.TagWalk };
        }

        return Tags.From > 0 && await CountHits(found with { Plan = ContactSql.Plan.Tags }, scope, db, cancel) <= SearchSample.MostHits
            ? found with
            {
                Plan = ContactSql.Plan.Tags,
            }
            : found;
    }

    /// <summary>How to count them: a tag's guests are never more than all.</summary>
    public async ValueTask<Criteria> CountPlan(ContactScope scope, BellhopDb db, CancellationToken cancel) =>
        await SearchPlan(scope, db, cancel) is var found
        && found.Plan == ContactSql.Plan.Walk
        && Tags.From > 0
        && scope.Properties is not { Count: > 1 }
            ? found with
            {
                Plan = ContactSql.Plan.Tags,
            }
            : found;

    /// <summary>Who is asked for over <paramref name="scope"/>, found by passing everybody.</summary>
    public Criteria CriteriaOver(ContactScope scope) =>
        new(scope.Properties?.Count ?? -1, Conditions, Sources.Count, Terms.Count, Tags, KnownAt: KnownAt, Segment: Segment);

    private async ValueTask<Criteria> SearchPlan(ContactScope scope, BellhopDb db, CancellationToken cancel) =>
        HasIndex(scope) && await SearchSample.IsRare(Terms, scope.OrganizationId, db, cancel)
            ? CriteriaOver(scope) with
            {
                Plan = ByIndex,
            }
            : CriteriaOver(scope);

    // The sum over several properties passes every guest anyway; one letter has no index.
    private bool HasIndex(ContactScope scope) =>
        Terms.Count > 0 && scope.Properties is not { Count: > 1 } && SearchTerms.Letters(Terms[0]) > 1;

    private ContactSql.Plan ByIndex => SearchTerms.Letters(Terms[0]) == 2 ? ContactSql.Plan.Pairs : ContactSql.Plan.Index;
}
