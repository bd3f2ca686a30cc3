using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Platform;

namespace Bellhop.Tests.Platform.Web;

public class EntityTagTests
{
    [Theory]
    [InlineData("\"1\"", true, true)]
    [InlineData("*", true, true)]
    [InlineData(" * ", true, true)]
    [InlineData("\"0\", \"1\"", true, true)]
    [InlineData("\"a,b\",\"1\"", true, true)]
    [InlineData("W/\"1\"", true, false)]
    [InlineData("\"0\", W/\"1\" , \"2\"", true, false)]
    [InlineData("\"0\"", false, false)]
    [InlineData("\"a,\"1\"\"", false, false)]
    [InlineData("1", false, false)]
    [InlineData("", false, false)]
    public void A_tag_is_found_as_http_says(string header, bool read, bool written)
    {
        EntityTags.Match(header, "\"1\"", weakly: true).ShouldBe(read);
        EntityTags.Match(header, "\"1\"", weakly: false).ShouldBe(written);
    }

    [Fact]
    public async Task What_did_not_change_is_not_sent_again_however_its_tag_is_named()
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();
        var client = app.As(house.Owner);
        var path = $"/api/v1/properties/{house.Lisbon}";
        using var first = await client.GetAsync(path);
        var tag = first.Headers.ETag!.ToString();

        foreach (var known in (string[])[tag, "*", "W/" + tag, $"\"old\", {tag}", $"W/\"old\", W/{tag}"])
        {
            foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head])
            {
                using var answer = await Send(method, "If-None-Match", known);
                answer.StatusCode.ShouldBe(HttpStatusCode.NotModified, known);
                answer.Headers.ETag!.ToString().ShouldBe(tag);
                (await answer.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
            }
        }

        foreach (var other in (string[])["\"old\"", "W/\"old\", \"older\"", tag.Trim('"')])
        {
            (await Send(HttpMethod.Get, "If-None-Match", other)).StatusCode.ShouldBe(HttpStatusCode.OK, other);
        }

        (await Send(HttpMethod.Patch, "If-Match", "\"old\", \"older\"", "One")).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await Send(HttpMethod.Patch, "If-Match", "W/" + tag, "One")).StatusCode.ShouldBe(
            HttpStatusCode.PreconditionFailed,
            "a weak tag may stand for another content"
        );
        (await Send(HttpMethod.Patch, "If-Match", $"\"old\", {tag}", "Two")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Send(HttpMethod.Patch, "If-Match", "*", "Three")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetFromJson(path))["name"]!.GetValue<string>().ShouldBe("Three");

        async Task<HttpResponseMessage> Send(HttpMethod method, string header, string tags, string? name = null)
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.TryAddWithoutValidation(header, tags).ShouldBeTrue();
            if (name is not null)
            {
                request.Content = new StringContent(new JsonObject { ["name"] = name }.ToJsonString(), null, "application/json");
            }

            return await client.SendAsync(request);
        }
    }
}
