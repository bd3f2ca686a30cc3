using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Bellhop.Tests.Host;

/// <summary>What only a real server does: a test's own has no wire.</summary>
public class ServerTests
{
    [Fact]
    public async Task HEAD_is_GET_without_the_body()
    {
        using var place = new Place();
        var key = await place.SetUp();
        await using var server = await BellhopProcess.Serve(place.Folder, "--urls", "http://127.0.0.1:0");
        using var known = server.Client(key);
        using var nobody = server.Client();
        foreach (
            var (client, path, status) in new[]
            {
                (nobody, "/api", 200),
                (nobody, "/api/", 200),
                (nobody, "/openapi/v1.json", 200),
                (nobody, "/sign-in", 200),
                (nobody, "/", 302),
                (nobody, "/contacts", 302),
                (nobody, "/health/live", 200),
                (nobody, "/bellhop.css", 200),
                (known, "/api/v1/contacts", 200),
                (known, "/api/v1/organization", 200),
                (known, "/api/v1/contacts?nonsense=1", 400),
                (nobody, "/api/v1/contacts", 401),
                (known, "/api/v1/nothing", 404),
            }
        )
        {
            using var get = await client.GetAsync(path);
            using var head = await client.Send(HttpMethod.Head, path);

            ((int)head.StatusCode, (int)get.StatusCode).ShouldBe((status, status), path);
            head.Content.Headers.ContentType.ShouldBe(get.Content.Headers.ContentType, path);
            (await head.Content.ReadAsByteArrayAsync()).ShouldBeEmpty(path);
        }
    }

    [Fact]
    public async Task A_body_of_unknown_length_that_grows_too_large_is_413_and_changes_nothing()
    {
        using var place = new Place();
        var key = await place.SetUp();
        await using var server = await BellhopProcess.Serve(place.Folder, "--urls", "http://127.0.0.1:0");
        using var client = server.Client(key);
        var property = (await (await client.GetAsync("/api/v1/properties")).Json(200))["items"]![0]!["id"]!.GetValue<string>();

        using var answer = await client.PostAsync("/api/v1/contacts", Chunked(property, 1024 * 1024));

        (await answer.Json(413))["type"]!.GetValue<string>().ShouldBe("too-large");
        (await (await client.GetAsync("/api/v1/contacts/summary")).Json(200))["totalContacts"]!.GetValue<int>().ShouldBe(0);
        using var smaller = await client.PostAsync("/api/v1/contacts", Chunked(property, 1024));
        smaller.StatusCode.ShouldBe(HttpStatusCode.Created, "chunks are no error");
    }

    private static PushContent Chunked(string property, int blanks) =>
        new(new JsonObject { ["phone"] = "+351912345678", ["propertyId"] = property }.ToJsonString()[..^1] + new string(' ', blanks) + "}");

    /// <summary>A body whose length nobody knows beforehand.</summary>
    private sealed class PushContent : HttpContent
    {
        private readonly string _text;

        public PushContent(string text)
        {
            _text = text;
            Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            stream.WriteAsync(Encoding.UTF8.GetBytes(_text)).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
