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

        // In every language, numbers and dates follow the viewer's region.
        options.SupportedCultures =
        [
            .. CultureInfo.GetCultures(CultureTypes.SpecificCultures).Select(Gregorian),
            .. pseudos.Select(name => new CultureInfo(name)),
        ];
        options.ApplyCurrentCultureToResponseHeaders = false;
    }

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
            http.Response.Cookies.Append(
                CookieRequestCultureProvider.DefaultCookieName,
                CookieRequestCultureProvider.MakeCookieValue(chosen.RequestCulture),
                new()
                {
                    HttpOnly = true,
                    IsEssential = true,
                    SameSite = SameSiteMode.Lax,
                    Secure = http.Request.IsHttps,
                    MaxAge = TimeSpan.FromDays(365),
                }
            );
        }

        return next(http);
    }
}
