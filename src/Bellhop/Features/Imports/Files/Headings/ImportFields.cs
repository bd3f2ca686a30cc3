using System.Text.Json;
using Bellhop.Features.Contacts;
using Bellhop.Features.Intake;

namespace Bellhop.Features.Imports.Files;

/// <summary>
/// What a column may be mapped to: the fields with rules of their own, then one for each detail that the guest list declares.
/// </summary>
internal static class ImportFields
{
    private const int FirstDetail = 100;

    /// <summary>What the list's columns declare to be taken from files.</summary>
    public static IReadOnlyList<Detail> Details { get; } = [.. ContactRow.Columns.Select(c => c.Detail).OfType<Detail>()];

    public static IReadOnlyList<ImportField> All { get; } =
    [.. Enum.GetValues<ImportField>(), .. Details.Select((_, i) => (ImportField)(FirstDetail + i))];

    /// <summary>The field of a detail.</summary>
    public static ImportField Of(Detail detail) => (ImportField)(FirstDetail + Details.ToList().IndexOf(detail));

    /// <summary>The detail that a field is; null for one with rules of its own.</summary>
    public static Detail? DetailOf(ImportField field) => (int)field >= FirstDetail ? Details[(int)field - FirstDetail] : null;

    /// <summary>The field's name in the API.</summary>
    public static string NameOf(ImportField field) => DetailOf(field)?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(field.ToString());

    /// <summary>The field of a name, in whatever case; null for none.</summary>
    public static ImportField? Named(string? name)
    {
        var at = All.ToList().FindIndex(f => string.Equals(NameOf(f), name, StringComparison.OrdinalIgnoreCase));
        return at < 0 ? null : All[at];
    }
}
