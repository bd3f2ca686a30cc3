using System.Text;
using System.Text.Json.Nodes;

namespace Bellhop.Tests;

/// <summary>Short ways to speak JSON in a test.</summary>
internal static class Http
{
    public static Task<HttpResponseMessage> Post(this HttpClient client, string path, JsonNode body, string? idempotencyKey = null) =>
        client.Send(HttpMethod.Post, path, body.ToJsonString(), idempotencyKey);

    public static async Task<HttpResponseMessage> Send(
        this HttpClient client,
        HttpMethod method,
        string path,
        string? body = null,
        string? idempotencyKey = null,
        string type = "application/json"
    )
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, new System.Net.Http.Headers.MediaTypeHeaderValue(type));
        }

        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return await client.SendAsync(request);
    }

    /// <summary>The body, after a look at the status.</summary>
    public static async Task<JsonObject> Json(this HttpResponseMessage answer, int status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(status, text);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(status >= 400 ? "application/problem+json" : "application/json");
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>What a GET answers that goes well.</summary>
    public static async Task<JsonObject> GetFromJson(this HttpClient client, string path) => await (await client.GetAsync(path)).Json(200);

    /// <summary>The fields a problem names.</summary>
    public static string[] Fields(this JsonObject problem) =>
        [
            .. (problem["errors"]?.AsObject() ?? throw new ShouldAssertException(problem.ToJsonString()))
                .Select(e => e.Key)
                .Order(StringComparer.Ordinal),
        ];
}
