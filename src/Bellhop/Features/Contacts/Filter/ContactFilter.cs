using System.Globalization;
using System.Reflection;
using System.Text;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Features.Tags;
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
        var filter = new ContactFilter(
            read.Text("q", SearchMax),
            read.Names<Source>("source"),
            read.Ids("propertyId"),
            read.YesNo("active"),
            read.Whole("minBookings"),
            read.Whole("maxBookings"),
            read.Amount("minSpent"),
            read.Amount("maxSpent"),
            read.Day("createdFrom"),
            read.Day("createdTo"),
            read.Day("lastStayFrom"),
            read.Day("lastStayTo"),
            Tags: read.Texts("tag", Tag.NamedMax),
            MinRating: read.Whole("minRating", 1, 5),
            SegmentId: read.Id("segmentId")
        );
        read.InOrder("minBookings", filter.MinBookings, "maxBookings", filter.MaxBookings);
        read.InOrder("minSpent", filter.MinSpent, "maxSpent", filter.MaxSpent);
        read.InOrder("createdFrom", filter.CreatedFrom, "createdTo", filter.CreatedTo);
        read.InOrder("lastStayFrom", filter.LastStayFrom, "lastStayTo", filter.LastStayTo);
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
        return Read(query, errors) with
        {
            HasPhone = read.YesNo("hasPhone"),
            HasEmail = read.YesNo("hasEmail"),
            HasConsent = ConsentFilters.Read(read.One("hasConsent"), errors),
            AllTags = read.Texts("allTag", Tag.NamedMax),
            NoTags = read.Texts("noTag", Tag.NamedMax),
            CreatedWithinDays = read.Whole("createdWithinDays", 0, DaysMost),
            LastStayWithinDays = read.Whole("lastStayWithinDays", 0, DaysMost),
            LastStayBeforeDays = read.Whole("lastStayBeforeDays", 0, DaysMost),
        };
    }

    /// <summary>The same with days in place of numbers of days before <paramref name="today"/>.</summary>
    internal ContactFilter AsOf(DateOnly today)
    {
        return this with
        {
            CreatedFrom = Last(CreatedFrom, Ago(CreatedWithinDays)),
            LastStayFrom = Last(LastStayFrom, Ago(LastStayWithinDays)),
            LastStayTo = First(First(LastStayTo, LastStayWithinDays is null ? null : today), Ago(LastStayBeforeDays + 1)),
            CreatedWithinDays = null,
            LastStayWithinDays = null,
            LastStayBeforeDays = null,
        };

        DateOnly? Ago(int? days) => days is { } some ? today.AddDays(-some) : null;

        static DateOnly? Last(DateOnly? a, DateOnly? b) => a > b || b is null ? a : b;

        static DateOnly? First(DateOnly? a, DateOnly? b) => a < b || b is null ? a : b;
    }

    /// <summary>
    /// The filter as a query string without the question mark, in one spelling: what <see cref="ReadPage"/> reads back, and what cursors
    /// are bound to.
    /// </summary>
    public string ToQuery()
    {
        var text = new StringBuilder();
        Add("q", Q is null ? null : Uri.EscapeDataString(Q));
        foreach (var source in (Sources ?? []).Distinct().Order())
        {
            Add("source", source.ToString());
        }

        foreach (var property in (PropertyIds ?? []).Distinct().Order())
        {
            Add("propertyId", property.ToString("D"));
        }

        Add("active", YesNo(Active));
        Add("minBookings", MinBookings?.ToString(CultureInfo.InvariantCulture));
        Add("maxBookings", MaxBookings?.ToString(CultureInfo.InvariantCulture));
        Add("minSpent", MinSpent?.ToString("0.###", CultureInfo.InvariantCulture));
        Add("maxSpent", MaxSpent?.ToString("0.###", CultureInfo.InvariantCulture));
        Add("createdFrom", Day(CreatedFrom));
        Add("createdTo", Day(CreatedTo));
        Add("lastStayFrom", Day(LastStayFrom));
        Add("lastStayTo", Day(LastStayTo));
        Add("hasPhone", YesNo(HasPhone));
        Add("hasEmail", YesNo(HasEmail));
        Add("minRating", MinRating?.ToString(CultureInfo.InvariantCulture));
        AddAll("tag", Tags);
        AddAll("allTag", AllTags);
        AddAll("noTag", NoTags);
        Add("segmentId", SegmentId?.ToString("D"));
        Add("hasConsent", HasConsent?.ToQuery());
        Add("createdWithinDays", CreatedWithinDays?.ToString(CultureInfo.InvariantCulture));
        Add("lastStayWithinDays", LastStayWithinDays?.ToString(CultureInfo.InvariantCulture));
        Add("lastStayBeforeDays", LastStayBeforeDays?.ToString(CultureInfo.InvariantCulture));
        return text.ToString();

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                text.Append(text.Length == 0 ? "" : "&").Append(name).Append('=').Append(value);
            }
        }

        void AddAll(string name, IReadOnlyList<string>? values)
        {
            foreach (var value in (values ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                Add(name, Uri.EscapeDataString(value));
            }
        }

        static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        static string? YesNo(bool? value) =>
            value switch
            {
                true => "true",
                false => "false",
                null => null,
            };
    }

    /// <summary>Lets the summary's route take a filter as a plain parameter.</summary>
    public static ValueTask<ContactFilter?> BindAsync(HttpContext http, ParameterInfo _)
    {
        var errors = new ValidationErrors();
        return ValueTask.FromResult<ContactFilter?>(Read(http.Request.Query, errors) with { Wrong = errors });
    }

    /// <summary>The parameters the API takes.</summary>
    internal static IReadOnlyList<string> Names { get; } =
    [
        "q",
        "source",
        "propertyId",
        "active",
        "minBookings",
        "maxBookings",
        "minSpent",
        "maxSpent",
        "createdFrom",
        "createdTo",
        "lastStayFrom",
        "lastStayTo",
        "minRating",
        "tag",
        "segmentId",
    ];

    /// <summary>The same, with a star behind those that may stand several times.</summary>
    internal static string[] Parameters { get; } = [.. Names.Select(n => n is "source" or "propertyId" or "tag" ? n + "*" : n)];
}
