using System.Text.Json.Nodes;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>One value of a filter, and how addresses, the API and segments write it.</summary>
/// <param name="name">Its name in all of these.</param>
internal abstract class Parameter(string name)
{
    private const int Unplaced = 9;

    public string Name { get; } = name;

    /// <summary>Whether the API's list takes it too. Otherwise only pages' addresses and segments do.</summary>
    public bool OfApi { get; init; }

    /// <summary>
    /// Its place in addresses. Parameters with the same place follow the order of the conditions; by default it comes last.
    /// </summary>
    public int Place { get; init; } = Unplaced;

    /// <summary>Whether joining two filters looks at it. If not, the first filter keeps its own value.</summary>
    public bool Joins { get; init; } = true;

    /// <summary>How a segment writes it; null when segments do not have it.</summary>
    public abstract JsonShape? Shape { get; }

    /// <summary>Whether it may be given several times.</summary>
    public abstract bool Repeats { get; }

    public abstract bool IsAsked(ContactFilter filter);

    /// <summary>The first filter with the value of the second.</summary>
    public abstract ContactFilter Take(ContactFilter to, ContactFilter from);

    /// <summary>The filter with the value from a request. An invalid value adds an error.</summary>
    public abstract ContactFilter Read(ContactFilter to, QueryReading from);

    /// <summary>The values in an address, not yet escaped; empty when the filter has none.</summary>
    public abstract IEnumerable<string> Write(ContactFilter filter);

    /// <summary>The value in a segment; null when the filter has none.</summary>
    public abstract JsonNode? ToJson(ContactFilter filter);
}

/// <param name="get">Gets the filter's member.</param>
/// <param name="set">Returns the filter with another value of the member.</param>
internal sealed class Parameter<T>(
    string name,
    Func<ContactFilter, T> get,
    Func<ContactFilter, T, ContactFilter> set,
    ParameterKind<T> kind
) : Parameter(name)
{
    public override JsonShape? Shape => kind.Shape;

    public override bool Repeats => kind.Repeats;

    public T Of(ContactFilter filter) => get(filter);

    public ContactFilter With(ContactFilter filter, T value) => set(filter, value);

    public override bool IsAsked(ContactFilter filter) => get(filter) is not null;

    public override ContactFilter Take(ContactFilter to, ContactFilter from) => set(to, get(from));

    public override ContactFilter Read(ContactFilter to, QueryReading from) => kind.Read(from, Name) is { } value ? set(to, value) : to;

    public override IEnumerable<string> Write(ContactFilter filter) => get(filter) is { } value ? kind.Write(value) : [];

    public override JsonNode? ToJson(ContactFilter filter) => get(filter) is { } value ? kind.ToJson(value) : null;
}

/// <summary>How a segment writes a value.</summary>
internal enum JsonShape
{
    Text,
    Texts,
    Number,
    YesNo,
    YesNoOrText,
}
