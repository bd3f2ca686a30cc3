using System.Reflection;
using System.Text;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>
/// Which contacts: the one filter behind the list, the cards, the API and whatever else counts or takes contacts. Everything given must
/// hold.
/// </summary>
/// <param name="Q">Looked for, folded, in name, e-mail and phone.</param>
/// <param name="Sources">Any of.</param>
/// <param name="PropertyIds">Known to any of; figures, times and source are then of these alone.</param>
/// <param name="Active">Has, or has not, a counted booking that departs today or later.</param>
/// <param name="MinBookings">Counted bookings, at least.</param>
/// <param name="MaxBookings">Counted bookings, at most.</param>
/// <param name="MinSpent">Main units of the organisation's currency, at least.</param>
/// <param name="MaxSpent">Main units of the organisation's currency, at most.</param>
/// <param name="CreatedFrom">First touched on or after this day of the organisation's zone.</param>
/// <param name="CreatedTo">First touched on or before this day of the organisation's zone.</param>
/// <param name="LastStayFrom">The last booking arrives on or after.</param>
/// <param name="LastStayTo">The last booking arrives on or before.</param>
/// <param name="HasPhone">Of the page only.</param>
/// <param name="HasEmail">Of the page only.</param>
/// <param name="Tags">Names: has any of.</param>
/// <param name="AllTags">Names: has all of. Of the page only.</param>
/// <param name="NoTags">Names: has none of. Of the page only.</param>
/// <param name="MinRating">Stars of the latest review, at least: 1 to 5.</param>
/// <param name="SegmentId">Belongs to this saved filter too.</param>
/// <param name="HasConsent">What is known of consent to marketing. Of the page and of segments only.</param>
/// <param name="CreatedWithinDays">First touched at most so many days before today, in the organisation's zone. Of segments only.</param>
/// <param name="LastStayWithinDays">The last booking arrived today or at most so many days before. Of segments only.</param>
/// <param name="LastStayBeforeDays">The last booking arrived more than so many days before today. Of segments only.</param>
public sealed record ContactFilter(
    string? Q = null,
    IReadOnlyList<Source>? Sources = null,
    IReadOnlyList<Guid>? PropertyIds = null,
    bool? Active = null,
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
    /// <summary>The longest search text taken.</summary>
    public const int SearchMax = 200;

    /// <summary>No relative day lies further back.</summary>
    public const int DaysMost = 36_500;

    /// <summary>Everyone.</summary>
    public static readonly ContactFilter None = new();

    /// <summary>What was wrong with the request this was read from: refused by the use case, after its permission.</summary>
    internal ValidationErrors? Wrong { get; init; }

    /// <summary>
    /// A segment's conditions that are not saved yet, in place of <see cref="SegmentId"/>: for counting, not for pages with cursors.
    /// </summary>
    internal SegmentRule? Rules { get; init; }

    /// <summary>Whether it leaves anyone out, other than by property.</summary>
    public bool Narrows => this with { PropertyIds = null, Wrong = null } != None;

    /// <summary>
    /// Reads the filter's parameters of a request; what is wrong is added to <paramref name="errors"/>. Other parameters are the caller's.
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

    /// <summary>Reads the filter of the page's address: what cannot be read is left out, since people edit addresses.</summary>
    public static ContactFilter ReadPage(IQueryCollection query) => ReadWhole(query, new ValidationErrors());

    /// <summary>
    /// Reads every parameter there is, those of the page and of segments too; what is wrong is added to <paramref name="errors"/>.
    /// </summary>
    internal static ContactFilter ReadWhole(IQueryCollection query, ValidationErrors errors)
    {
        var read = new QueryReading(query, errors);
        return FilterConditions.Parameters.Where(p => !p.OfApi).Aggregate(Read(query, errors), (all, p) => p.Read(all, read));
    }

    /// <summary>The same with days in place of numbers of days before <paramref name="today"/>.</summary>
    internal ContactFilter AsOf(DateOnly today) =>
        FilterConditions.All.Aggregate(this, (all, c) => c.AsOf is not null && c.IsAsked(all) ? c.AsOf(all, today) : all);

    /// <summary>
    /// The filter as a query string without the question mark, in one spelling: what <see cref="ReadPage"/> reads back, and what cursors
    /// are bound to.
    /// </summary>
    public string ToQuery()
    {
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

    /// <summary>Lets the summary's route take a filter as a plain parameter.</summary>
    public static ValueTask<ContactFilter?> BindAsync(HttpContext http, ParameterInfo _)
    {
        var errors = new ValidationErrors();
        return ValueTask.FromResult<ContactFilter?>(Read(http.Request.Query, errors) with { Wrong = errors });
    }
}

/// <summary>What a filter may ask.</summary>
internal static class FilterConditions
{
    /// <summary>In the order in which a page shows them.</summary>
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
        BookingsField.Condition,
        SpentField.Condition,
        RatingField.Condition,
        CreatedField.Condition,
        CreatedField.Within,
        LastBookingField.Condition,
        LastBookingField.Within,
        LastBookingField.Before,
        PhoneField.Condition,
        EmailField.Condition,
        ConsentField.Condition,
    ];

    /// <summary>Their parameters, in the order of addresses.</summary>
    public static IReadOnlyList<Parameter> Parameters { get; } = [.. All.SelectMany(c => c.Parameters).OrderBy(p => p.Place)];

    /// <summary>Those that the API's list takes.</summary>
    public static IReadOnlyList<string> OfApi { get; } = [.. Parameters.Where(p => p.OfApi).Select(p => p.Name)];

    /// <summary>The same as routes describe them: with a star behind those that may stand several times.</summary>
    public static string[] OfApiDescribed { get; } = [.. Parameters.Where(p => p.OfApi).Select(Described)];

    /// <summary>What pages' addresses ask beside these.</summary>
    public static string[] OfPagesDescribed { get; } = [.. Parameters.Where(p => !p.OfApi).Select(Described)];

    private static string Described(Parameter parameter) => parameter.Repeats ? parameter.Name + "*" : parameter.Name;
}
