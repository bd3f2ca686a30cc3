using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bellhop.Benchmarks.Loading;

/// <summary>
/// Sends a file of bookings to a running Bellhop, a few at a time. Every row carries its outside key, so sending one again changes nothing;
/// how far it has come stands in a small file, so that after a kill the next run begins there.
/// </summary>
public static class LoadBookings
{
    /// <param name="Made">Bookings Bellhop had not yet.</param>
    /// <param name="Known">Bookings it had: brought up to date, or the same.</param>
    /// <param name="Skipped">Rows an earlier, interrupted run had sent.</param>
    /// <param name="Refused">Row numbers with what Bellhop said.</param>
    public sealed record Summary(int Made, int Known, int Skipped, IReadOnlyList<(int Row, string Why)> Refused);

    /// <param name="http">Its address is Bellhop's, and it carries an API key with bookings.manage and settings.manage.</param>
    /// <param name="file">As <see cref="BookingFile"/> reads it.</param>
    /// <param name="place">Where to note how far it has come; gone when all is done.</param>
    /// <param name="atOnce">Requests in flight.</param>
    /// <param name="progress">Told the number of rows done.</param>
    public static async Task<Summary> Run(
        HttpClient http,
        string file,
        string place,
        int atOnce,
        IProgress<int>? progress,
        CancellationToken cancel
    )
    {
        using var properties = await Properties(http, cancel);
        var progressed = LoadProgress.Open(place, file, http.BaseAddress!);
        var skipped = progressed.Done;
        var (made, known) = (0, 0);
        var refused = new List<(int Row, string Why)>();
        var gate = new Lock();
        await Parallel.ForEachAsync(
            BookingFile.Read(file).Skip(skipped),
            new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancel },
            async (row, stop) =>
            {
                row.Body["propertyId"] = await properties.Find(row.Property, stop);
                using var answer = await Post(http, "/api/v1/bookings", row.Body, stop);
                var why = answer.IsSuccessStatusCode ? null : $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(stop)}";
                if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                {
                    throw new HttpRequestException(why); // no row will fare better
                }

                lock (gate)
                {
                    if (why is not null)
                    {
                        refused.Add((row.Number, why));
                    }
                    else if (answer.StatusCode == HttpStatusCode.Created)
                    {
                        made++;
                    }
                    else
                    {
                        known++;
                    }

                    progressed.Finished(row.Number);
                    progress?.Report(skipped + made + known + refused.Count);
                }
            }
        );
        progressed.Close(keep: refused.Count > 0 && made + known == 0);
        return new(made, known, skipped, [.. refused.OrderBy(r => r.Row)]);
    }

    /// <summary>Posts until it is answered for good: too many requests, a database away and a broken line are waited out.</summary>
    private static async Task<HttpResponseMessage> Post(HttpClient http, string path, JsonObject body, CancellationToken cancel)
    {
        for (var tries = 1; ; tries++)
        {
            TimeSpan? told = null;
            try
            {
                var answer = await http.PostAsJsonAsync(path, body, cancel);
                if (
                    answer.StatusCode
                        is not (
                            HttpStatusCode.TooManyRequests
                            or HttpStatusCode.ServiceUnavailable
                            or HttpStatusCode.BadGateway
                            or HttpStatusCode.GatewayTimeout
                        )
                    || tries == 60
                )
                {
                    return answer;
                }

                told = answer.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - DateTimeOffset.UtcNow : null;
                answer.Dispose();
            }
            catch (HttpRequestException) when (tries < 60)
            {
                // The server is being restarted: the same row again makes no second booking.
            }

            var pause = told ?? TimeSpan.FromMilliseconds(Math.Min(5_000, 100 << Math.Min(tries, 6)));
            await Task.Delay(pause > TimeSpan.Zero ? pause : TimeSpan.FromMilliseconds(10), cancel);
        }
    }

    private static async Task<PropertyIds> Properties(HttpClient http, CancellationToken cancel)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        string? cursor = null;
        do
        {
            var page = await http.GetFromJsonAsync<JsonElement>(
                "/api/v1/properties?limit=100" + (cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor)),
                cancel
            );
            foreach (var property in page.GetProperty("items").EnumerateArray())
            {
                known[property.GetProperty("name").GetString()!] = property.GetProperty("id").GetString()!;
            }

            cursor = page.GetProperty("nextCursor").GetString();
        } while (cursor is not null);

        return new(http, known);
    }

    /// <summary>The ids of properties by name; one that is missing is made once.</summary>
    private sealed class PropertyIds(HttpClient http, Dictionary<string, string> known) : IDisposable
    {
        private readonly SemaphoreSlim _turn = new(1, 1);

        public async Task<string> Find(string name, CancellationToken cancel)
        {
            await _turn.WaitAsync(cancel);
            try
            {
                if (!known.TryGetValue(name, out var id))
                {
                    using var answer = await Post(
                        http,
                        "/api/v1/properties",
                        new()
                        {
                            ["name"] = name,
                            ["currency"] = "EUR",
                            ["timeZone"] = "Europe/Lisbon",
                            ["country"] = "PT",
                        },
                        cancel
                    );
                    answer.EnsureSuccessStatusCode();
                    known[name] = id = (await answer.Content.ReadFromJsonAsync<JsonElement>(cancel)).GetProperty("id").GetString()!;
                }

                return id;
            }
            finally
            {
                _turn.Release();
            }
        }

        public void Dispose() => _turn.Dispose();
    }
}
