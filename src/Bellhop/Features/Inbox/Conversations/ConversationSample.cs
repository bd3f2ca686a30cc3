using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Inbox;

/// <summary>
/// What is said in some conversations of an organisation, kept for a few minutes, which tells rare words from common ones. It decides only
/// how an answer is found, never the answer.
/// </summary>
internal sealed class ConversationSample
{
    private const int Places = 40;
    private const int AtEachPlace = 8;
    private const int MostMessages = 100;
    private const int MostCounted = 200_000;
    private const int MostWords = 1000;

    /// <summary>It stands between two messages; no folded text has it.</summary>
    private const char Apart = '\n';

    private static readonly TimeSpan Keeps = TimeSpan.FromMinutes(5);
    private static readonly ConditionalWeakTable<
        DbHost,
        ConcurrentDictionary<(string Engine, int Organization), ConversationSample>
    > Kept = [];

    private readonly BoundedCache<string, Count> _counts = new(MostWords, StringComparer.Ordinal);
    private readonly DateTime _takenAt;
    private readonly IReadOnlyList<(string Said, string Guest)> _sampled;
    private readonly long _all;

    private ConversationSample(DateTime takenAt, IReadOnlyList<(string Said, string Guest)> sampled, long all)
    {
        (_takenAt, _sampled, _all) = (takenAt, sampled, all);
        Messages = sampled.Count == 0 ? 1 : sampled.Average(s => s.Said.Count(c => c == Apart) + 1);
    }

    /// <summary>How many messages a conversation has, about.</summary>
    public double Messages { get; }

    /// <summary>About how much there is to look up of a word, which is folded: messages, and conversations of guests. Never 0.</summary>
    public double Hits(string word) => OfAll(Counted(word).Hits);

    /// <summary>About how many conversations have the word. Never 0.</summary>
    public double Conversations(string word) => OfAll(Counted(word).Has.Count(h => h));

    /// <summary>The part of the sampled conversations that has all words.</summary>
    public double Share(IReadOnlyCollection<string> words)
    {
        var having = words.Select(w => Counted(w).Has).ToList();
        var all = Enumerable.Range(0, _sampled.Count).Count(i => having.TrueForAll(h => h[i]));
        return all / (double)Math.Max(1, _sampled.Count);
    }

    /// <summary>The organisation's sample. It is taken again when it is too old.</summary>
    public static async ValueTask<ConversationSample> Of(int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var samples = Kept.GetValue(db.Host, static _ => []);
        var key = (db.Engine, organizationId);
        var now = db.Now;
        return samples.TryGetValue(key, out var sample) && now >= sample._takenAt && now - sample._takenAt <= Keeps
            ? sample
            : samples[key] = await Take(organizationId, db, cancel);
    }

    private sealed record Count(int Hits, bool[] Has);

    private static async Task<ConversationSample> Take(int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var sampled = new Dictionary<Guid, (string, string)>();
        var all = 0L;
        if (await End(Sql.None, organizationId, db, cancel) is { } first && await End($" DESC", organizationId, db, cancel) is { } last)
        {
            for (var i = 0; i < Places; i++)
            {
                // An id begins with its time, so a point in time is a place in the table.
                var from = i == 0 ? first : Id(Start(first) + ((Start(last) - Start(first)) / Places * (ulong)i));
                var some = await db.Read(
                    $"""
                    SELECT c.id, g.search, (SELECT string_agg(t.search, {Apart.ToString()}) FROM (SELECT w.search FROM messages w
                        WHERE w.organization_id = c.organization_id AND w.conversation_id = c.id AND octet_length(w.search) <= 2000
                        LIMIT {MostMessages:fixed}) t)
                    FROM (SELECT id, organization_id, contact_id FROM conversations
                        WHERE organization_id = {organizationId} AND id >= {from}
                        ORDER BY id LIMIT {AtEachPlace:fixed}) c
                    LEFT JOIN contacts g ON g.organization_id = c.organization_id AND g.id = c.contact_id
                    """,
                    row => (Id: row.Id(), Guest: row.TextOrNull(), Said: row.TextOrNull()),
                    cancel
                );
                foreach (var (id, guest, said) in some)
                {
                    sampled[id] = (said ?? "", guest ?? "");
                }
            }

            all = await db.ReadFirst(
                $"""
                SELECT count(*) FROM (SELECT 1 FROM conversations c WHERE c.organization_id = {organizationId}
                LIMIT {MostCounted:fixed}) x
                """,
                row => row.Long(),
                cancel
            );
        }

        return new(db.Now, [.. sampled.Values], all);
    }

    private static async Task<Guid?> End(Sql way, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var ends = await db.Read(
            $"SELECT id FROM conversations WHERE organization_id = {organizationId} ORDER BY id{way} LIMIT 1",
            row => row.Id(),
            cancel
        );
        return ends.Count == 0 ? null : ends[0];
    }

    private double OfAll(int count) => (count + 0.5) / (_sampled.Count + 1) * _all;

    private Count Counted(string word)
    {
        if (!_counts.TryGet(word, out var count))
        {
            var (hits, has) = (0, new bool[_sampled.Count]);
            for (var i = 0; i < has.Length; i++)
            {
                var own = Lines(_sampled[i].Said, word) + (_sampled[i].Guest.Contains(word, StringComparison.Ordinal) ? 1 : 0);
                has[i] = own > 0;
                hits += own;
            }

            count = new(hits, has);
            _counts.Set(word, count);
        }

        return count;
    }

    /// <summary>How many messages have the word.</summary>
    private static int Lines(string said, string word)
    {
        var lines = 0;
        for (var at = 0; at >= 0 && (at = said.IndexOf(word, at, StringComparison.Ordinal)) >= 0; )
        {
            lines++;
            at = said.IndexOf(Apart, at);
        }

        return lines;
    }

    private static ulong Start(Guid id) => BinaryPrimitives.ReadUInt64BigEndian(id.ToByteArray(bigEndian: true));

    private static Guid Id(ulong start)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, start);
        return new(bytes, bigEndian: true);
    }
}
