using System.Collections.Concurrent;
using System.Globalization;

namespace Bellhop.Data;

/// <summary>Parameter names with a number behind, made once.</summary>
internal sealed class Numbered(string name)
{
    private readonly ConcurrentDictionary<int, string> _names = [];

    public string this[int index] => _names.GetOrAdd(index, static (i, name) => name + i.ToString(CultureInfo.InvariantCulture), name);

    /// <summary>So many of them, as a list of SQL values.</summary>
    public string List(int count) => string.Join(", ", Enumerable.Range(0, count).Select(i => "@" + this[i]));
}
