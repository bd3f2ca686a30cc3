using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bellhop.Features.Contacts.Segments;

/// <summary>Writes a segment's conditions in the form that <see cref="RuleReading"/> reads.</summary>
internal static class RuleWriting
{
    public static JsonObject ToJson(this SegmentRule rule) =>
        rule switch
        {
            RuleGroup group => new() { [group.All ? "all" : "any"] = new JsonArray([.. group.Of.Select(ToJson)]) },
            RuleLeaf leaf => Leaf(leaf.Asks),
            _ => throw new InvalidOperationException("There is no other rule."),
        };

    /// <summary>The same in the form that a request carries.</summary>
    public static JsonElement ToElement(this SegmentRule rule) => JsonSerializer.SerializeToElement(rule.ToJson());

    private static JsonObject Leaf(ContactFilter asks)
    {
        var json = new JsonObject();
        foreach (var parameter in FilterConditions.All.SelectMany(c => c.Parameters))
        {
            if (parameter.ToJson(asks) is { } value)
            {
                json[parameter.Name] = value;
            }
        }

        return json;
    }
}
