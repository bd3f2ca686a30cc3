using Microsoft.Extensions.Localization;

namespace Bellhop.Features.Contacts;

/// <summary>Names the texts in <c>FieldTexts.resx</c>: <c>Field_rating</c> is the label of the field <c>rating</c>.</summary>
public sealed class FieldTexts;

internal static class FieldLabels
{
    /// <summary>The label of a field in one place: <c>Field_rating_column</c> if there is such a text, otherwise the usual label.</summary>
    public static string Of(this IStringLocalizer<FieldTexts> texts, string field, string place) =>
        texts[$"Field_{field}_{place}"] is { ResourceNotFound: false } here ? here.Value : texts.Of(field);

    /// <summary>What to say about a field to whoever types it; null for nothing.</summary>
    public static string? Hint(this IStringLocalizer<FieldTexts> texts, string field) =>
        texts[$"Field_{field}_hint"] is { ResourceNotFound: false } hint ? hint.Value : null;

    /// <summary>What choosing nothing means for a field.</summary>
    public static string None(this IStringLocalizer<FieldTexts> texts, string field) =>
        texts[$"Field_{field}_none"] is { ResourceNotFound: false } none ? none.Value : "–";

    /// <summary>The usual label of a field.</summary>
    public static string Of(this IStringLocalizer<FieldTexts> texts, string field) => texts["Field_" + field].Value;
}
