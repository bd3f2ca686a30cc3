using System.Collections.Concurrent;
using Bellhop.Platform;

namespace Bellhop.Data;

/// <summary>
/// Answers that cost much and are asked often, kept in this process until anything of their organisation is told to have changed, and a few
/// seconds at most. What another process writes is heard of within a second: nothing goes in here that must be exact at every instant.
/// </summary>
public sealed class OrganizationCache(Signal signal, TimeProvider clock)
{
    private const int Most = 1_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<
        (int OrganizationId, string What),
        (object IdempotentResponse, long Told, DateTime Until)
    > _kept = [];

    /// <param name="what">Names the question with everything that decides its answer: properties, days.</param>
    public async ValueTask<T> Get<T>(int organizationId, string what, Func<Task<T>> ask)
        where T : struct
    {
        var (told, now) = (signal.ToldOf(organizationId), clock.Now());
        if (_kept.TryGetValue((organizationId, what), out var kept) && kept.Told == told && kept.Until > now)
        {
            return (T)kept.IdempotentResponse;
        }

        var answer = await ask();
        if (_kept.Count >= Most)
        {
            _kept.Clear();
        }

        _kept[(organizationId, what)] = (answer, told, now + Longest);
        return answer;
    }
}
