using System.Collections.Concurrent;
using System.Data.Common;

namespace Bellhop.Data;

/// <summary>What follows from a save's rows and is written at its end: the counters and the search index.</summary>
public abstract partial class BellhopDb
{
    private const int CountersAtOnce = 32;

    private static readonly ConcurrentDictionary<int, string> CounterTexts = [];
    private static readonly ParameterNames OrganizationNames = new("organization"),
        PropertyNames = new("property"),
        MeasureNames = new("measure"),
        AtNames = new("at"),
        AmountNames = new("amount");

    /// <summary>How many rows one counter is spread over, so that writers at once do not wait for one.</summary>
    protected abstract int Shards { get; }

    /// <summary>What the current save has gathered to write at its end.</summary>
    public SaveContext SaveContext { get; } = new();

    /// <summary>
    /// Inside a save: the figures of these contacts are computed anew at its end, though no tracked row of theirs changed. Time has passed,
    /// or rows were written past the tracker.
    /// </summary>
    /// <param name="stars">Whether the stars of their latest review are read anew too.</param>
    internal void Recompute(int organizationId, IEnumerable<Guid> contactIds, bool stars = false)
    {
        DemandTransaction();
        foreach (var id in contactIds)
        {
            SaveContext.Recount.Add((organizationId, id));
            if (stars)
            {
                SaveContext.Rerate.Add((organizationId, id));
            }
        }
    }

    /// <summary>Writes the gathered texts into the search index, where that is not an index of the table itself.</summary>
    protected virtual Task WriteSearch(CancellationToken cancel) => Task.CompletedTask;

    /// <summary>
    /// Ids that the search index does not know by the given text, and ids after <paramref name="after"/> up to <paramref name="to"/> that
    /// it knows and that are not among <paramref name="texts"/>. None where the index is the database's own and cannot stray.
    /// </summary>
    /// <param name="texts">By contact id, what the index should hold.</param>
    public abstract Task<IReadOnlyList<Guid>> Strayed(
        int organizationId,
        Guid after,
        Guid to,
        IReadOnlyDictionary<Guid, string> texts,
        CancellationToken cancel
    );

    /// <summary>
    /// Inside a save: makes the search index anew from the contacts' texts, of all organisations. Other writers wait meanwhile.
    /// </summary>
    public abstract Task RebuildSearch(CancellationToken cancel);

    /// <summary>A statement of a save's end.</summary>
    /// <param name="Kind">Those of different kinds have no parameter of the same name.</param>
    private protected sealed record LastWrite(string Kind, string Text, Action<DbCommand> Fill);

    /// <summary>Runs them in order.</summary>
    private protected virtual async Task RunLast(IReadOnlyList<LastWrite> writes, CancellationToken cancel)
    {
        foreach (var write in writes)
        {
            await using var statement = await Write(write.Text, cancel);
            write.Fill(statement.Command);
            await statement.Command.ExecuteNonQueryAsync(cancel);
        }
    }

    /// <summary>Tells other processes, in the commit.</summary>
    private protected virtual IEnumerable<LastWrite> TellOthers(IReadOnlyList<Changed> changes) => [];

    private async Task WriteLast(IReadOnlyList<Changed> told, CancellationToken cancel)
    {
        await WriteSearch(cancel);
        await RunLast([.. ArrivalWrites(), .. CounterWrites(), .. TellOthers(told)], cancel);
    }

    private IEnumerable<LastWrite> CounterWrites()
    {
        // In the order of the key, so that two writers never wait for each other in a circle.
        var counters = SaveContext.Counters.Where(t => t.Value != 0).OrderBy(t => t.Key).ToList();
        var shard = (short)(Shards == 1 ? 0 : Random.Shared.Next(Shards));
        return counters
            .Chunk(CountersAtOnce)
            .Select(some => new LastWrite("counters", CounterTexts.GetOrAdd(some.Length, AddToCountersText), c => Fill(c, some, shard)));
    }

    private void Fill(
        DbCommand command,
        KeyValuePair<(int OrganizationId, Guid PropertyId, short Measure, long At), long>[] counters,
        short shard
    )
    {
        command.With("shard", shard);
        for (var i = 0; i < counters.Length; i++)
        {
            var ((organization, property, measure, at), amount) = counters[i];
            command
                .With(OrganizationNames[i], organization)
                .With(PropertyNames[i], Stored(property))
                .With(MeasureNames[i], measure)
                .With(AtNames[i], at)
                .With(AmountNames[i], amount);
        }
    }

    private static string AddToCountersText(int count) =>
        "INSERT INTO counters (organization_id, property_id, measure, at, shard, amount) VALUES "
        + string.Join(
            ", ",
            Enumerable
                .Range(0, count)
                .Select(i =>
                    $"(@{OrganizationNames[i]}, @{PropertyNames[i]}, @{MeasureNames[i]}, @{AtNames[i]}, @shard, @{AmountNames[i]})"
                )
        )
        + " ON CONFLICT (organization_id, property_id, measure, at, shard) DO UPDATE SET amount = counters.amount + excluded.amount";
}
