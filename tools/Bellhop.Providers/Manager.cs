using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Bellhop.Providers;

/// <summary>A channel manager's account that a Bellhop has connected.</summary>
/// <param name="Id">How it is known here.</param>
/// <param name="Name">What the page calls it.</param>
/// <param name="Webhook">Where its messages go.</param>
/// <param name="Secret">Sent with each message, and asked for at the feed.</param>
public sealed record Manager(string Id, string Name, string Webhook, string Secret)
{
    /// <summary>How messages reach the webhook; null for the network.</summary>
    internal HttpClient? Client { get; init; }

    /// <summary>Its reservations by their codes.</summary>
    internal ConcurrentDictionary<string, Reservation> Reservations { get; } = new(StringComparer.Ordinal);

    /// <summary>The revisions that nobody has acknowledged, by their ids: they come again and again.</summary>
    internal ConcurrentDictionary<string, JsonNode> Feed { get; } = new(StringComparer.Ordinal);

    /// <summary>The revisions that were acknowledged, in that order.</summary>
    internal ConcurrentQueue<string> Acknowledged { get; } = [];
}

/// <summary>A reservation as its booking site has it.</summary>
/// <param name="Form">How it is sent: <c>ota</c>, <c>alpineBits</c>, <c>channex</c>, <c>feed</c> or <c>own</c>.</param>
/// <param name="Status">What it is sent as: <c>new</c>, <c>modified</c>, <c>cancelled</c>, or <c>request</c> for an enquiry.</param>
/// <param name="Revision">Greater with each change.</param>
/// <param name="Answer">What Bellhop last answered.</param>
public sealed record Reservation(
    string Form,
    string Name,
    string? Phone,
    string? Email,
    string Arrival,
    string Departure,
    decimal Total,
    string Code = "",
    string Status = "new",
    int Revision = 0,
    string? Answer = null
)
{
    private static readonly DateTime Begin = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The revision as a time: a second later each time.</summary>
    internal string At => Begin.AddSeconds(Revision).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    internal string Amount => Total.ToString("0.00", CultureInfo.InvariantCulture);
    internal bool IsCancelled => Status == "cancelled";
}
