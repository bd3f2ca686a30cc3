using System.Collections.Concurrent;
using System.Globalization;

namespace Bellhop.Data;

/// <summary>Parameter names with a number behind, made once.</summary>
internal sealed class ParameterNames(string name)
{
    private readonly ConcurrentDictionary<int, string> _names = [];

    public string this[int index] => _names.GetOrAdd(index, static (i, name) => name + i.ToString(CultureInfo.InvariantCulture), name);

    /// <summary>So many of them, as a list of SQL values.</summary>
    public string List(int count) => string.Join(", ", Enumerable.Range(0, count).Select(i => "@" + this[i]));

    /// <summary>The condition, with its AND, that a column has one of so many: for null there is none, of none it is never true.</summary>
    public string AndIn(string column, int? count) =>
        count switch
        {
            null => "",
            0 => " AND 1 = 0",
            { } some => $" AND {column} IN ({List(some)})",
        };
}
