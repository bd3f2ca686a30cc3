using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Bellhop.Platform;

/// <summary>
/// Keeps a limited number of answers in this process. When it is full it forgets all of them; answers that are still needed come back.
/// Safe for many threads.
/// </summary>
/// <param name="most">The largest number of answers.</param>
/// <param name="comparer">Compares keys; the default comparer if left out.</param>
public sealed class BoundedCache<TKey, TValue>(int most, IEqualityComparer<TKey>? comparer = null)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, TValue> _kept = new(comparer ?? EqualityComparer<TKey>.Default);
    private int _count; // the dictionary's own count stops every writer

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value) => _kept.TryGetValue(key, out value);

    /// <summary>Looks a key up in another form that the comparer knows, such as a span of a text, without making the key.</summary>
    public bool TryGetAs<TOther>(TOther key, [MaybeNullWhen(false)] out TValue value)
        where TOther : notnull, allows ref struct => _kept.GetAlternateLookup<TOther>().TryGetValue(key, out value);

    /// <summary>Keeps a value and replaces the earlier value of the key.</summary>
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
