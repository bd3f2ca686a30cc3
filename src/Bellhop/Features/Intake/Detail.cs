using Bellhop.Platform;

namespace Bellhop.Features.Intake;

/// <summary>
/// A plain text about a guest. Name, phone, e-mail, tags and property are not details, since they have rules of their own. Files fill it;
/// the list's fields declare it.
/// </summary>
/// <param name="name">Its name in the API, in the rows an import keeps and in the keys of labels, and its column in both tables of
/// guests.</param>
/// <param name="max">The greatest length of the text.</param>
/// <param name="get">Reads the text of a contact.</param>
/// <param name="set">Sets the text of a contact.</param>
/// <param name="headings">The headings that files use for it, in every language, with <c>|</c> between.</param>
internal sealed class Detail(string name, int max, Func<Contact, string?> get, Action<Contact, string?> set, string headings)
{
    public string Name => name;
    public int Max => max;
    public string Headings => headings;

    public string? Of(Contact contact) => get(contact);

    public void Set(Contact contact, string? value) => set(contact, value);

    /// <summary>The clean text; null when it is blank. A text that is too long adds an error.</summary>
    public string? Clean(string? given, ValidationErrors errors) => errors.Text(name, given, max);
}
