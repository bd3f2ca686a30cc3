using System.Text.Json;
using Bellhop.Features.Intake;
using Bellhop.Features.Tags;
using Bellhop.Platform;

namespace Bellhop.Features.Imports;

/// <summary>Stores errors by key and arguments, so that each reader sees them in their own language.</summary>
internal static class StoredErrors
{
    private static readonly Dictionary<string, Type> Texts = new[]
    {
        typeof(ImportTexts),
        typeof(PlatformTexts),
        typeof(IntakeTexts),
        typeof(TagTexts),
    }.ToDictionary(t => t.Name, StringComparer.Ordinal);

    public static string Write(IEnumerable<FieldError> errors) =>
        JsonSerializer.Serialize(
            errors.Select(f => new Stored(
                f.Field,
                f.Error.Texts.Name,
                f.Error.Key,
                [.. f.Error.Args.Select(a => Convert.ToString(a, System.Globalization.CultureInfo.InvariantCulture) ?? "")]
            ))
        );

    public static string Write(IEnumerable<ErrorText> errors) => Write(errors.Select(f => new FieldError("", f)));

    public static IReadOnlyList<FieldError> Read(string text) =>
        [
            .. JsonSerializer
                .Deserialize<List<Stored>>(text)!
                .Where(s => Texts.ContainsKey(s.Texts))
                .Select(s => new FieldError(s.Field, new(Texts[s.Texts], s.Key, [.. s.Args]))),
        ];

    private sealed record Stored(string Field, string Texts, string Key, IReadOnlyList<string> Args);
}

/// <summary>The stored cells of a refused row: all cells of an ordinary row, the beginning of a row that is far too long.</summary>
internal static class KeptCells
{
    private const int MostCells = 500,
        MostLetters = 4000;

    public static IReadOnlyList<string> Of(IReadOnlyList<string> cells) =>
        [
            .. cells
                .Take(MostCells)
                .Select(c => (c.Length > MostLetters ? c[..MostLetters] + "…" : c).Replace("\0", "", StringComparison.Ordinal))
                .Select(Sound),
        ];

    // A lone surrogate has no UTF-8 form.
    private static string Sound(string cell) =>
        cell.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')
            ? System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(cell))
            : cell;
}
