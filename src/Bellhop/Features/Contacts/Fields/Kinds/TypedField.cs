namespace Bellhop.Features.Contacts;

/// <summary>A text about a guest that staff type into the panels. Its labels are the field's, with the places <c>add</c> and
/// <c>edit</c>.</summary>
/// <param name="name">Its name in the API, and in the ids of inputs.</param>
/// <param name="max">The greatest length of the text.</param>
/// <param name="typed">The text as the panel has it.</param>
internal sealed class TypedField(string name, int max, Func<ContactLine, string?> typed)
{
    /// <summary>The fields that staff type, in the order of the row's members.</summary>
    public static IReadOnlyList<TypedField> All { get; } = [.. ContactRow.Columns.Select(c => c.Typed).OfType<TypedField>()];

    public string Name => name;
    public int Max => max;

    /// <summary>The kind of input, as the browser names it.</summary>
    public string Type { get; init; } = "text";

    /// <summary>The texts to choose from, with their names; null when any text may be typed.</summary>
    public Func<IReadOnlyList<(string Value, string Text)>>? Choices { get; init; }

    /// <summary>The text for people to read, where it is not the one that is typed.</summary>
    public Func<ContactLine, string?>? Reads { get; init; }

    /// <summary>
    /// Whether the panels for adding and editing have it. Otherwise it is corrected only where the guest's profile shows it.
    /// </summary>
    public bool InPanels { get; init; } = true;

    /// <summary>Whether it reads from left to right in every language.</summary>
    public bool LeftToRight { get; init; }

    /// <summary>Whether nobody can be added without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Gives the text of a guest who is added.</summary>
    public required Func<AddContact.Input, string?, AddContact.Input> Add { get; init; }

    /// <summary>Gives the new text of a guest who is edited; a blank text clears it.</summary>
    public required Func<EditContact.Input, string?, EditContact.Input> Edit { get; init; }

    public string? Of(ContactLine line) => typed(line);

    /// <summary>The text for people to read; null for none.</summary>
    public string? Shown(ContactLine line) => (Reads ?? typed)(line);

    /// <summary>The field of a detail.</summary>
    public static TypedField For(
        Intake.Detail detail,
        Func<ContactRow, string?> get,
        Func<ContactRow, string?>? shown = null,
        Func<IReadOnlyList<(string Value, string Text)>>? choices = null,
        string type = "text",
        bool inPanels = true,
        Func<AddContact.Input, string?, AddContact.Input>? add = null
    ) =>
        new(detail.Name, detail.Max, line => get(line.Row))
        {
            Type = type,
            Choices = choices,
            InPanels = inPanels,
            Reads = shown is null ? null : line => shown(line.Row),
            Add = add ?? ((input, text) => input with { Details = new(input.Details) { [detail] = text } }),
            Edit = (input, text) => input with { Details = new(input.Details) { [detail] = text } },
        };
}
