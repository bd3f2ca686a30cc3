using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bellhop.Platform;
using Bellhop.Tests.Features.Bookings;

namespace Bellhop.Tests.Features.Contacts.Segments;

/// <summary>Segments and their guests by the API.</summary>
internal static class SegmentRequests
{
    internal const string Address = "/api/v1/segments";

    internal static async Task<string[]> Names(HttpClient client, string query) =>
        [
            .. (await client.GetFromJsonAsync<JsonNode>("/api/v1/contacts?" + query))!["items"]!
                .AsArray()
                .Select(c => c!["name"]!.GetValue<string>()),
        ];

    private static int _phones;

    internal static async Task<string> Book(HttpClient client, Guid property, string name, string source, int total)
    {
        var body = ReceiveBookingTests.Body(property, "s" + Interlocked.Increment(ref _phones));
        (body["source"], body["total"]!["amount"]) = (source, total);
        body["guest"] = new JsonObject { ["name"] = name, ["phone"] = $"+351912{_phones:000000}" };
        var answer = await Send(client, HttpMethod.Post, "/api/v1/bookings", body.ToJsonString());
        answer.Status.ShouldBe(HttpStatusCode.Created, answer.Body.ToString());
        return answer.Body["contactId"]!.GetValue<string>();
    }

    internal static Task<IdempotentResponse> Post(HttpClient client, object body) =>
        Send(client, HttpMethod.Post, Address, JsonSerializer.Serialize(body));

    internal static async Task<IdempotentResponse> Send(
        HttpClient client,
        HttpMethod method,
        string path,
        string body,
        string? match = null
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (match is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", match);
        }

        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return new(answer.StatusCode, text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!, answer.Headers.ETag?.ToString());
    }

    internal sealed record IdempotentResponse(HttpStatusCode Status, JsonNode Body, string? ETag);
}
