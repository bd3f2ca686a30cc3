using Bellhop.Platform;

namespace Bellhop.Data;

/// <summary>
/// Keeps answers that are expensive and often needed, in this process. An answer is dropped when anything of its organisation changes, and
/// after ten seconds. A write of another process is noticed only within a second, so do not keep answers that must always be exact.
/// </summary>
public sealed class OrganizationCache(Signal signal, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly BoundedCache<(int OrganizationId, string What), (object Answer, long Told, DateTime Until)> _kept = new(1_000);

    /// <param name="what">Names the question, with everything that decides its answer, such as properties and days.</param>
    /// <param name="kind">The answer depends only on entities of this kind, so other changes do not drop it.</param>
    public async ValueTask<T> Get<T>(int organizationId, string what, Func<Task<T>> ask, string? kind = null)
        where T : struct
    {
        var (told, now) = (kind is null ? signal.ToldOf(organizationId) : signal.ToldOf(organizationId, kind), clock.Now());
        if (_kept.TryGet((organizationId, what), out var kept) && kept.Told == told && kept.Until > now)
        {
            return (T)kept.Answer;
        }

        var answer = await ask();
        _kept.Set((organizationId, what), (answer, told, now + Longest));
        return answer;
    }
}
