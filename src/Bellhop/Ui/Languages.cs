using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace Bellhop.Ui;

/// <summary>
/// The viewer's language and ways of writing numbers and dates: by <c>?culture=</c>, then a cookie, then what the browser asks for.
/// </summary>
public static class Languages
{
    /// <summary>English with accents in brackets: shows every text that does not come from the resources.</summary>
    public const string Pseudo = "qps-Ploc";

    /// <summary>The same, written from right to left.</summary>
    public const string PseudoRightToLeft = "qps-plocm";

    /// <summary>Languages that have texts. The pseudo-languages are added where <c>Languages:Pseudo</c> is true.</summary>
    private static readonly string[] Translated = ["en"];

    /// <summary>
    /// What a person may choose: a language that has texts, and the region whose ways of writing numbers and dates go with it.
    /// </summary>
    public static IReadOnlyList<string> Offered { get; } =
    ["en-GB", "en-US", "en-AU", "en-CA", "en-IE", "en-IN", "en-NZ", "en-ZA", "en-DE", "en-CH"];

    /// <summary>What a language is called by those who speak it.</summary>
    public static string NameOf(string language) => CultureInfo.GetCultureInfo(language).NativeName;

    public static bool IsPseudo => CultureInfo.CurrentUICulture.Name.StartsWith("qps-", StringComparison.OrdinalIgnoreCase);

    /// <summary>The page's direction follows the language of its texts, not the way numbers are written.</summary>
    public static bool IsRightToLeft =>
        CultureInfo.CurrentUICulture.Name.Equals(PseudoRightToLeft, StringComparison.OrdinalIgnoreCase)
        || CultureInfo.CurrentUICulture.TextInfo.IsRightToLeft;

    public static string Direction => IsRightToLeft ? "rtl" : "ltr";

    /// <summary>For <c>lang</c>.</summary>
    public static string Tag => IsPseudo ? "en" : CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    public static void Configure(RequestLocalizationOptions options, bool pseudo)
    {
        string[] pseudos = pseudo ? [Pseudo, PseudoRightToLeft] : [];
        options.SetDefaultCulture("en-GB");
        options.DefaultRequestCulture = new("en-GB", "en");
        options.AddSupportedUICultures([.. Translated, .. pseudos]);

        // Every region is taken here; Agree then writes it in the language of the texts, with Gregorian days.
        options.SupportedCultures =
        [
            .. CultureInfo.GetCultures(CultureTypes.SpecificCultures),
            .. pseudos.Select(name => new CultureInfo(name)),
        ];
        options.ApplyCurrentCultureToResponseHeaders = false;
    }

    /// <summary>
    /// Numbers and dates follow the viewer's region, in the language of the texts: a German browser gets the English words of a page with
    /// <c>31 Oct</c>, not with <c>31. Okt.</c>
    /// </summary>
    public static Task Agree(HttpContext http, RequestDelegate next)
    {
        CultureInfo.CurrentCulture = Of(CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        return next(http);
    }

    /// <summary>The ways of writing of a culture's region, in the language of the texts, with Gregorian days.</summary>
    internal static CultureInfo Of(CultureInfo region, CultureInfo texts)
    {
        var (language, place) = (texts.TwoLetterISOLanguageName, region.Name.Split('-')[^1]);
        var agree =
            region.TwoLetterISOLanguageName == language
            || texts.Name.StartsWith("qps-", StringComparison.OrdinalIgnoreCase)
            || place.Length != 2;
        return Written.GetOrAdd(
            agree ? region.Name : $"{language}-{place}",
            static (name, kept) =>
                Gregorian(
                    kept ?? new(Array.Exists(CultureInfo.GetCultures(CultureTypes.SpecificCultures), c => c.Name == name) ? name : "en-GB")
                ),
            agree ? region : null
        );
    }

    private static readonly ConcurrentDictionary<string, CultureInfo> Written = new(StringComparer.Ordinal);

    // A hostel's days are those of its bookings, passports and guests: Gregorian in every region.
    private static CultureInfo Gregorian(CultureInfo region)
    {
        if (region.Calendar is GregorianCalendar { CalendarType: GregorianCalendarTypes.Localized })
        {
            return region;
        }

        var written = (CultureInfo)region.Clone();
        var format = written.OptionalCalendars.OfType<GregorianCalendar>().FirstOrDefault();
        if (format is not null)
        {
            written.DateTimeFormat.Calendar = format;
        }
        else
        {
            written.DateTimeFormat = (DateTimeFormatInfo)CultureInfo.GetCultureInfo("en-GB").DateTimeFormat.Clone();
        }

        return written;
    }

    /// <summary>Keeps a person's language in the browser; null forgets it, and the browser's own counts again.</summary>
    internal static void Keep(HttpContext http, string? language)
    {
        if (language is null)
        {
            http.Response.Cookies.Delete(CookieRequestCultureProvider.DefaultCookieName);
        }
        else
        {
            Write(http, new(language, language.Split('-')[0]));
        }
    }

    private static void Write(HttpContext http, RequestCulture culture) =>
        http.Response.Cookies.Append(
            CookieRequestCultureProvider.DefaultCookieName,
            CookieRequestCultureProvider.MakeCookieValue(culture),
            new()
            {
                HttpOnly = true,
                IsEssential = true,
                SameSite = SameSiteMode.Lax,
                Secure = http.Request.IsHttps,
                MaxAge = TimeSpan.FromDays(365),
            }
        );

    /// <summary>Keeps a language that the address names, because the circuit's own connection does not have the address.</summary>
    public static Task Remember(HttpContext http, RequestDelegate next)
    {
        if (
            http.Request.Query.ContainsKey("culture")
            && !http.Request.Path.StartsWithSegments("/book", StringComparison.OrdinalIgnoreCase)
            && HttpMethods.IsGet(http.Request.Method)
            && http.Features.Get<IRequestCultureFeature>() is { Provider: QueryStringRequestCultureProvider } chosen
        )
        {
            Write(http, chosen.RequestCulture);
        }

        return next(http);
    }
}
