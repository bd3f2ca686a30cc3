namespace Bellhop.Features.Contacts;

/// <summary>A text about a guest that staff type into the panels. Its labels are the field's, with the places <c>add</c> and
/// <c>edit</c>.</summary>
/// <param name="name">Its name in the API, and in the ids of inputs.</param>
/// <param name="max">The greatest length of the text.</param>
/// <param name="shown">The text as the panel shows it.</param>
internal sealed class TypedField(string name, int max, Func<ContactLine, string?> shown)
{
    /// <summary>The fields that staff type, in the order of the row's members.</summary>
    public static IReadOnlyList<TypedField> All { get; } = [.. ContactRow.Columns.Select(c => c.Typed).OfType<TypedField>()];

    public string Name => name;
    public int Max => max;

    /// <summary>The kind of input, as the browser names it.</summary>
    public string Type { get; init; } = "text";

    /// <summary>Whether it reads from left to right in every language.</summary>
    public bool LeftToRight { get; init; }

    /// <summary>Whether nobody can be added without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Gives the text of a guest who is added.</summary>
    public required Func<AddContact.Input, string?, AddContact.Input> Add { get; init; }

    /// <summary>Gives the new text of a guest who is edited; a blank text clears it.</summary>
    public required Func<EditContact.Input, string?, EditContact.Input> Edit { get; init; }

    public string? Of(ContactLine line) => shown(line);

    /// <summary>The field of a detail.</summary>
    public static TypedField For(Intake.Detail detail, Func<ContactRow, string?> get) =>
        new(detail.Name, detail.Max, line => get(line.Row))
        {
            Add = (input, text) => input with { Details = new(input.Details) { [detail] = text } },
            Edit = (input, text) => input with { Details = new(input.Details) { [detail] = text } },
        };
}
