using System.Collections.Frozen;

namespace Bellhop.Features.Imports.Files;

/// <summary>What programs put beside a phone, and into it.</summary>
internal static class PhoneColumn
{
    // With fewer digits before the point it may be a town and an extension.
    private const int WholeNumber = 7;

    private static readonly FrozenSet<string> Values = HeadingWords.Set("value|wert|valeur|valor|valore|القيمة");
    private static readonly FrozenSet<string> Labels = HeadingWords.Set(
        "type|label|typ|beschriftung|libellé|tipo|etiqueta|etichetta|rótulo|marcador|النوع|التصنيف"
    );

    // Google says beside each phone what it is: "Phone 2 - Type" or, since 2024, "Phone 2 - Label", in the account's language.
    public static int LabelOf(FileLayout layout, int phone)
    {
        var key = Heading.Key(layout.Headings[phone]);
        var value = Values.FirstOrDefault(v => key.EndsWith(v, StringComparison.Ordinal));
        return value is null
            ? -1
            : layout.Headings.ToList().FindIndex(h => Heading.Key(h) is var other && Labels.Any(l => other == key[..^value.Length] + l));
    }

    // A column of numbers with a gap in it is exported with decimals: "491701234567.0". The zero is no digit of the phone.
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
