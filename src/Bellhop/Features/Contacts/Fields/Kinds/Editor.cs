using Bellhop.Platform;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Primitives;

namespace Bellhop.Features.Contacts;

/// <summary>How a condition is edited, in the panel and in segments alike: <c>FieldEditor.razor</c> draws it.</summary>
/// <param name="Id">In the panel's ids.</param>
internal abstract record Editor(string Id)
{
    /// <summary>What is said of a value in an input: as addresses have it.</summary>
    public static string? Text(Parameter of, ContactFilter filter) => of.Write(filter).FirstOrDefault();

    /// <summary>The filter with what was typed; what cannot be read is nothing.</summary>
    public static ContactFilter Typed(Parameter of, ContactFilter filter, string? text)
    {
        var bare = of.Take(filter, ContactFilter.None);
        return text?.Trim() is { Length: > 0 } typed
            ? of.Read(bare, new(new QueryCollection(new Dictionary<string, StringValues> { [of.Name] = typed }), new ValidationErrors()))
            : bare;
    }
}

/// <summary>A text that is looked for.</summary>
/// <param name="Hint">The text that says what; null for none.</param>
internal sealed record TextEditor(string Id, Parameter Of, int Max, string? Hint = null) : Editor(Id);

/// <summary>One of a few.</summary>
/// <param name="Any">The text of the choice that asks nothing.</param>
/// <param name="Choices">What there is to choose from.</param>
/// <param name="IsBeside">Whether it stands in one line with the next one of these.</param>
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

/// <param name="Value">In the page.</param>
/// <param name="Asks">In addresses.</param>
/// <param name="Called">From the page's texts.</param>
internal sealed record EditorChoice(string Value, string Asks, Func<IStringLocalizer, string> Called);

/// <summary>A least and a most.</summary>
/// <param name="Type">Of the inputs.</param>
/// <param name="InputMode">Which keys a phone shows.</param>
/// <param name="Step">In the panel.</param>
/// <param name="IsMoney">Whether the currency stands beside.</param>
internal sealed record PairEditor(string Id, Parameter Least, Parameter Most, string Type, string? InputMode, string? Step, bool IsMoney)
    : Editor(Id)
{
    public static PairEditor Numbers(string id, Parameter least, Parameter most) => new(id, least, most, "number", "numeric", "1", false);

    public static PairEditor Amounts(string id, Parameter least, Parameter most) => new(id, least, most, "number", "decimal", "any", true);

    public static PairEditor Days(string id, Parameter least, Parameter most) => new(id, least, most, "date", null, null, false);
}

/// <summary>A number of days before today.</summary>
internal sealed record DaysEditor(string Id, Parameter Of) : Editor(Id);

/// <summary>Any of the sources.</summary>
internal sealed record SourcesEditor(string Id, Parameter<IReadOnlyList<Source>?> Of) : Editor(Id);

/// <summary>Any of the properties that the viewer sees.</summary>
internal sealed record PropertiesEditor(string Id, Parameter<IReadOnlyList<Guid>?> Of) : Editor(Id);

/// <summary>Any of the tags there are; in the panel with and without them in one.</summary>
internal sealed record TagsEditor(string Id, Parameter<IReadOnlyList<string>?> Of) : Editor(Id);
