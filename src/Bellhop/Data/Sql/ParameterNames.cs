using System.Collections.Concurrent;
using System.Globalization;

namespace Bellhop.Data;

/// <summary>Numbered parameter names. Each name is made once.</summary>
internal sealed class ParameterNames(string name)
{
    private readonly ConcurrentDictionary<int, string> _names = [];

    public string this[int index] => _names.GetOrAdd(index, static (i, name) => name + i.ToString(CultureInfo.InvariantCulture), name);

    /// <summary>The first <paramref name="count"/> names as a list of SQL values.</summary>
    public string List(int count) => string.Join(", ", Enumerable.Range(0, count).Select(i => "@" + this[i]));
}
