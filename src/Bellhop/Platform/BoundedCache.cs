using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Bellhop.Platform;

/// <summary>
/// Answers kept in this process, so many at most: where one more comes, all are forgotten, and those still asked for come again. For any
/// number of threads.
/// </summary>
/// <param name="most">How many are kept.</param>
/// <param name="comparer">How keys are compared; as they compare themselves where left out.</param>
public sealed class BoundedCache<TKey, TValue>(int most, IEqualityComparer<TKey>? comparer = null)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, TValue> _kept = new(comparer ?? EqualityComparer<TKey>.Default);
    private int _count; // the dictionary's own count stops every writer

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value) => _kept.TryGetValue(key, out value);

    /// <summary>Keeps it, in the place of what was kept under this key.</summary>
    public void Set(TKey key, TValue value)
    {
        if (!_kept.TryAdd(key, value))
        {
            _kept[key] = value;
        }
        else if (Interlocked.Increment(ref _count) > most)
        {
            Clear();
            Set(key, value);
        }
    }

    public void Remove(TKey key)
    {
        if (_kept.TryRemove(key, out _))
        {
            Interlocked.Decrement(ref _count);
        }
    }

    public void Clear()
    {
        Interlocked.Exchange(ref _count, 0);
        _kept.Clear();
    }
}
