using Bellhop.Features.Properties;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Bellhop.Ui;
using Microsoft.Extensions.Localization;

namespace Bellhop.Features.Contacts;

/// <summary>A filter's conditions in words.</summary>
/// <param name="texts">Of the contacts page.</param>
/// <param name="words">Of every page.</param>
/// <param name="currency">The organisation's, in which amounts are given.</param>
/// <param name="places">The properties the viewer sees.</param>
/// <param name="segment">What the filter's segment is called.</param>
internal sealed class FilterWords(
    IStringLocalizer<ContactsPageTexts> texts,
    IStringLocalizer<UiTexts> words,
    string currency,
    IReadOnlyList<SeeOrganization.Place> places,
    string? segment = null
)
{
    /// <summary>What one of <see cref="FilterParts.Parts"/> asks about, and what it asks.</summary>
    public (string Name, string Value) Of(ContactFilter part) =>
        part switch
        {
            { Q: { } q } => Say("F.Search", q),
            { Sources: { } sources } => Say("F.Source", List(sources.Select(s => words["Source." + s].Value))),
            { PropertyIds: { } ids } => Say(
                "F.Property",
                List(places.Where(p => ids.Contains(p.Id)).Select(p => p.Name)) is { Length: > 0 } names
                    ? names
                    : texts["F.Property.Unseen"].Value
            ),
            { Tags: { } any } => Say("F.Tags", Tags(any)),
            { AllTags: { } every } => Say("F.Tags.All", Tags(every)),
            { NoTags: { } none } => Say("F.Tags.Without", Tags(none)),
            { SegmentId: not null } => Say("F.Segment", segment ?? "–"),
            { Active: { } active } => Say("F.Active", texts[active ? "F.Active.Yes.Chip" : "F.Active.No.Chip"]),
            { MinRating: { } stars } => Say("F.Rating", stars >= 5 ? texts["F.Rating.Five"] : texts["F.Rating.AtLeast", stars]),
            { CreatedWithinDays: { } days } => Say("F.Created", Days("F.Within", days)),
            { LastStayWithinDays: { } days } => Say("F.Stay", Days("F.Within", days)),
            { LastStayBeforeDays: { } days } => Say("F.Stay", Days("F.Before", days)),
            { HasPhone: { } has } => Say("F.Phone", texts[has ? "F.Has.Chip" : "F.HasNot.Chip"]),
            { HasEmail: { } has } => Say("F.Email", texts[has ? "F.Has.Chip" : "F.HasNot.Chip"]),
            { HasConsent: { } asked } => Say("F.Consent", texts[$"F.Consent.{asked}.Chip"]),
            _ when Range(part.MinBookings, part.MaxBookings, n => Show.Number(n)) is { } bookings => Say("F.Bookings", bookings),
            _ when Range(part.MinSpent, part.MaxSpent, Amount) is { } spent => Say("F.Spent", spent),
            _ when Span(part.CreatedFrom, part.CreatedTo) is { } joined => Say("F.Created", joined),
            _ => Say("F.Stay", Span(part.LastStayFrom, part.LastStayTo) ?? "–"),
        };

    private (string, string) Say(string name, string value) => (texts[name].Value, value);

    private string Tags(IEnumerable<string> names) =>
        List(names.Select(n => Tag.NameOfGone(n) is { } gone ? texts["F.Tags.Gone", gone].Value : n));

    private static string List(IEnumerable<string> values) => string.Join(", ", values);

    private string Days(string text, int days) => days == 1 ? texts[text + ".One"].Value : texts[text, Show.Number(days)].Value;

    private string Amount(decimal amount) => Show.Money(new Money((long)(amount * Currency.Factor(currency)), currency));

    private string? Range<T>(T? least, T? most, Func<T, string> show)
        where T : struct =>
        (least, most) switch
        {
            ({ } from, { } to) => texts["F.Between", show(from), show(to)].Value,
            ({ } from, null) => texts["F.AtLeast", show(from)].Value,
            (null, { } to) => texts["F.AtMost", show(to)].Value,
            _ => null,
        };

    private string? Span(DateOnly? from, DateOnly? to) =>
        (from, to) switch
        {
            ({ } first, { } last) => texts["F.Between", Show.Day(first), Show.Day(last)].Value,
            ({ } first, null) => texts["F.Since", Show.Day(first)].Value,
            (null, { } last) => texts["F.Until", Show.Day(last)].Value,
            _ => null,
        };
}
