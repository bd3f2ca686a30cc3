using Bellhop.Platform;

namespace Bellhop.Data;

/// <summary>
/// Answers that cost much and are asked often, kept in this process until anything of their organisation is told to have changed, and a few
/// seconds at most. What another process writes is heard of within a second: nothing goes in here that must be exact at every instant.
/// </summary>
public sealed class OrganizationCache(Signal signal, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly BoundedCache<(int OrganizationId, string What), (object Answer, long Told, DateTime Until)> _kept = new(1_000);

    /// <param name="what">Names the question with everything that decides its answer: properties, days.</param>
    public async ValueTask<T> Get<T>(int organizationId, string what, Func<Task<T>> ask)
        where T : struct
    {
        var (told, now) = (signal.ToldOf(organizationId), clock.Now());
        if (_kept.TryGet((organizationId, what), out var kept) && kept.Told == told && kept.Until > now)
        {
            return (T)kept.Answer;
        }

        var answer = await ask();
        _kept.Set((organizationId, what), (answer, told, now + Longest));
        return answer;
    }
}
