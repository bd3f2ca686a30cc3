using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Intake;

/// <summary>
/// Some search texts of an organisation, kept for a few minutes, to tell rare words from common ones: a rare word is looked up in the
/// index, a common one met soon on the way through the sort's index. It decides only how an answer is found, never what it is.
/// </summary>
internal sealed class SearchSample
{
    /// <summary>More hits than this are cheaper to meet than to sort.</summary>
    public const int MostHits = 3000;

    /// <summary>So many are sorted still where the way to the first of them is far longer.</summary>
    public const int MostLate = 60_000;

    // The way may be longer than it looks, where those who match stand last in the order; the hits are as many as they are.
    private const int WorthSorting = 4;

    // Of texts that lie evenly, one in three thousand samples begins later than this many times their usual distance.
    private const int Evenly = 8;
    private const int Places = 50;
    private const int AtEachPlace = 40;

    private static readonly TimeSpan Keeps = TimeSpan.FromMinutes(5);
    private static readonly ConditionalWeakTable<DbHost, ConcurrentDictionary<(string Database, int Organization), SearchSample>> Kept = [];

    private readonly DateTime _takenAt;
    private readonly long _guests;
    private readonly int _texts;
    private readonly string[] _byName;

    private SearchSample(DateTime takenAt, long guests, List<string> texts)
    {
        (_takenAt, _guests, _texts) = (takenAt, guests, texts.Count);
        _byName = [.. texts.Order(StringComparer.Ordinal)]; // a guest's text begins with their name
    }

    /// <summary>
    /// The word to look up in the index, where that gives few enough hits to sort, and not far more than would be passed on the way; all of
    /// them together (<see cref="SearchTerms.AllWords"/>) where each alone is common. Null: whoever matches is soon met on the way.
    /// </summary>
    public static async ValueTask<int?> LookUp(SearchTerms terms, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        if (!terms.HasIndex)
        {
            return null;
        }

        var sample = await Of(organizationId, db, cancel);
        var all = sample.Hits(terms);
        return sample.LookUp(terms, all, Math.Min(MostHits, WorthSorting * sample.Passed(all)));
    }

    /// <summary>
    /// About how many guests are passed on the way through a sort's index until a page is full, where so many have something else too.
    /// </summary>
    public static async ValueTask<double> Walk(SearchTerms terms, long others, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var sample = await Of(organizationId, db, cancel);
        return sample.Passed(others * (terms.IsEmpty ? 1 : Math.Min(1, sample.Hits(terms) / Math.Max(1, sample._guests))));
    }

    /// <summary>
    /// The word to look up where, in the order of names, those that match begin so late that to look all of them up is quicker than to pass
    /// everybody before: a first name stands at its own place in that order, and nowhere else.
    /// </summary>
    public static async ValueTask<int?> BeginLate(
        SearchTerms terms,
        bool descending,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var sample = await Of(organizationId, db, cancel);
        var hits = sample.Hits(terms);
        return hits <= MostLate && WorthSorting * hits <= sample.PassedByName(terms, descending, hits)
            ? sample.LookUp(terms, hits, MostLate)
            : null;
    }

    private static async ValueTask<SearchSample> Of(int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var samples = Kept.GetValue(db.Host, static _ => []);
        var key = (db.Engine, organizationId);
        if (!samples.TryGetValue(key, out var sample) || db.Now - sample._takenAt > Keeps || db.Now < sample._takenAt)
        {
            samples[key] = sample = await Take(organizationId, db, cancel);
        }

        return sample;
    }

    private double Passed(double matching) => Math.Min(_guests, (PageQuery.UsualLimit + 1) * _guests / Math.Max(1, matching));

    /// <summary>
    /// About how many are passed in the order of names before the first that matches, where it is plain that they do not lie evenly.
    /// </summary>
    private double PassedByName(SearchTerms terms, bool descending, double hits)
    {
        var first = descending ? _byName.Length - 1 - Array.FindLastIndex(_byName, terms.AreIn) : Array.FindIndex(_byName, terms.AreIn);
        return first * hits <= Evenly * _guests ? Passed(hits) : (double)first * _guests / _texts;
    }

    /// <summary>The rarest word alone, unless it has more hits than are worth it; then all together, unless those are too many too.</summary>
    /// <param name="all">How many match every word.</param>
    private int? LookUp(SearchTerms terms, double all, double most)
    {
        var (rarest, hits) = (SearchTerms.AllWords, double.PositiveInfinity);
        var answered = SearchSql.LookedUp(terms.Shape, SearchTerms.AllWords);
        foreach (var i in answered)
        {
            if ((terms.Words.Count == 1 ? all : Hits(terms.Words[i].IsIn)) is var few && few < hits)
            {
                (rarest, hits) = (i, few);
            }
        }

        return hits <= most ? rarest
            : answered.Count > 1 && all <= most ? SearchTerms.AllWords
            : null;
    }

    /// <summary>
    /// How many guests probably match; where there are few guests, walking past all of them is cheap enough to call every word common.
    /// </summary>
    private double Hits(SearchTerms terms) => Hits(terms.AreIn);

    private double Hits(Predicate<string> match) =>
        _guests <= MostHits || _texts == 0 ? double.MaxValue : (double)_byName.Count(t => match(t)) * _guests / _texts;

    private static async Task<SearchSample> Take(int organizationId, BellhopDb db, CancellationToken cancel)
    {
        await using var count = await db.Read(
            "SELECT CAST(coalesce(sum(amount), 0) AS bigint) FROM counters WHERE organization_id = @organization AND property_id = @property AND measure = 0",
            cancel
        );
        var guests = (long)
            (await count.With("organization", organizationId).With("property", db.Stored(Guid.Empty)).Command.ExecuteScalarAsync(cancel))!;
        var texts = new List<string>();
        if (guests > MostHits)
        {
            var (first, last) = (await End("", organizationId, db, cancel), await End(" DESC", organizationId, db, cancel));
            for (var i = 0; i < Places; i++)
            {
                await Read(Id(first + (ulong)((last - first) * Random.Shared.NextDouble())), organizationId, texts, db, cancel);
            }
        }

        return new(db.Now, guests, texts);
    }

    private static async Task<ulong> End(string way, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        await using var end = await db.Read(
            $"SELECT id FROM contacts WHERE organization_id = @organization ORDER BY id{way} LIMIT 1",
            cancel
        );
        await using var row = await end.With("organization", organizationId).Command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? BinaryPrimitives.ReadUInt64BigEndian(db.ReadId(row, 0).ToByteArray(true)) : 0;
    }

    private static async Task Read(Guid from, int organizationId, List<string> texts, BellhopDb db, CancellationToken cancel)
    {
        await using var stretch = await db.Read(
            "SELECT search FROM contacts WHERE organization_id = @organization AND id >= @id ORDER BY id LIMIT 40",
            cancel
        );
        await using var row = await stretch
            .With("organization", organizationId)
            .With("id", db.Stored(from))
            .Command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel) && texts.Count < Places * AtEachPlace)
        {
            texts.Add(row.GetString(0));
        }
    }

    // Ids begin with their time: a place in time is a place in the table.
    private static Guid Id(ulong start)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, start);
        return new(bytes, true);
    }
}
