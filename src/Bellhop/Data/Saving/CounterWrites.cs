using System.Collections.Concurrent;
using System.Data.Common;

namespace Bellhop.Data;

/// <summary>Writes what follows from a save's rows at the end of the save: the counters and the search index.</summary>
public abstract partial class BellhopDb
{
    private const int CountersAtOnce = 32;

    private static readonly ConcurrentDictionary<int, string> CounterTexts = [];
    private static readonly ParameterNames OrganizationNames = new("organization"),
        PropertyNames = new("property"),
        MeasureNames = new("measure"),
        AtNames = new("at"),
        AmountNames = new("amount");

    /// <summary>The number of rows for one counter, so that parallel writers do not wait for the same row.</summary>
    protected abstract int Shards { get; }

    /// <summary>What the current save has gathered to write at its end.</summary>
    public SaveContext SaveContext { get; } = new();

    /// <summary>
    /// Inside a save: computes these contacts' figures again at its end, although none of their tracked rows changed. The reason is that
    /// time has passed, or that rows were written without the tracker.
    /// </summary>
    /// <param name="stars">Whether to read the stars of their latest review again too.</param>
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

    /// <summary>Inside a save: computes a booking's points again at its end, although the booking has not changed: a rate has.</summary>
    internal void RecomputePoints(int organizationId, Guid bookingId, Guid propertyId)
    {
        DemandTransaction();
        SaveContext.PointBookings.TryAdd((organizationId, bookingId), new(propertyId, Completes: false, Counts: false));
    }

    /// <summary>Inside a save: rows move between contacts that are merged or split, and nothing else has happened to them.</summary>
    internal void GuestsMove()
    {
        DemandTransaction();
        SaveContext.GuestsMove = true;
    }

    /// <summary>Writes the gathered texts to the search index, if the engine does not keep the index itself.</summary>
    protected virtual Task WriteSearch(CancellationToken cancel) => Task.CompletedTask;

    /// <summary>
    /// Returns the ids whose entry in the search index does not have the given text, and the ids after <paramref name="after"/> up to
    /// <paramref name="to"/> that are in the index but not in <paramref name="texts"/>. Empty if the engine keeps the index itself.
    /// </summary>
    /// <param name="texts">The text that the index should hold, by contact id.</param>
    public abstract Task<IReadOnlyList<Guid>> Strayed(
        int organizationId,
        Guid after,
        Guid to,
        IReadOnlyDictionary<Guid, string> texts,
        CancellationToken cancel
    );

    /// <summary>
    /// Inside a save: builds the search index again from all contacts' texts, of all organisations. Other writers wait until it ends.
    /// </summary>
    public abstract Task RebuildSearch(CancellationToken cancel);

    /// <summary>One statement that runs at the end of a save.</summary>
    /// <param name="Kind">Statements of different kinds share no parameter name.</param>
    private protected sealed record LastWrite(string Kind, string Text, Action<DbCommand> Fill);

    /// <summary>Runs the statements in order.</summary>
    private protected virtual async Task RunLast(IReadOnlyList<LastWrite> writes, CancellationToken cancel)
    {
        foreach (var write in writes)
        {
            await using var statement = await Write(write.Text, cancel);
            write.Fill(statement.Command);
            await statement.Command.ExecuteNonQueryAsync(cancel);
        }
    }

    /// <summary>Statements that tell other processes about the changes, as part of the commit.</summary>
    private protected virtual IEnumerable<LastWrite> TellOthers(IReadOnlyList<Changed> changes) => [];

    private async Task WriteLast(IReadOnlyList<Changed> told, CancellationToken cancel)
    {
        await WriteSearch(cancel);
        await RunLast([.. RoomTypeWrites(), .. ArrivalWrites(), .. CounterWrites(), .. CheckWrites(), .. TellOthers(told)], cancel);
    }

    private IEnumerable<LastWrite> CounterWrites()
    {
        // All writers use the order of the key, so that they never deadlock.
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
