using Bellhop.Platform;

namespace Bellhop.Features.Intake;

/// <summary>
/// A plain text that is known of a guest, beside name, phone, e-mail, tags and property, which have rules of their own. Files fill it; the
/// list's fields declare it.
/// </summary>
/// <param name="name">In the API, in what an import keeps, in the keys of labels, and its column in both tables of guests.</param>
/// <param name="max">The longest text taken.</param>
/// <param name="get">What the guest has.</param>
/// <param name="set">Gives the guest another.</param>
/// <param name="headings">What columns of files call it, in every language, with <c>|</c> between.</param>
internal sealed class Detail(string name, int max, Func<Contact, string?> get, Action<Contact, string?> set, string headings)
{
    public string Name => name;
    public int Max => max;
    public string Headings => headings;

    public string? Of(Contact contact) => get(contact);

    public void Set(Contact contact, string? value) => set(contact, value);

    /// <summary>What is taken of a text in a file; one that is too long is an error.</summary>
    public string? Clean(string given, ValidationErrors errors) => errors.Text(name, given, max);
}
