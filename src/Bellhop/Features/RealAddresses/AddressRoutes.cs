using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Bellhop.Features.RealAddresses;

/// <summary>
/// The routes by which staff ask for real addresses, and the page behind a printed code: plain HTML, no circuit, no cookie.
/// </summary>
internal static class AddressRoutes
{
    public static void MapRealAddresses(this RouteGroupBuilder api)
    {
        api.MapGet("/relay-guests", ListRelayGuests.Run)
            .WithTags("Bookings")
            .WithQuery(ListRelayGuests.Query.Parameters)
            .WithName("ListRelayGuests")
            .WithSummary("Guests in house or arriving whose only address is a booking site's, the earliest arrival first");
        var bookings = api.MapGroup("/bookings").WithTags("Bookings");
        bookings
            .MapPost("/{id}/real-addresses", SaveAddress.Run)
            .WithName("SaveAddress")
            .Needs(Permission.BookingsManage)
            .Needs(Permission.ContactsEdit)
            .WithSummary("The guest's real address, given at the desk: proven by staff");
        bookings
            .MapPost("/{id}/address-asks", AskAddress.Run)
            .WithName("AskAddress")
            .Needs(Permission.BookingsManage)
            .Needs(Permission.ContactsEdit)
            .WithSummary("Asks the guest for the real address: a link to WhatsApp, or a code to print");
    }

    public static void MapAddressPage(this RouteGroupBuilder app)
    {
        app.MapGet("/address", Begin)
            .WithHead()
            .WithName("TypeAddressCode")
            .WithSummary("The page on which a guest types a printed code")
            .ExcludeFromDescription();
        app.MapGet("/address/{code}", See)
            .WithHead()
            .WithName("SeeAddressCode")
            .WithSummary("The page on which a guest gives the real address")
            .ExcludeFromDescription();
        app.MapPost("/address/{code}", Give)
            .WithName("GiveAddress")
            .WithSummary("A guest gives the real address, once for a code")
            .WithMetadata(new RequestSizeLimitAttribute(16 * 1024))
            .DisableAntiforgery()
            .ExcludeFromDescription();
    }

    private static IResult Begin(HttpContext http, Throttles throttles)
    {
        Take(http, throttles);
        return http.Request.Query["code"].ToString().Trim() is { Length: > 0 and <= 100 } code
            ? Results.Redirect("/address/" + Uri.EscapeDataString(code))
            : Page(http, new());
    }

    private static async Task<IResult> See(string code, HttpContext http, BellhopDb db, Throttles throttles, CancellationToken cancel)
    {
        Take(http, throttles);
        try
        {
            return Page(http, new(await SeeAddressCode.Run(code, db, cancel)));
        }
        catch (Refusal refusal) when (refusal.Status == 404)
        {
            return Page(http, new(IsGone: true));
        }
    }

    private static async Task<IResult> Give(string code, HttpContext http, BellhopDb db, Throttles throttles, CancellationToken cancel)
    {
        Take(http, throttles);
        try
        {
            var stay = await SeeAddressCode.Run(code, db, cancel);
            var given = (await http.Request.ReadForm(cancel))["email"].ToString();
            try
            {
                await GiveAddress.Run(code, given, Actor.Of(http).From, db, cancel);
                return Page(http, new(stay, IsDone: true));
            }
            catch (Refusal refusal) when (refusal.Status == 400)
            {
                return Page(http, new(stay, Refusal: refusal, Given: given));
            }
        }
        catch (Refusal refusal) when (refusal.Status == 404)
        {
            return Page(http, new(IsGone: true));
        }
    }

    private static RazorComponentResult<GiveAddressPage> Page(HttpContext http, GiveAddressPage.Shown shown)
    {
        http.Response.Headers.CacheControl = "no-store";
        return new(new { What = shown, Path = http.Request.Path.Value })
        {
            StatusCode = shown.IsGone ? StatusCodes.Status404NotFound : shown.Refusal?.Status ?? StatusCodes.Status200OK,
        };
    }

    /// <exception cref="Refusal">429 for too many requests from one network.</exception>
    private static void Take(HttpContext http, Throttles throttles)
    {
        if (throttles.CodesOfNetwork.Take(Throttles.Network(http.Connection.RemoteIpAddress)) is { } seconds)
        {
            throw Refusal.TooMany(seconds);
        }
    }
}
