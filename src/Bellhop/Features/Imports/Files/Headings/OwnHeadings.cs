using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Export;

namespace Bellhop.Features.Imports.Files;

/// <summary>The headings of our own export, the same in every language.</summary>
internal static class OwnHeadings
{
    // What is taken back from them; the rest are figures, which no file brings.
    private static readonly Dictionary<string, ImportField> Taken = new(StringComparer.Ordinal)
    {
        [NameField.Column.Csv!.Heading] = ImportField.Name,
        [PhoneField.Column.Csv!.Heading] = ImportField.Phone,
        [EmailField.Column.Csv!.Heading] = ImportField.Email,
        [TagsField.Column.Csv!.Heading] = ImportField.Tags,
        [PropertyField.Column.Csv!.Heading] = ImportField.Property,
        [ConsentField.WhatsApp.Heading] = ImportField.ConsentWhatsApp,
        [ConsentField.Email.Heading] = ImportField.ConsentEmail,
    };

    private static readonly Dictionary<string, ImportField?> Known = ExportColumns.Usual.ToDictionary(
        c => c.Heading,
        c =>
            Taken.TryGetValue(c.Heading, out var field) ? field
            : ImportFields.Named(c.Name) is { } named && ImportFields.DetailOf(named) is not null ? named
            : (ImportField?)null,
        StringComparer.Ordinal
    );

    /// <summary>
    /// All of them are ours, written as we write them, one of them leads to a guest, and one is nobody else's: a plain list of names and
    /// phones is anybody's.
    /// </summary>
    public static bool Are(IReadOnlyList<string> headings) =>
        headings.All(Known.ContainsKey)
        && headings.Any(h => h is "customer since" or "total spent" or "last booking")
        && headings.Any(h => h is "name" or "phone" or "email")
        && headings.Distinct(StringComparer.Ordinal).Count() == headings.Count;

    public static ImportField? FieldOf(string heading) => Known.GetValueOrDefault(heading);
}
