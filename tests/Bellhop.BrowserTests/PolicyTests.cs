using System.Reflection;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

/// <summary>What the browser refuses of our own pages.</summary>
public class PolicyTests(Browser browser)
{
    private const string Listen =
        "window.refused = []; addEventListener('securitypolicyviolation', e => refused.push(`${e.violatedDirective} "
        + "${e.blockedURI} at ${e.sourceFile}:${e.lineNumber}`), true);";

    /// <summary>Every page, by the template of its route, and how to come to it.</summary>
    private static readonly Dictionary<string, string[]> Pages = new(StringComparer.Ordinal)
    {
        ["/contacts"] =
        [
            "/contacts",
            "/contacts?panel=filters",
            "/contacts?panel=import",
            "/contacts?panel=export",
            "/contacts?panel=segment&source=Website",
            "/contacts?q=zzzzqqq",
        ],
        ["/contacts/{Profile:guid}"] = ["guest"],
        ["/contacts/{Id:guid}/merge"] = ["merge", "/contacts/" + NoId + "/merge"],
        ["/contacts/duplicates"] = ["/contacts/duplicates", "/contacts/duplicates?show=not-the-same", "/contacts/duplicates?show=merged"],
        ["/contacts/merges/{Id:guid}"] = ["/contacts/merges/" + NoId],
        ["/contacts/segments"] = ["/contacts/segments"],
        ["/contacts/imports"] = ["/contacts/imports"],
        ["/contacts/imports/{Id:guid}"] = ["/contacts/imports/" + NoId],
        ["/today"] = ["/today"],
        ["/bookings"] = ["/bookings", "/bookings?panel=filters", "/bookings?panel=new"],
        ["/bookings/{Id:guid}"] = ["booking", "/bookings/" + NoId],
        ["/bookings/{Id:guid}/address"] = ["/bookings/" + NoId + "/address", "/bookings/" + NoId + "/address?printed=true"],
        ["/inbox"] = ["/inbox", "/inbox?tab=closed", "/inbox?q=nothing+at+all"],
        ["/inbox/{Open:guid}"] = ["/inbox/" + NoId],
        ["/loyalty"] = ["/loyalty", "/loyalty?propertyId=" + NoId],
        ["/reviews"] = ["/reviews"],
        ["/reports"] = ["/reports"],
        ["/settings"] = ["/settings"],
        ["/settings/organization"] = ["/settings/organization"],
        ["/settings/approvals"] = ["/settings/approvals"],
        ["/settings/rates"] = ["/settings/rates"],
        ["/settings/properties"] = ["/settings/properties"],
        ["/settings/tags"] = ["/settings/tags"],
        ["/settings/replies"] = ["/settings/replies"],
        ["/settings/connections"] = ["/settings/connections"],
        ["/settings/team"] = ["/settings/team"],
        ["/settings/roles"] = ["/settings/roles"],
        ["/settings/keys"] = ["/settings/keys"],
        ["/settings/webhooks"] = ["/settings/webhooks"],
        ["/settings/account"] = ["/settings/account"],
        ["/settings/audit"] = ["/settings/audit", "/settings/audit?kind=booking&refused=false"],
        ["/api"] = ["/api"],
        ["/not-found"] = ["/nowhere"],
        ["/sign-in"] = ["/sign-in"],
        ["/sign-in/code"] = ["/sign-in/code"],
        ["/recover"] = ["/recover"],
        ["/recover/{Token}"] = ["/recover/over"],
        ["/confirm-email/{Token}"] = ["/confirm-email/over"],
        ["/setup"] = ["/setup"],
    };

    private const string NoId = "00000000-0000-0000-0000-000000000001";

    /// <summary>The addresses of every page, in every state that has one.</summary>
    /// <param name="booking">Whose own page, and whose guest's, are among them.</param>
    internal static IEnumerable<string> Addresses(BookingRow booking) =>
        Pages
            .Values.SelectMany(p => p)
            .Select(p =>
                p switch
                {
                    "guest" => "/contacts/" + booking.ContactId,
                    "booking" => "/bookings/" + booking.Id,
                    "merge" => $"/contacts/{booking.ContactId}/merge",
                    _ => p,
                }
            );

    [Fact]
    public void No_page_is_forgotten() =>
        typeof(BellhopDb)
            .Assembly.GetTypes()
            .SelectMany(t => t.GetCustomAttributes<RouteAttribute>())
            .Select(r => r.Template)
            .ShouldBe(Pages.Keys, ignoreOrder: true);

    [Fact]
    public Task The_browser_refuses_nothing_on_any_page() =>
        browser.Visit(
            "sqlite",
            "owner",
            "/contacts",
            async page =>
            {
                await page.AddInitScriptAsync(Listen);
                var booking = await (await browser.Hotel("sqlite")).Booking("Seen By The Browser", "+351 962 348 351", status: "Completed");
                foreach (var path in Addresses(booking))
                {
                    await page.GotoAsync(path);
                    await page.Live();
                    await page.Keyboard.PressAsync("Control+K");
                    await page.WaitForTimeoutAsync(250);
                    (await page.EvaluateAsync<string[]>("() => window.refused")).ShouldBeEmpty(path);
                }
            }
        );

    [Fact]
    public Task The_api_is_tried_from_its_page() =>
        browser.Visit(
            "sqlite",
            "owner",
            "/api",
            async page =>
            {
                await page.Accessible("the API's page");
                await page.Locator("#ListContacts > summary").ClickAsync();
                var form = page.Locator("#ListContacts form");
                await form.Locator("[name=limit]").FillAsync("2");
                await form.Locator("[name=source]").FillAsync("Website\nBookingCom");
                await form.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
                await Expect(form.Locator(".answer .good")).ToContainTextAsync("200");
                await Expect(form.Locator(".answer pre")).ToContainTextAsync("\"nextCursor\"");
                await page.Accessible("an operation that was tried");
                await page.Picture("api");

                await page.Locator("#AddContact > summary").ClickAsync();
                var adding = page.Locator("#AddContact form");
                await adding.Locator("[data-in=body]").FillAsync("""{"phone": "12"}""");
                await adding.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
                await Expect(adding.Locator(".answer .bad")).ToContainTextAsync("400");

                // A key speaks for itself, not for whoever looks at the page.
                await page.Locator("#key").FillAsync("bh_nobody");
                await form.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
                await Expect(form.Locator(".answer .bad")).ToContainTextAsync("401");
            }
        );

    [Fact]
    public Task The_api_s_page_fits_a_telephone() =>
        browser.Visit(
            "sqlite",
            null,
            "/api",
            async page =>
            {
                await page.Locator("#ListContacts > summary").ClickAsync();
                await page.Locator("#ReceiveBooking > summary").ClickAsync();
                (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0);
                await page.Accessible("the API's page at 375 px");
                await page.Picture("api-375");
            },
            new()
            {
                ViewportSize = new() { Width = 375, Height = 740 },
            }
        );
}
