using System.Net;
using System.Text.RegularExpressions;
using Bellhop.Features.Bookings;
using Bellhop.Features.Team;
using Bellhop.Platform;

namespace Bellhop.Tests.Ui;

public partial class PagesTests
{
    // Numbers, dates and money as Japan writes them have no Latin letters: whatever has some is a text, and comes dressed.
    private const string Dressed = "culture=ja-JP&ui-culture=qps-Ploc";

    [Fact]
    public async Task Every_script_carries_the_nonce_of_the_answer()
    {
        await using var app = await TestApp.Start("sqlite");

        var answer = await app.Anonymous().GetAsync("/sign-in");

        var nonce = Regex.Match(answer.Headers.GetValues("Content-Security-Policy").Single(), "'nonce-([^']+)'").Groups[1].Value;
        var html = await answer.Content.ReadAsStringAsync();
        var scripts = Regex.Matches(html, "<script[^>]*>");
        scripts.ShouldNotBeEmpty();
        scripts.ShouldAllBe(s => WebUtility.HtmlDecode(s.Value).Contains($"nonce=\"{nonce}\""));
    }

    [Fact]
    public async Task Who_is_not_signed_in_signs_in_and_comes_back()
    {
        await using var app = await TestApp.Start("sqlite");

        var answer = await app.Anonymous().GetAsync("/contacts?q=ana&sort=name");

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldEndWith("/sign-in?return=%2Fcontacts%3Fq%3Dana%26sort%3Dname");
    }

    [Fact]
    public async Task An_unknown_address_is_not_found_in_words()
    {
        await using var app = await TestApp.Start("sqlite");

        var answer = await app.Anonymous().GetAsync("/nowhere");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("There is nothing under this address.");
    }

    [Fact]
    public async Task A_booking_that_is_not_theirs_is_not_found_in_words_and_leaves_one_audit_row()
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();
        var browser = await app.SignedIn(house.OrganizationId, Roles.Owner);

        var answer = await browser.GetAsync($"/bookings/{Guid.CreateVersion7()}");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("There is nothing under this address.");
        (await app.Events("access.refused")).ShouldBe(1);
    }

    [Fact]
    public async Task Every_text_of_every_page_comes_from_the_resources()
    {
        await using var app = await TestApp.StartNew("sqlite", settings: ("Languages:Pseudo", "true"));
        var open = await app.Anonymous().GetStringAsync($"/setup?{Dressed}");
        var house = await app.MakeHouse();
        var lodging = await app.MakeProperty(house.OrganizationId, "旅館", "Asia/Tokyo", "JP");
        await using var db = app.Open();
        var booking = await ReceiveBooking.Run(
            new(
                lodging,
                "Website",
                "Completed",
                "2026-01-02",
                "2026-01-04",
                new(120, "EUR"),
                new("田中 さくら", "+81 90 1234 5678"),
                Notes: "静か",
                Adults: 2
            ),
            Actor.System(house.OrganizationId),
            db,
            default
        );
        var browser = await app.SignedIn(house.OrganizationId, Roles.Owner);

        Undressed(open, "旅館").Where(t => !IsChoice(t)).ShouldBeEmpty();
        foreach (var path in new[] { "/sign-in", "/setup", "/nowhere" })
        {
            Undressed(await (await app.Anonymous().GetAsync($"{path}?{Dressed}")).Content.ReadAsStringAsync()).ShouldBeEmpty(path);
        }

        foreach (
            var path in new[]
            {
                "/contacts",
                "/contacts?q=%E7%94%B0&source=Website&active=false&minBookings=1&createdFrom=2020-01-01&hasPhone=true",
                "/contacts?q=%E7%84%A1",
                $"/bookings/{booking.Value.Id}",
            }
        )
        {
            Undressed(await browser.GetStringAsync(path + (path.Contains('?') ? "&" : "?") + Dressed), "Lisbon", "Berlin", "U", "Bellhop")
                .ShouldBeEmpty(path); // names of places and of who did what
        }
    }

    // Names of countries, currencies and zones are the machine's, codes are the world's.
    private static bool IsChoice(string text) => text.StartsWith("<option", StringComparison.Ordinal);

    /// <summary>Every text and every spoken attribute with Latin letters that is not between the brackets of the pseudo-language.</summary>
    private static List<string> Undressed(string html, params string[] names)
    {
        html = Unspoken().Replace(html, "");
        var texts = Option().Matches(html).Select(m => m.Value).Where(o => !o.Contains('[') && !o.Contains("dir=\"auto\"")).ToList(); // a name says so
        html = Option().Replace(html, "");
        texts.AddRange(Between().Matches(html).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)));
        texts.AddRange(Spoken().Matches(html).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)));
        return
        [
            .. texts.Where(t =>
                Letters().IsMatch(names.Aggregate(OutsideBrackets(t), (left, name) => left.Replace(name, "")))
                && !t.Contains("@example.org")
            ),
        ];
    }

    /// <summary>A text may be dressed within a dressed one.</summary>
    private static string OutsideBrackets(string text) =>
        InBrackets().Replace(text, "") is var left && left != text ? OutsideBrackets(left) : text;

    [GeneratedRegex("<(script|style)[^>]*>.*?</\\1>|<!--.*?-->|<!DOCTYPE[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Unspoken();

    [GeneratedRegex("<option[^>]*>.*?</option>", RegexOptions.Singleline)]
    private static partial Regex Option();

    [GeneratedRegex(">([^<>]*[A-Za-z][^<>]*)<")]
    private static partial Regex Between();

    [GeneratedRegex("(?:aria-label|title|placeholder|alt)=\"([^\"]*[A-Za-z][^\"]*)\"")]
    private static partial Regex Spoken();

    [GeneratedRegex(@"\[[^\[\]]*\]")]
    private static partial Regex InBrackets();

    [GeneratedRegex("[A-Za-z]")]
    private static partial Regex Letters();
}
