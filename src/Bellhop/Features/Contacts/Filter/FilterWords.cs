using Bellhop.Features.Properties;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Bellhop.Ui;
using Microsoft.Extensions.Localization;

namespace Bellhop.Features.Contacts;

/// <summary>A filter's conditions in words.</summary>
/// <param name="texts">The texts of the contacts page.</param>
/// <param name="labels">The labels of fields.</param>
/// <param name="words">The texts that every page shares.</param>
/// <param name="currency">The organisation's currency, used for amounts.</param>
/// <param name="places">The properties the viewer sees.</param>
/// <param name="segment">The name of the filter's segment.</param>
internal sealed class FilterWords(
    IStringLocalizer<ContactTexts> texts,
    IStringLocalizer<FieldTexts> labels,
    IStringLocalizer<UiTexts> words,
    string currency,
    IReadOnlyList<SeeOrganization.Place> places,
    string? segment = null
)
{
    /// <summary>The page's texts.</summary>
    public IStringLocalizer Texts => texts;

    /// <summary>The name of the filter's segment.</summary>
    public string Segment => segment ?? "–";

    /// <summary>The name and the value of one of <see cref="FilterParts.Parts"/>.</summary>
    public (string Name, string Value) Of(ContactFilter part)
    {
        var condition = part.Asked().First();
        return (labels.Of(condition.Name, "filter"), condition.Chip(part, this));
    }

    /// <summary>The name of a source.</summary>
    public string Called(Source source) => words["Source." + source].Value;

    /// <summary>A text of the page.</summary>
    public string Say(string name) => texts[name].Value;

    /// <summary>The names of the properties that the viewer sees.</summary>
    public string Properties(IReadOnlyList<Guid> ids) =>
        List(places.Where(p => ids.Contains(p.Id)).Select(p => p.Name)) is { Length: > 0 } names ? names : texts["F.Property.Unseen"].Value;

    /// <summary>The names of tags, including deleted ones.</summary>
    public string Tags(IEnumerable<string> names) =>
        List(names.Select(n => Tag.NameOfGone(n) is { } gone ? texts["F.Tags.Gone", gone].Value : n));

    public static string List(IEnumerable<string> values) => string.Join(", ", values);

    public string Days(string text, int days) => days == 1 ? texts[text + ".One"].Value : texts[text, Show.Number(days)].Value;

    public string Amount(decimal amount) => Show.Money(new Money((long)(amount * Currency.Factor(currency)), currency));

    public string Range<T>(T? least, T? most, Func<T, string> show)
        where T : struct =>
        (least, most) switch
        {
            ({ } from, { } to) => texts["F.Between", show(from), show(to)].Value,
            ({ } from, null) => texts["F.AtLeast", show(from)].Value,
            (null, { } to) => texts["F.AtMost", show(to)].Value,
            _ => "–",
        };

    public string Span(DateOnly? from, DateOnly? to) =>
        (from, to) switch
        {
            ({ } first, { } last) => texts["F.Between", Show.Day(first), Show.Day(last)].Value,
            ({ } first, null) => texts["F.Since", Show.Day(first)].Value,
            (null, { } last) => texts["F.Until", Show.Day(last)].Value,
            _ => "–",
        };
}
