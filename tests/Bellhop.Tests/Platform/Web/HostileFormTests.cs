using System.Net;
using System.Text;
using Bellhop.Features.Team;
using Bellhop.Tests.Features.Bookings;
using Bellhop.Tests.Features.Team;

namespace Bellhop.Tests.Platform.Web;

/// <summary>Forms and uploads as no browser sends them: the fault is the sender's, never ours.</summary>
public class HostileFormTests
{
    /// <summary>Media types with bodies that are no forms, or too much of one.</summary>
    private static readonly (string Type, string Body)[] Forms =
    [
        ("multipart/form-data", "--x"),
        ("multipart/form-data; boundary=x", "nothing"),
        ("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nbroken off"),
        ("multipart/form-data; boundary=x", "--x\r\n" + string.Concat(Enumerable.Repeat("A: b\r\n", 100)) + "\r\n--x--"),
        ("multipart/form-data; boundary=" + new string('x', 300), "--x--"),
        ("application/x-www-form-urlencoded", string.Join('&', Enumerable.Range(0, 2000).Select(i => $"k{i}=1"))),
        ("application/x-www-form-urlencoded", new string('k', 5000) + "=1"),
        ("application/x-www-form-urlencoded", "a=%00&b=%ff%fe"),
    ];

    [Fact]
    public async Task A_form_that_breaks_off_or_has_too_much_in_it_is_refused_on_every_page_that_takes_one()
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();
        var person = await app.SignedIn(house.OrganizationId, Roles.Owner);
        var before = await app.Snapshot();
        var wrong = new List<string>();
        foreach (
            var page in (string[])
                [
                    $"/book/{house.Lisbon}",
                    "/review/x",
                    "/address/x",
                    "/invite/x",
                    "/language",
                    "/sign-in",
                    "/sign-in/code",
                    "/sign-in/passkey",
                    "/sign-out",
                    "/recover",
                    "/recover/x",
                    "/confirm-email/x",
                ]
        )
        {
            foreach (var (type, body) in Forms)
            {
                foreach (var client in (HttpClient[])[app.Anonymous(), person])
                {
                    using var answer = await Send(client, HttpMethod.Post, page, type, body);
                    if ((int)answer.StatusCode is < 400 or >= 500)
                    {
                        wrong.Add($"{page} {type} {body[..Math.Min(20, body.Length)]}: {(int)answer.StatusCode}");
                    }
                }
            }
        }

        wrong.ShouldBeEmpty();
        (await app.Snapshot()).ShouldBe(before);
    }

    [Fact]
    public async Task An_upload_with_the_cookie_alone_is_refused_before_anything_of_it_is_read()
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();
        var person = await app.SignedIn(house.OrganizationId, Roles.Owner);
        foreach (
            var (method, path) in ((HttpMethod, string)[])
                [
                    (HttpMethod.Post, "/api/v1/imports"),
                    (HttpMethod.Post, "/api/v1/attachments"),
                    (HttpMethod.Post, "/api/v1/rates/imports"),
                    (HttpMethod.Put, "/api/v1/organization/logo"),
                ]
        )
        {
            foreach (var (type, body) in Forms.Append(("multipart/form-data; boundary=x", new string('z', 2_000_000))))
            {
                using var answer = await Send(person, method, path, type, body);
                (await answer.Json(400))["type"]!.GetValue<string>().ShouldBe("antiforgery", path + " " + type);
            }
        }
    }

    [Theory]
    [InlineData("text/plain", "x", 415)]
    [InlineData("multipart/form-data", "--x", 415)]
    [InlineData("multipart/form-data; boundary=x", "--x\r\n", 400)]
    [InlineData("application/x-www-form-urlencoded", "a=b", 415)]
    public async Task A_refused_import_is_refused_also_where_nothing_was_ever_uploaded(string type, string body, int status)
    {
        await using var app = await TestApp.StartNew("sqlite");
        var house = await app.MakeHouse();
        using var answer = await Send(app.As(house.Owner), HttpMethod.Post, "/api/v1/imports", type, body);
        await answer.Json(status);
    }

    [Fact]
    public async Task A_compressed_body_is_not_taken()
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();
        foreach (var (coding, status) in ((string, int)[])[("gzip", 415), ("br", 415), ("identity", 201)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/bookings")
            {
                Content = new StringContent(ReceiveBookingTests.Body(house.Lisbon, null).ToJsonString(), Encoding.UTF8, "application/json"),
            };
            request.Content.Headers.ContentEncoding.Add(coding);
            await (await app.As(house.Owner).SendAsync(request)).Json(status);
        }
    }

    [Fact]
    public async Task A_redirect_of_a_page_names_no_host_whatever_host_was_asked_for()
    {
        await using var app = await TestApp.Start("sqlite");
        foreach (var host in (string[])["localhost", "evil.example", "evil.example:8080", "evil.example:80"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/contacts?q=ana");
            request.Headers.Host = host;
            using var answer = await app.Anonymous().SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
            answer.Headers.Location!.OriginalString.ShouldBe("/sign-in?return=%2Fcontacts%3Fq%3Dana", host);
        }
    }

    private static async Task<HttpResponseMessage> Send(HttpClient client, HttpMethod method, string path, string type, string body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        return await client.SendAsync(request);
    }
}
