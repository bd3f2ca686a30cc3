using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Duplicates;

/// <summary>How many pairs are to decide, are told apart and are merged, as the tabs say it. It counts no further than it must.</summary>
public static class CountPairs
{
    /// <summary>Counted no further: there are this many or more.</summary>
    public const int Most = 1000;

    public sealed record Row(int Open, int ToldApart, int Merged);

    /// <exception cref="Refusal">403 without contacts.edit; 404 for a property that the actor does not see.</exception>
    public static async Task<Row> Run(Guid? propertyId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        var place = await PairPlace.Of(propertyId, who, db, cancel);
        var merged = await Count(
            $"""
            FROM merges m WHERE m.organization_id = {who.OrganizationId}
            {ContactSeen.And($"m.contact_id", who)}{PairPlace.KnowsKept(place, who)}
            """,
            db,
            cancel
        );
        return new(await Pairs($"d.dismissed_at IS NULL"), await Pairs($"d.dismissed_at IS NOT NULL"), merged);

        Task<int> Pairs(Sql said) =>
            Count(
                $"""
                FROM likely_duplicates d WHERE d.organization_id = {who.OrganizationId} AND {said}
                {ContactSeen.And($"d.older_id", who)}{ContactSeen.And($"d.newer_id", who)}{PairPlace.KnowsOne(place, who)}
                """,
                db,
                cancel
            );
    }

    private static async Task<int> Count(Sql rows, BellhopDb db, CancellationToken cancel) =>
        (int)(await db.Read($"SELECT count(*) FROM (SELECT 1 {rows}{SqlDialect.Limit(Most)}) AS found", row => row.Long(), cancel))[0];
}
