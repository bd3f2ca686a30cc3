using System.Reflection;
using System.Text;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Features.Flags;
using Bellhop.Features.Loyalty;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>
/// A filter of contacts. The list, the cards, the API and all else that counts or takes contacts use it. A contact must meet every given
/// condition.
/// </summary>
/// <param name="Q">The search text, found folded in name, e-mail and phone.</param>
/// <param name="Sources">The source is any of these.</param>
/// <param name="PropertyIds">The contact is known at any of these. Figures, times and source then cover only these.</param>
/// <param name="Active">Whether the contact is in house, or has a confirmed booking that departs today or later.</param>
/// <param name="InHouse">Whether the contact is in house. Only the page and segments have it.</param>
/// <param name="MinBookings">The least number of counted bookings.</param>
/// <param name="MaxBookings">The greatest number of counted bookings.</param>
/// <param name="MinSpent">The least amount spent, in main units of the organisation's currency.</param>
/// <param name="MaxSpent">The greatest amount spent, in main units of the organisation's currency.</param>
/// <param name="CreatedFrom">The first touch is on or after this day of the organisation's zone.</param>
/// <param name="CreatedTo">The first touch is on or before this day of the organisation's zone.</param>
/// <param name="LastStayFrom">The last booking arrives on or after this day.</param>
/// <param name="LastStayTo">The last booking arrives on or before this day.</param>
/// <param name="HasPhone">Whether the contact has a phone. Only the page has it.</param>
/// <param name="HasEmail">Whether the contact has an e-mail. Only the page has it.</param>
/// <param name="Tags">Names of tags: the contact has any of them.</param>
/// <param name="AllTags">Names of tags: the contact has all of them. Only the page has it.</param>
/// <param name="NoTags">Names of tags: the contact has none of them. Only the page has it.</param>
/// <param name="MinRating">The least number of stars of the latest review, 1 to 5.</param>
/// <param name="SegmentId">The contact must match this saved segment too.</param>
/// <param name="HasConsent">The consent to marketing. Only the page and segments have it.</param>
/// <param name="CreatedWithinDays">The first touch is at most this many days before today, in the organisation's zone. Only segments have
/// it.</param>
/// <param name="LastStayWithinDays">The last booking arrived today or at most this many days before. Only segments have it.</param>
/// <param name="LastStayBeforeDays">The last booking arrived more than this many days before today. Only segments have it.</param>
public sealed record ContactFilter(
    string? Q = null,
    IReadOnlyList<Source>? Sources = null,
    IReadOnlyList<Guid>? PropertyIds = null,
    bool? Active = null,
    bool? InHouse = null,
    int? MinBookings = null,
    int? MaxBookings = null,
    decimal? MinSpent = null,
    decimal? MaxSpent = null,
    DateOnly? CreatedFrom = null,
    DateOnly? CreatedTo = null,
    DateOnly? LastStayFrom = null,
    DateOnly? LastStayTo = null,
    bool? HasPhone = null,
    bool? HasEmail = null,
    IReadOnlyList<string>? Tags = null,
    IReadOnlyList<string>? AllTags = null,
    IReadOnlyList<string>? NoTags = null,
    int? MinRating = null,
    Guid? SegmentId = null,
    ConsentFilter? HasConsent = null,
    int? CreatedWithinDays = null,
    int? LastStayWithinDays = null,
    int? LastStayBeforeDays = null
)
{
    /// <summary>The greatest length of a search text.</summary>
    public const int SearchMax = 200;

    /// <summary>The greatest number of days before today.</summary>
    public const int DaysMost = 36_500;

    /// <summary>The filter that matches every contact.</summary>
    public static readonly ContactFilter None = new();

    /// <summary>The guest's country is any of these, ISO 3166-1 alpha-2.</summary>
    public IReadOnlyList<string>? Countries { get; init; }

    /// <summary>The guest's language is any of these, ISO 639-1.</summary>
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>A counted booking stays on this day or later. With <see cref="StayedTo"/>, one booking meets both.</summary>
    public DateOnly? StayedFrom { get; init; }

    /// <summary>A counted booking stays on this day or earlier.</summary>
    public DateOnly? StayedTo { get; init; }

    /// <summary>The guest has a flag of any of these kinds.</summary>
    public IReadOnlyList<GuestFlagKind>? Flags { get; init; }

    /// <summary>The tier in a loyalty programme, as the list shows it, is any of these.</summary>
    public IReadOnlyList<LoyaltyTier>? Tiers { get; init; }

    /// <summary>
    /// Whether the contact is in house or arriving and has no address but one of a booking site. Only the page and segments have it.
    /// </summary>
    public bool? RelayOnly { get; init; }

    /// <summary>The errors of the request. The use case refuses them after it has checked the permission.</summary>
    internal ValidationErrors? Wrong { get; init; }

    /// <summary>
    /// A segment's conditions that are not saved yet, used instead of <see cref="SegmentId"/>. They are for counting only, not for pages
    /// with cursors.
    /// </summary>
    internal SegmentRule? Rules { get; init; }

    /// <summary>Whether it has any condition other than properties.</summary>
    public bool Narrows => this with { PropertyIds = null, Wrong = null } != None;

    /// <summary>
    /// Reads the filter's parameters from a request. Adds invalid values to <paramref name="errors"/>; ignores other parameters.
    /// </summary>
    public static ContactFilter Read(IQueryCollection query, ValidationErrors errors)
    {
        var read = new QueryReading(query, errors);
        var filter = FilterConditions.Parameters.Where(p => p.OfApi).Aggregate(None, (all, p) => p.Read(all, read));
        foreach (var condition in FilterConditions.All)
        {
            condition.Range?.Check(filter, read);
        }

        return filter;
    }

    /// <summary>Reads the filter from the page's address. Invalid values are ignored, because people edit addresses.</summary>
    public static ContactFilter ReadPage(IQueryCollection query) => query.Count == 0 ? None : ReadWhole(query, new ValidationErrors());

    /// <summary>
    /// Reads every parameter, including those of the page and of segments. Adds invalid values to <paramref name="errors"/>.
    /// </summary>
    internal static ContactFilter ReadWhole(IQueryCollection query, ValidationErrors errors)
    {
        var read = new QueryReading(query, errors);
        return FilterConditions.Parameters.Where(p => !p.OfApi).Aggregate(Read(query, errors), (all, p) => p.Read(all, read));
    }

    /// <summary>The filter with days instead of numbers of days before <paramref name="today"/>.</summary>
    internal ContactFilter AsOf(DateOnly today) =>
        FilterConditions.All.Aggregate(this, (all, c) => c.AsOf is not null && c.IsAsked(all) ? c.AsOf(all, today) : all);

    /// <summary>
    /// The filter as a query string without the question mark, always in the same spelling. <see cref="ReadPage"/> reads it, and cursors
    /// are bound to it.
    /// </summary>
    public string ToQuery()
    {
        if (this == None)
        {
            return ""; // a page writes dozens of addresses, most of them of all guests
        }

        var text = new StringBuilder();
        foreach (var parameter in FilterConditions.Parameters)
        {
            foreach (var value in parameter.Write(this))
            {
                text.Append(text.Length == 0 ? "" : "&").Append(parameter.Name).Append('=').Append(Uri.EscapeDataString(value));
            }
        }

        return text.ToString();
    }

    /// <summary>Lets the summary's route have a filter as a plain parameter.</summary>
    public static ValueTask<ContactFilter?> BindAsync(HttpContext http, ParameterInfo _)
    {
        var errors = new ValidationErrors();
        return ValueTask.FromResult<ContactFilter?>(Read(http.Request.Query, errors) with { Wrong = errors });
    }
}

/// <summary>All conditions of a filter.</summary>
internal static class FilterConditions
{
    /// <summary>The conditions, in the order in which a page shows them.</summary>
    public static IReadOnlyList<Condition> All { get; } =
    [
        SearchField.Condition,
        SourceField.Condition,
        PropertyField.Condition,
        TagsField.Any,
        TagsField.All,
        TagsField.None,
        SearchField.Segment,
        ActiveField.Condition,
        InHouseField.Condition,
        BookingsField.Condition,
        SpentField.Condition,
        RatingField.Condition,
        CreatedField.Condition,
        CreatedField.Within,
        LastBookingField.Condition,
        LastBookingField.Within,
        LastBookingField.Before,
        StayedField.Condition,
        PhoneField.Condition,
        EmailField.Condition,
        RelayField.Condition,
        ConsentField.Condition,
        CountryField.Condition,
        LanguageField.Condition,
        FlagsField.Condition,
        LoyaltyField.Condition,
    ];

    /// <summary>The parameters of the conditions, in the order of addresses.</summary>
    public static IReadOnlyList<Parameter> Parameters { get; } = [.. All.SelectMany(c => c.Parameters).OrderBy(p => p.Place)];

    /// <summary>The names of the parameters that the API's list takes.</summary>
    public static IReadOnlyList<string> OfApi { get; } = [.. Parameters.Where(p => p.OfApi).Select(p => p.Name)];

    /// <summary>The same names as routes describe them, with a star after those that may be given several times.</summary>
    public static string[] OfApiDescribed { get; } = [.. Parameters.Where(p => p.OfApi).Select(Described)];

    /// <summary>The names of the parameters that only pages' addresses have, described in the same way.</summary>
    public static string[] OfPagesDescribed { get; } = [.. Parameters.Where(p => !p.OfApi).Select(Described)];

    private static string Described(Parameter parameter) => parameter.Repeats ? parameter.Name + "*" : parameter.Name;
}
