namespace Bellhop.Features.Imports.Files;

/// <summary>The headings of our own export, the same in every language.</summary>
internal static class OwnHeadings
{
    private static readonly Dictionary<string, ImportField?> Known = new(StringComparer.Ordinal)
    {
        ["name"] = ImportField.Name,
        ["phone"] = ImportField.Phone,
        ["email"] = ImportField.Email,
        ["tags"] = ImportField.Tags,
        ["property"] = ImportField.Property,
        ["source"] = null,
        ["customer since"] = null,
        ["bookings"] = null,
        ["total spent"] = null,
        ["currency"] = null,
        ["last booking"] = null,
        ["rating"] = null,
        ["whatsapp consent"] = ImportField.ConsentWhatsApp,
        ["email consent"] = ImportField.ConsentEmail,
    };

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
