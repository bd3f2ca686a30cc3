using System.Text.Json;
using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Duplicates;

/// <summary>Several pairs that are merged together, as their job keeps them: ids alone.</summary>
/// <param name="SeenAt">When the pairs were seen, UTC. A guest who was changed since is not merged.</param>
/// <param name="Pairs">The two guests of each pair, the likeliest pair first.</param>
internal sealed record PairRun(DateTime SeenAt, IReadOnlyList<Guid[]> Pairs)
{
    /// <summary>The job's result counts under these names.</summary>
    public const string Merged = "merged";

    /// <summary>One of the two, or the pair, is not there any more.</summary>
    public const string Gone = "gone";

    /// <summary>Both became one guest by another pair of the run.</summary>
    public const string Already = "already";

    /// <summary>Somebody said meanwhile that they are not the same person.</summary>
    public const string ToldApart = "toldApart";

    /// <summary>They are less alike than they were.</summary>
    public const string LessAlike = "lessAlike";

    /// <summary>One of the two was changed after the pair was seen.</summary>
    public const string Changed = "changed";

    /// <summary>One of the two is known at a property that the actor does not see.</summary>
    public const string Elsewhere = "elsewhere";

    /// <summary>A merge was taken back.</summary>
    public const string Split = "split";

    /// <summary>Something came since, and a person must say whose it is.</summary>
    public const string Undecided = "undecided";

    /// <summary>The guest was merged again since.</summary>
    public const string Further = "further";

    /// <summary>All that the jobs count.</summary>
    public static readonly JobResult Result = new(
        "PairsResult",
        [],
        [Merged, Gone, Already, ToldApart, LessAlike, Changed, Elsewhere, Split, Undecided, Further]
    );

    private sealed record Mark(Guid? Run);

    public static PairRun Of(Job job) => JsonSerializer.Deserialize<PairRun>(job.Argument)!;

    public string Write() => JsonSerializer.Serialize(this);

    /// <summary>Adds to one of the counts of a job's result.</summary>
    public static void Count(Job job, string what, int more = 1)
    {
        var counts = job.Result is null ? [] : JsonSerializer.Deserialize<Dictionary<string, int>>(job.Result)!;
        counts[what] = counts.GetValueOrDefault(what) + more;
        job.Result = JsonSerializer.Serialize(counts);
    }

    /// <summary>The merges of a run that stand, the latest first, so that each can be taken back in turn.</summary>
    public static async Task<List<Guid>> Standing(Job run, BellhopDb db, CancellationToken cancel)
    {
        var found = new List<(Guid Id, DateTime At)>();
        foreach (var some in Of(run).Pairs.SelectMany(p => p).Distinct().Chunk(50))
        {
            var merges = await db
                .Merges.Where(m => m.OrganizationId == run.OrganizationId && some.Contains(m.FromId))
                .Select(m => new
                {
                    m.Id,
                    m.At,
                    m.State,
                })
                .ToListAsync(cancel);
            found.AddRange(merges.Where(m => IsOf(run.Id, m.State)).Select(m => (m.Id, m.At)));
        }

        return [.. found.OrderByDescending(m => m.At).ThenByDescending(m => m.Id).Select(m => m.Id)];
    }

    /// <summary>Where a guest is now, whom this run may have merged into another.</summary>
    public static async Task<Guid> Now(Guid guest, Guid run, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var merge = await db
            .Merges.AsNoTracking()
            .SingleOrDefaultAsync(m => m.OrganizationId == organizationId && m.FromId == guest, cancel);
        return merge is not null && IsOf(run, merge.State) ? merge.ContactId : guest;
    }

    /// <summary>Whether a merge's state names the run.</summary>
    public static bool IsOf(Guid run, string state) => JsonSerializer.Deserialize<Mark>(state)!.Run == run;
}
