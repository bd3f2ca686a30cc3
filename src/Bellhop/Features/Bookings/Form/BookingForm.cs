using System.Globalization;
using System.Security.Cryptography;
using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Bellhop.Features.Bookings;

/// <summary>
/// The hosted booking form of a property, <c>/book/{property}</c>: a plain page that the property's website links to or shows in a frame.
/// It uses no script, no cookie and no circuit. Against robots it has a token with a time, a hidden field, and a limit for each network.
/// </summary>
public static class BookingForm
{
    private const int MostBytes = 64 * 1024;

    private static readonly TimeSpan Quickest = TimeSpan.FromSeconds(3),
        Lives = TimeSpan.FromHours(4);

    public static void MapHostedForm(this RouteGroupBuilder app)
    {
        app.MapGet("/book/{property}", See)
            .WithHead()
            .WithName("SeeBookingForm")
            .WithSummary("A property's hosted booking form")
            .ExcludeFromDescription();
        app.MapGet("/book/{property}/logo", SeeLogo)
            .WithHead()
            .WithName("SeeBookingFormLogo")
            .WithSummary("The logo on a property's hosted booking form")
            .ExcludeFromDescription();
        app.MapPost("/book/{property}", Send)
            .WithName("SendBookingForm")
            .WithSummary("Takes a booking from the hosted form")
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .DisableAntiforgery()
            .ExcludeFromDescription();
    }

    private static async Task<IResult> See(
        string property,
        HttpContext http,
        BellhopDb db,
        IDataProtectionProvider protection,
        CancellationToken cancel
    )
    {
        if (await Find(property, http, db, cancel) is not { } place)
        {
            return NotThere();
        }

        // The website's link may fill in some fields.
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in (string[])["arrival", "departure", "room", "adults", "children"])
        {
            if (http.Request.Query[name] is [{ Length: <= 200 } text])
            {
                given[name] = text;
            }
        }

        return await Form(place, given, Token(protection, place, db.Now), null, null, 200, db, cancel);
    }

    private static async Task<IResult> SeeLogo(string property, HttpContext http, BellhopDb db, CancellationToken cancel) =>
        await Find(property, http, db, cancel) is { } place && await GetLogo.Of(place.OrganizationId, db, cancel) is { } logo
            ? logo
            : NotThere();

    private static async Task<IResult> Send(
        string property,
        HttpContext http,
        BellhopDb db,
        IDataProtectionProvider protection,
        Throttles throttles,
        IStringLocalizerFactory words,
        CancellationToken cancel
    )
    {
        if (http.Request.ContentLength > MostBytes)
        {
            throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
        }

        if (await Find(property, http, db, cancel) is not { } place)
        {
            return NotThere();
        }

        var given = await Given(http, cancel);
        if (throttles.FormBookingsOfNetwork.Take(Throttles.Network(http.Connection.RemoteIpAddress)) is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return await Form(place, given, given.GetValueOrDefault("token") ?? "", "TooMany", null, 429, db, cancel);
        }

        var token = given.GetValueOrDefault("token") ?? "";
        if (Read(protection, place, token) is not { } form || db.Now - form.At > Lives)
        {
            return await Form(place, given, Token(protection, place, db.Now), "Expired", null, 400, db, cancel);
        }

        if (!string.IsNullOrEmpty(given.GetValueOrDefault("website")))
        {
            return await Form(place, given, token, "LeftEmpty", null, 400, db, cancel);
        }

        if (db.Now - form.At < Quickest)
        {
            return await Form(place, given, token, "Quick", null, 400, db, cancel);
        }

        try
        {
            var input = new BookOnline.Input(
                form.Id,
                given.GetValueOrDefault("name"),
                given.GetValueOrDefault("email"),
                given.GetValueOrDefault("phone"),
                given.GetValueOrDefault("arrival"),
                given.GetValueOrDefault("departure"),
                given.GetValueOrDefault("room"),
                Whole("adults"),
                Whole("children"),
                given.GetValueOrDefault("price"),
                given.GetValueOrDefault("notes")
            );
            var who = new Actor(
                ActorKind.System,
                Guid.Empty,
                "Booking form",
                place.OrganizationId,
                new([Permission.BookingsManage]),
                [place.Id]
            )
            {
                From = Actor.Of(http).From,
            };
            var booking = await BookOnline.Run(place.Id, input, who, db, cancel);
            return new RazorComponentResult<BookedOnline>(
                new
                {
                    Place = place,
                    Booking = booking,
                    Look = await Look.Of(place.OrganizationId, db, cancel),
                }
            )
            {
                PreventStreamingRendering = true,
            };
        }
        catch (Refusal refusal) when (refusal.Status == 400)
        {
            var errors = refusal.Errors.ToDictionary(
                e => e.Key,
                e => string.Join(' ', e.Value.Select(f => Say(f))),
                StringComparer.Ordinal
            );
            foreach (var day in ((string[])["arrival", "departure"]).Where(d => string.IsNullOrWhiteSpace(given.GetValueOrDefault(d))))
            {
                errors[day] = Say(ErrorText.Of<PlatformTexts>("Error.Required"));
            }

            return await Form(place, given, token, "Wrong", errors, 400, db, cancel);
        }

        string Say(ErrorText error) => words.Create(error.Texts)[error.Key, error.Args].Value;

        // A text that is not a number becomes -1, which is outside every range. An empty field is null.
        int? Whole(string name) =>
            string.IsNullOrWhiteSpace(given.GetValueOrDefault(name)) ? null
            : int.TryParse(given[name], NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number
            : -1;
    }

    /// <summary>The fields of the form. Empty when the body is not a form, or one that no browser would send.</summary>
    private static async Task<Dictionary<string, string>> Given(HttpContext http, CancellationToken cancel)
    {
        try
        {
            return http.Request.HasFormContentType
                ? (await http.Request.ReadForm(cancel)).ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal)
                : [];
        }
        catch (Refusal)
        {
            return [];
        }
    }

    /// <summary>Finds the property in the address (null if there is none) and sets which pages may show the form in a frame.</summary>
    private static async Task<Property?> Find(string property, HttpContext http, BellhopDb db, CancellationToken cancel)
    {
        var place = Guid.TryParseExact(property, "D", out var id)
            ? await db.Properties.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancel)
            : null;
        http.Features.Set(new Framing(place?.EmbedOrigins ?? ""));
        return place;
    }

    private static async Task<RazorComponentResult> Form(
        Property place,
        Dictionary<string, string> given,
        string token,
        string? problem,
        Dictionary<string, string>? errors,
        int status,
        BellhopDb db,
        CancellationToken cancel
    ) =>
        new RazorComponentResult<BookingFormPage>(
            new
            {
                Place = place,
                Given = given,
                Token = token,
                Problem = problem,
                Errors = errors ?? [],
                Look = await Look.Of(place.OrganizationId, db, cancel),
                Today = db.Now.DayIn(place.Zone),
            }
        )
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };

    private static RazorComponentResult NotThere() =>
        new RazorComponentResult<NoBookingForm> { StatusCode = StatusCodes.Status404NotFound, PreventStreamingRendering = true };

    private static IDataProtector Protector(IDataProtectionProvider protection, Property place) =>
        protection.CreateProtector("Bellhop.BookingForm", place.Id.ToString("N"));

    private static string Token(IDataProtectionProvider protection, Property place, DateTime now) =>
        Protector(protection, place).Protect($"{Guid.CreateVersion7():N} {now.Ticks.ToString(CultureInfo.InvariantCulture)}");

    private static (Guid Id, DateTime At)? Read(IDataProtectionProvider protection, Property place, string token)
    {
        try
        {
            return token.Length is > 0 and < 1000 && Protector(protection, place).Unprotect(token).Split(' ') is [var id, var ticks]
                ? (Guid.ParseExact(id, "N"), new(long.Parse(ticks, CultureInfo.InvariantCulture), DateTimeKind.Utc))
                : null;
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
