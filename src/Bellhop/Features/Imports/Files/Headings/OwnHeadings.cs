using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Export;

namespace Bellhop.Features.Imports.Files;

/// <summary>The headings of Bellhop's own export, the same in every language.</summary>
internal static class OwnHeadings
{
    // The headings that an import reads. The others are computed figures, which no file may set.
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
    /// Whether a file is Bellhop's own export: all headings are ours in the same spelling, one leads to a guest, and one is used only by
    /// Bellhop. A plain list of names and phones may come from anybody.
    /// </summary>
    public static bool Are(IReadOnlyList<string> headings) =>
        headings.All(Known.ContainsKey)
        && headings.Any(h => h is "customer since" or "total spent" or "last booking")
        && headings.Any(h => h is "name" or "phone" or "email")
        && headings.Distinct(StringComparer.Ordinal).Count() == headings.Count;

    public static ImportField? FieldOf(string heading) => Known.GetValueOrDefault(heading);
}
