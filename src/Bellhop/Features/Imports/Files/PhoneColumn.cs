using System.Collections.Frozen;

namespace Bellhop.Features.Imports.Files;

/// <summary>Handles what programs write next to a phone and into its cell.</summary>
internal static class PhoneColumn
{
    // With fewer digits before the point, it may be an area code and an extension.
    private const int WholeNumber = 7;

    private static readonly FrozenSet<string> Values = HeadingWords.Set("value|wert|valeur|valor|valore|waarde|القيمة");
    private static readonly FrozenSet<string> Labels = HeadingWords.Set(
        "type|label|typ|beschriftung|libellé|tipo|etiqueta|etichetta|rótulo|marcador|النوع|التصنيف"
    );

    // What people write between two numbers in one cell. A slash or a comma may also be part of a number.
    private static readonly char[] Between = [';', '|', ',', '/', '\r', '\n'];

    /// <summary>The numbers of a cell that may hold several; empty when it does not look so.</summary>
    public static IReadOnlyList<string> Parts(string phone)
    {
        var parts = phone.Split(Between, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 1 && parts[0] == phone ? [] : parts;
    }

    // Google adds a column with the kind of each phone: "Phone 2 - Type" or, since 2024, "Phone 2 - Label", in the account's language.
    public static int LabelOf(FileLayout layout, int phone)
    {
        var key = Heading.Key(layout.Headings[phone]);
        var value = Values.FirstOrDefault(v => key.EndsWith(v, StringComparison.Ordinal));
        return value is null
            ? -1
            : layout.Headings.ToList().FindIndex(h => Heading.Key(h) is var other && Labels.Any(l => other == key[..^value.Length] + l));
    }

    // Some programs export a number column that has empty cells with decimals: "491701234567.0". The zero is not part of the phone.
    public static string WithoutDecimals(string phone)
    {
        var point = phone.IndexOf('.', StringComparison.Ordinal);
        var isOne =
            point >= WholeNumber
            && point + 1 < phone.Length
            && !phone.AsSpan(point + 1).ContainsAnyExcept('0')
            && !phone.AsSpan(0, point).TrimStart('+').ContainsAnyExceptInRange('0', '9');
        return isOne ? phone[..point] : phone;
    }
}
