using Bellhop.Platform;

namespace Bellhop.Features.Intake;

/// <summary>
/// A text about a guest that people give. Name, phone, e-mail, tags and property are not details, since they have rules of their own. Files
/// fill it; the list's fields declare it.
/// </summary>
/// <param name="name">Its name in the API, in the rows an import keeps and in the keys of labels.</param>
/// <param name="max">The greatest length of the text.</param>
/// <param name="get">Reads the text of a contact.</param>
/// <param name="set">Sets the text of a contact.</param>
/// <param name="headings">The headings that files use for it, in every language, with <c>|</c> between; empty when files name it by a field
/// of their own.</param>
/// <param name="column">Its column in the table of contacts; by default its name.</param>
internal sealed class Detail(
    string name,
    int max,
    Func<Contact, string?> get,
    Action<Contact, string?> set,
    string headings,
    string? column = null
)
{
    public string Name => name;
    public int Max => max;
    public string Headings => headings;

    public string Column => column ?? name;

    /// <summary>What is wrong with a clean text, and null for nothing; by default every text is right.</summary>
    public Func<string, ErrorText?> Check { get; init; } = _ => null;

    /// <summary>
    /// Reads the text as files write it; null when it is not understood. A file's row is taken without it then. By default the text stays
    /// as it is.
    /// </summary>
    public Func<string, string?> OfFile { get; init; } = text => text;

    public string? Of(Contact contact) => get(contact);

    public void Set(Contact contact, string? value) => set(contact, value);

    /// <summary>The clean text; null when it is blank. A text that is too long, or that is wrong, adds an error.</summary>
    public string? Clean(string? given, ValidationErrors errors)
    {
        var text = errors.Text(name, given, max);
        if (text is null || text.Length > max || Check(text) is not { } wrong)
        {
            return text;
        }

        errors.Add(name, wrong);
        return null;
    }
}
