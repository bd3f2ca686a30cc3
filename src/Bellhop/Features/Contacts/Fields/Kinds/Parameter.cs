using System.Text.Json.Nodes;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>One value of the filter: how addresses, the API and segments write it.</summary>
/// <param name="name">In all of them.</param>
internal abstract class Parameter(string name)
{
    private const int Unplaced = 9;

    public string Name { get; } = name;

    /// <summary>Whether the API's list takes it too; else pages' addresses and segments alone.</summary>
    public bool OfApi { get; init; }

    /// <summary>Where it stands in addresses; equal ones in the order of the conditions. What is not placed comes last.</summary>
    public int Place { get; init; } = Unplaced;

    /// <summary>Whether two filters may be put together that both leave it to the other.</summary>
    public bool Joins { get; init; } = true;

    /// <summary>How a segment writes it; null where segments do not have it.</summary>
    public abstract JsonShape? Shape { get; }

    /// <summary>Whether it may stand several times.</summary>
    public abstract bool Repeats { get; }

    public abstract bool IsAsked(ContactFilter filter);

    /// <summary>The first with the value of the second.</summary>
    public abstract ContactFilter Take(ContactFilter to, ContactFilter from);

    /// <summary>The filter with the value of a request; what is wrong with it is an error.</summary>
    public abstract ContactFilter Read(ContactFilter to, QueryReading from);

    /// <summary>The values as an address has them, not escaped yet; none where it does not ask.</summary>
    public abstract IEnumerable<string> Write(ContactFilter filter);

    /// <summary>The value as a segment has it; null where it does not ask.</summary>
    public abstract JsonNode? ToJson(ContactFilter filter);
}

/// <param name="get">The filter's member.</param>
/// <param name="set">The filter with another value of it.</param>
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
