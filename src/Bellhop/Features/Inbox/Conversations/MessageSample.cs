using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Inbox;

/// <summary>
/// Some messages of an organisation, kept for a few minutes, which tell rare words from common ones. They decide only how an answer is
/// found, never the answer.
/// </summary>
internal sealed class MessageSample
{
    private const int Places = 40;
    private const int AtEachPlace = 50;
    private const int MostShares = 1000;

    // A word in fewer of them may be there by chance.
    private const int Sure = 5;

    private static readonly TimeSpan Keeps = TimeSpan.FromMinutes(5);
    private static readonly ConditionalWeakTable<DbHost, ConcurrentDictionary<(string Engine, int Organization), MessageSample>> Kept = [];

    private readonly BoundedCache<string, int> _counts = new(MostShares, StringComparer.Ordinal);
    private readonly DateTime _takenAt;
    private readonly IReadOnlyList<string> _texts;

    private MessageSample(DateTime takenAt, IReadOnlyList<string> texts) => (_takenAt, _texts) = (takenAt, texts);

    /// <summary>About what part of all messages contains the word, which is folded. Never 0.</summary>
    public double Share(string word) => (Count(word) + 0.5) / (_texts.Count + 1);

    /// <summary>Whether so many messages contain the word that reading the list finds some soon.</summary>
    public bool IsCommon(string word) => Count(word) >= Sure && Share(word) > ConversationSearch.CommonShare;

    /// <summary>The organisation's sample. It is taken again when it is too old.</summary>
    public static async ValueTask<MessageSample> Of(int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var samples = Kept.GetValue(db.Host, static _ => []);
        var key = (db.Engine, organizationId);
        var now = db.Now;
        return samples.TryGetValue(key, out var sample) && now >= sample._takenAt && now - sample._takenAt <= Keeps
            ? sample
            : samples[key] = await Take(organizationId, db, cancel);
    }

    private static async Task<MessageSample> Take(int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var texts = new Dictionary<Guid, string>();
        if (await End(Sql.None, organizationId, db, cancel) is { } first && await End($" DESC", organizationId, db, cancel) is { } last)
        {
            for (var i = 0; i < Places; i++)
            {
                // An id begins with its time, so a point in time is a place in the table.
                var from = i == 0 ? first : Id(Start(first) + ((Start(last) - Start(first)) / Places * (ulong)i));
                var some = await db.Read(
                    $"""
                    SELECT id, search FROM messages WHERE organization_id = {organizationId} AND id >= {from}
                    ORDER BY id LIMIT {AtEachPlace:fixed}
                    """,
                    row => (Id: row.Id(), Text: row.TextOrNull()),
                    cancel
                );
                foreach (var (id, text) in some)
                {
                    texts[id] = text ?? "";
                }
            }
        }

        return new(db.Now, [.. texts.Values]);
    }

    private static async Task<Guid?> End(Sql way, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var ends = await db.Read(
            $"SELECT id FROM messages WHERE organization_id = {organizationId} ORDER BY id{way} LIMIT 1",
            row => row.Id(),
            cancel
        );
        return ends.Count == 0 ? null : ends[0];
    }

    private int Count(string word)
    {
        if (!_counts.TryGet(word, out var count))
        {
            count = _texts.Count(t => t.Contains(word, StringComparison.Ordinal));
            _counts.Set(word, count);
        }

        return count;
    }

    private static ulong Start(Guid id) => BinaryPrimitives.ReadUInt64BigEndian(id.ToByteArray(bigEndian: true));

    private static Guid Id(ulong start)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, start);
        return new(bytes, bigEndian: true);
    }
}
