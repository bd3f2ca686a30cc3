using Bellhop.Features.Team;

namespace Bellhop.Tests.Platform.Web;

public class CompressionTests
{
    [Fact]
    public async Task Pages_are_sent_compressed_and_those_that_show_a_secret_are_not()
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();
        var browser = await app.SignedIn(house.OrganizationId, Roles.Owner);
        browser.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");

        (await Encoding("/contacts")).ShouldBe(["br"]);
        (await Encoding("/bookings")).ShouldBe(["br"]);
        (await Encoding("/review/x")).ShouldBeEmpty();
        (await Encoding("/invite/x")).ShouldBeEmpty();
        (await Encoding("/sign-in")).ShouldBeEmpty();
        (await Encoding("/api/v1/contacts")).ShouldBeEmpty();

        async Task<IEnumerable<string>> Encoding(string path) => (await browser.GetAsync(path)).Content.Headers.ContentEncoding;
    }

    [Fact]
    public async Task A_file_whose_address_names_its_content_is_asked_for_once()
    {
        await using var app = await TestApp.Start("sqlite");
        var guest = app.Anonymous();
        var html = await guest.GetStringAsync("/sign-in");

        var sheet = await guest.GetAsync(Bellhop.Ui.Icon.Sheet);
        var plain = await guest.GetAsync("/icons.svg");

        sheet.Headers.CacheControl!.ToString().ShouldContain("immutable");
        plain.Headers.CacheControl?.ToString().ShouldNotContain("immutable");
        html.ShouldContain(Bellhop.Ui.Icon.Sheet);
        foreach (
            var file in System
                .Text.RegularExpressions.Regex.Matches(html, "(?:href|src)=\"([^\"]+\\.(?:css|js))\"")
                .Select(m => m.Groups[1].Value)
        )
        {
            file.ShouldMatch(@"\.[a-z0-9]{8,}\.(css|js)$", "it has its content's hash in its name");
        }
    }
}
