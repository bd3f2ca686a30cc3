using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Inbox;

/// <summary>
/// Some messages of an organisation with their guests, kept for a few minutes, which tell rare words from common ones. They decide only
/// how an answer is found, never the answer.
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

    private readonly BoundedCache<string, (int Messages, int Guests)> _counts = new(MostShares, StringComparer.Ordinal);
    private readonly DateTime _takenAt;
    private readonly IReadOnlyList<(string Text, string Guest)> _sampled;

    private MessageSample(DateTime takenAt, IReadOnlyList<(string, string)> sampled) => (_takenAt, _sampled) = (takenAt, sampled);

    /// <summary>About how much there is to look up of a word, which is folded: as a part of all messages, never 0.</summary>
    public double Share(string word)
    {
        var (messages, guests) = Count(word);
        return Math.Max(PartOf(messages), PartOf(guests) / ConversationSearch.MessagesOfOne);
    }

    /// <summary>Whether so many messages or guests have the word that reading the list finds some soon.</summary>
    public bool IsCommon(string word)
    {
        var (messages, guests) = Count(word);
        return (messages >= Sure && PartOf(messages) > ConversationSearch.CommonShare)
            || (guests >= Sure && PartOf(guests) > ConversationSearch.CommonName);
    }

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
        var sampled = new Dictionary<Guid, (string, string)>();
        if (await End(Sql.None, organizationId, db, cancel) is { } first && await End($" DESC", organizationId, db, cancel) is { } last)
        {
            for (var i = 0; i < Places; i++)
            {
                // An id begins with its time, so a point in time is a place in the table.
                var from = i == 0 ? first : Id(Start(first) + ((Start(last) - Start(first)) / Places * (ulong)i));
                var some = await db.Read(
                    $"""
                    SELECT m.id, m.search, g.search
                    FROM (SELECT id, search, conversation_id FROM messages WHERE organization_id = {organizationId} AND id >= {from}
                        ORDER BY id LIMIT {AtEachPlace:fixed}) m
                    JOIN conversations c ON c.organization_id = {organizationId} AND c.id = m.conversation_id
                    LEFT JOIN contacts g ON g.organization_id = c.organization_id AND g.id = c.contact_id
                    """,
                    row => (Id: row.Id(), Text: row.TextOrNull(), Guest: row.TextOrNull()),
                    cancel
                );
                foreach (var (id, text, guest) in some)
                {
                    sampled[id] = (text ?? "", guest ?? "");
                }
            }
        }

        return new(db.Now, [.. sampled.Values]);
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

    private double PartOf(int count) => (count + 0.5) / (_sampled.Count + 1);

    private (int Messages, int Guests) Count(string word)
    {
        if (!_counts.TryGet(word, out var count))
        {
            count = (
                _sampled.Count(s => s.Text.Contains(word, StringComparison.Ordinal)),
                _sampled.Count(s => s.Guest.Contains(word, StringComparison.Ordinal))
            );
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
