using Microsoft.Extensions.Localization;

namespace Bellhop.Features.Contacts;

/// <summary>Names the texts in <c>FieldTexts.resx</c>: <c>Field_rating</c> is what the field <c>rating</c> is called.</summary>
public sealed class FieldTexts;

internal static class FieldLabels
{
    /// <summary>What a field is called in one place: <c>Field_rating_column</c> where there is such a text, else as everywhere.</summary>
    public static string Of(this IStringLocalizer<FieldTexts> texts, string field, string place) =>
        texts[$"Field_{field}_{place}"] is { ResourceNotFound: false } here ? here.Value : texts.Of(field);

    /// <summary>What a field is called.</summary>
    public static string Of(this IStringLocalizer<FieldTexts> texts, string field) => texts["Field_" + field].Value;
}
