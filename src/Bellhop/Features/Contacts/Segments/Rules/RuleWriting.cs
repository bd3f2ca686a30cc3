using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bellhop.Features.Contacts.Segments;

/// <summary>Writes a segment's conditions as <see cref="RuleReading"/> reads them.</summary>
internal static class RuleWriting
{
    public static JsonObject ToJson(this SegmentRule rule) =>
        rule switch
        {
            RuleGroup group => new() { [group.All ? "all" : "any"] = new JsonArray([.. group.Of.Select(ToJson)]) },
            RuleLeaf leaf => Leaf(leaf.Asks),
            _ => throw new InvalidOperationException("There is no other rule."),
        };

    /// <summary>The same as a request carries it.</summary>
    public static JsonElement ToElement(this SegmentRule rule) => JsonSerializer.SerializeToElement(rule.ToJson());

    private static JsonObject Leaf(ContactFilter asks)
    {
        var json = new JsonObject();
        Add("q", asks.Q);
        All("source", asks.Sources?.Select(s => s.ToString()));
        All("propertyId", asks.PropertyIds?.Select(id => id.ToString("D")));
        All("tag", asks.Tags);
        All("allTag", asks.AllTags);
        All("noTag", asks.NoTags);
        Add("active", asks.Active);
        Add("minBookings", asks.MinBookings);
        Add("maxBookings", asks.MaxBookings);
        Add("minSpent", asks.MinSpent);
        Add("maxSpent", asks.MaxSpent);
        Add("minRating", asks.MinRating);
        Add("createdFrom", Day(asks.CreatedFrom));
        Add("createdTo", Day(asks.CreatedTo));
        Add("createdWithinDays", asks.CreatedWithinDays);
        Add("lastStayFrom", Day(asks.LastStayFrom));
        Add("lastStayTo", Day(asks.LastStayTo));
        Add("lastStayWithinDays", asks.LastStayWithinDays);
        Add("lastStayBeforeDays", asks.LastStayBeforeDays);
        Add("hasPhone", asks.HasPhone);
        Add("hasEmail", asks.HasEmail);
        Add(
            "hasConsent",
            asks.HasConsent switch
            {
                null => null,
                ConsentFilter.Any => true,
                ConsentFilter.None => false,
                { } channel => channel.ToQuery(),
            }
        );
        return json;

        void Add(string name, JsonNode? value)
        {
            if (value is not null)
            {
                json[name] = value;
            }
        }

        void All(string name, IEnumerable<string>? values) =>
            Add(name, values is null ? null : new JsonArray([.. values.Select(v => (JsonNode)v)]));

        static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
