using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Contacts.Export;

/// <summary>The exports that this process is streaming. Each caller may have a limited number at once.</summary>
public sealed class RunningExports(Limits limits)
{
    private const int TryAgain = 10;

    private readonly Lock _gate = new();
    private readonly Dictionary<(ActorKind, Guid), int> _running = [];

    /// <summary>Counts one more export until the result is disposed of.</summary>
    /// <exception cref="Refusal">429 when the caller has the allowed number running.</exception>
    public IDisposable Begin(Actor who)
    {
        var key = (who.Kind, who.Id);
        lock (_gate)
        {
            var running = _running.GetValueOrDefault(key);
            if (running >= limits.ExportsAtOnce)
            {
                throw Refusal.TooMany(TryAgain);
            }

            _running[key] = running + 1;
        }

        return new Turn(this, key);
    }

    private void End((ActorKind, Guid) key)
    {
        lock (_gate)
        {
            if (--_running[key] == 0)
            {
                _running.Remove(key);
            }
        }
    }

    private sealed class Turn(RunningExports all, (ActorKind, Guid) key) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                all.End(key);
            }
        }
    }
}
