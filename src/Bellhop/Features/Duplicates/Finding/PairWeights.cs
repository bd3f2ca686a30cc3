using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Duplicates.Scoring;
using Bellhop.Features.Intake;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Duplicates;

/// <summary>What a sweep learned: m and u of every field and level, and how many pairs are one guest.</summary>
internal sealed record LearnedWeights(double[][] SameGuest, double[][] TwoGuests, double TruePairs);

/// <summary>The weights of one organisation; how common a value is, is counted in the keys.</summary>
internal sealed class PairWeights(LearnedWeights learned, long guests)
{
    // A value that more guests have weighs next to nothing anyway.
    private const int MostCounted = 2000;

    public static async Task<PairWeights> Of(int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var guests = await Guests(organizationId, db, cancel);
        var stored = await db.DuplicateWeights.AsNoTracking().SingleOrDefaultAsync(w => w.OrganizationId == organizationId, cancel);
        if (stored?.Weights is { } text)
        {
            return new(JsonSerializer.Deserialize<LearnedWeights>(text)!, guests);
        }

        var start = PairModel.Start(GuestRecords.Kinds, (int)Math.Min(guests, int.MaxValue), new(GuestRecords.Kinds));
        return new(new(start.SameGuest, start.TwoGuests, start.TruePairs), guests);
    }

    /// <summary>How many guests the organisation has, by its counter.</summary>
    public static async Task<long> Guests(int organizationId, BellhopDb db, CancellationToken cancel) =>
        await db
            .Counters.Where(c => c.OrganizationId == organizationId && c.PropertyId == Guid.Empty && c.Measure == Measure.Contacts)
            .SumAsync(c => c.Amount, cancel);

    /// <summary>The model for some comparisons: it knows how common each value is that two guests share.</summary>
    public async Task<PairModel> For(
        IEnumerable<IReadOnlyList<Evidence>> comparisons,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var terms = new TermFrequencies(GuestRecords.Kinds, guests);
        var shared = comparisons
            .SelectMany(c => c)
            .Where(e => e.Level == Level.Same)
            .Select(e => (e.Field, Value: e.Value!))
            .Distinct()
            .ToDictionary(e => unchecked((long)CandidateKeys.Of(e.Field, GuestRecords.Kinds[e.Field], e.Value)), e => e);
        foreach (var some in shared.Keys.Chunk(DuplicateKeys.AtOnce))
        {
            var counts = await db.Read(
                DuplicateKeys.Each(
                    some,
                    key =>
                        $"""
                            SELECT * FROM (SELECT {key} AS k, count(*) AS n FROM (
                                SELECT 1 FROM duplicate_keys
                                WHERE organization_id = {organizationId} AND key = {key} LIMIT {MostCounted:fixed}
                            ) AS rows_found) AS counted
                            """
                ),
                row => (Key: row.Long(), Count: row.Long()),
                cancel
            );
            foreach (var (key, count) in counts.Distinct())
            {
                var (field, value) = shared[key];
                terms.Set(field, value, count);
            }
        }

        return new(GuestRecords.Kinds, learned.SameGuest, learned.TwoGuests, learned.TruePairs, terms);
    }
}
