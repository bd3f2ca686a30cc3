using System.Text.Json;
using Bellhop.Features.Contacts;
using Bellhop.Features.Intake;

namespace Bellhop.Features.Imports.Files;

/// <summary>
/// All fields that a column may be mapped to: those with rules of their own, then one for each detail that the guest list declares.
/// </summary>
internal static class ImportFields
{
    private const int FirstDetail = 100;

    /// <summary>The details that the guest list's columns take from files.</summary>
    public static IReadOnlyList<Detail> Details => ContactRow.Details;

    /// <summary>The details that have a field without rules of its own. The country is the region of a phone too.</summary>
    public static IReadOnlyList<Detail> Plain { get; } = [.. Details.Where(d => d != CountryField.Given)];

    public static IReadOnlyList<ImportField> All { get; } = [.. Enum.GetValues<ImportField>(), .. Plain.Select(Of)];

    /// <summary>The field of a detail.</summary>
    public static ImportField Of(Detail detail) =>
        detail == CountryField.Given ? ImportField.Country : (ImportField)(FirstDetail + Plain.ToList().IndexOf(detail));

    /// <summary>The detail of a field; null for a field that fills none.</summary>
    public static Detail? DetailOf(ImportField field) =>
        (int)field >= FirstDetail ? Plain[(int)field - FirstDetail]
        : field == ImportField.Country ? CountryField.Given
        : null;

    /// <summary>The field's name in the API.</summary>
    public static string NameOf(ImportField field) => DetailOf(field)?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(field.ToString());

    /// <summary>The field with this name, ignoring case; null for none.</summary>
    public static ImportField? Named(string? name)
    {
        var at = All.ToList().FindIndex(f => string.Equals(NameOf(f), name, StringComparison.OrdinalIgnoreCase));
        return at < 0 ? null : All[at];
    }
}
