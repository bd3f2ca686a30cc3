using Bellhop.Platform;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Primitives;

namespace Bellhop.Features.Contacts;

/// <summary>The editor of a condition, the same in the panel and in segments. <c>FieldEditor.razor</c> draws it.</summary>
/// <param name="Id">Its name in the ids of the panel's elements.</param>
internal abstract record Editor(string Id)
{
    /// <summary>The text of a value in an input, as in addresses; null when the filter has none.</summary>
    public static string? Text(Parameter of, ContactFilter filter) => of.Write(filter).FirstOrDefault();

    /// <summary>The filter with this value chosen, or not chosen any more.</summary>
    public static ContactFilter Toggle<T>(Parameter<IReadOnlyList<T>?> of, ContactFilter filter, T value)
    {
        var set = of.Of(filter) ?? [];
        IReadOnlyList<T> now = set.Contains(value) ? [.. set.Where(v => !Equals(v, value))] : [.. set, value];
        return of.With(filter, now.Count == 0 ? null : now);
    }

    /// <summary>The filter with the typed value. A text that cannot be read counts as empty.</summary>
    public static ContactFilter Typed(Parameter of, ContactFilter filter, string? text)
    {
        var bare = of.Take(filter, ContactFilter.None);
        return text?.Trim() is { Length: > 0 } typed
            ? of.Read(bare, new(new QueryCollection(new Dictionary<string, StringValues> { [of.Name] = typed }), new ValidationErrors()))
            : bare;
    }
}

/// <summary>An input for a text.</summary>
/// <param name="Hint">The key of the hint's text; null for none.</param>
internal sealed record TextEditor(string Id, Parameter Of, int Max, string? Hint = null) : Editor(Id);

/// <summary>A choice of one of a few values.</summary>
/// <param name="Any">The key of the text for no condition.</param>
/// <param name="Choices">The choices.</param>
/// <param name="IsBeside">Whether it is in one line with the next such editor.</param>
internal sealed record ChoiceEditor(string Id, Parameter Of, string Any, IReadOnlyList<EditorChoice> Choices, bool IsBeside = false)
    : Editor(Id)
{
    public static ChoiceEditor YesNo(
        string id,
        Parameter<bool?> of,
        string texts,
        string any,
        string yes,
        string no,
        bool isBeside = false
    ) => new(id, of, texts + any, [Said("true", texts + yes), Said("false", texts + no)], isBeside);

    private static EditorChoice Said(string value, string text) => new(value, value, t => t[text]);

    public bool IsChosen(EditorChoice choice, ContactFilter filter) => Text(Of, filter) == choice.Asks;

    public ContactFilter Choose(ContactFilter filter, string? value) =>
        Typed(Of, filter, Choices.FirstOrDefault(c => c.Value == value)?.Asks);
}

/// <param name="Value">The value in the page.</param>
/// <param name="Asks">The value in addresses.</param>
/// <param name="Called">Gets its text from the page's texts.</param>
internal sealed record EditorChoice(string Value, string Asks, Func<IStringLocalizer, string> Called);

/// <summary>Inputs for a least and a most.</summary>
/// <param name="Type">The type of the inputs.</param>
/// <param name="InputMode">Which keys a phone shows.</param>
/// <param name="Step">The step of the inputs in the panel.</param>
/// <param name="IsMoney">Whether the currency is shown beside them.</param>
internal sealed record PairEditor(string Id, Parameter Least, Parameter Most, string Type, string? InputMode, string? Step, bool IsMoney)
    : Editor(Id)
{
    public static PairEditor Numbers(string id, Parameter least, Parameter most) => new(id, least, most, "number", "numeric", "1", false);

    public static PairEditor Amounts(string id, Parameter least, Parameter most) => new(id, least, most, "number", "decimal", "any", true);

    public static PairEditor Days(string id, Parameter least, Parameter most) => new(id, least, most, "date", null, null, false);
}

/// <summary>An input for a number of days before today.</summary>
internal sealed record DaysEditor(string Id, Parameter Of) : Editor(Id);

/// <summary>A choice of any sources.</summary>
internal sealed record SourcesEditor(string Id, Parameter<IReadOnlyList<Source>?> Of) : Editor(Id);

/// <summary>A choice of any properties that the viewer sees.</summary>
internal sealed record PropertiesEditor(string Id, Parameter<IReadOnlyList<Guid>?> Of) : Editor(Id);

/// <summary>A choice of any tags. The panel has one editor for tags to have and not to have.</summary>
internal sealed record TagsEditor(string Id, Parameter<IReadOnlyList<string>?> Of) : Editor(Id);

/// <summary>A choice of any of a few values.</summary>
/// <param name="Choices">The values, with the keys of their names.</param>
internal sealed record TicksEditor<T>(string Id, Parameter<IReadOnlyList<T>?> Of, IReadOnlyList<(T Value, string Name)> Choices)
    : Editor(Id),
        ITicks
{
    public IEnumerable<(string Name, bool IsOn, Func<ContactFilter> Toggled)> Ticks(ContactFilter filter) =>
        Choices.Select(c => (c.Name, Of.Of(filter)?.Contains(c.Value) == true, (Func<ContactFilter>)(() => Toggle(Of, filter, c.Value))));
}

/// <summary>What <c>FieldEditor.razor</c> draws of a <see cref="TicksEditor{T}"/> of any type.</summary>
internal interface ITicks
{
    IEnumerable<(string Name, bool IsOn, Func<ContactFilter> Toggled)> Ticks(ContactFilter filter);
}

/// <summary>A choice of any of many texts: those that are chosen are ticked, and the others are added from a list.</summary>
/// <param name="Choices">The texts with their names, in the order of the list.</param>
/// <param name="Add">The key of what the list is called.</param>
internal sealed record ManyEditor(
    string Id,
    Parameter<IReadOnlyList<string>?> Of,
    Func<IReadOnlyList<(string Value, string Text)>> Choices,
    string Add
) : Editor(Id);
