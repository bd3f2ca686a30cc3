using System.Text.Json;
using Bellhop.Platform;
using Microsoft.Extensions.Primitives;

namespace Bellhop.Features.Contacts.Segments;

/// <summary>Reads a segment's conditions as the API writes them. Each fault adds an error under its path.</summary>
/// <param name="errors">Collects the errors.</param>
/// <param name="currency">The organisation's currency, to check the decimals of amounts; null when they were checked before.</param>
internal sealed class RuleReading(ValidationErrors errors, string? currency)
{
    private const int NameMax = 60;

    private static readonly Dictionary<string, JsonShape> Members = FilterConditions
        .Parameters.Where(p => p.Shape is not null)
        .ToDictionary(p => p.Name, p => p.Shape!.Value, StringComparer.Ordinal);

    private int _conditions;

    /// <summary>The conditions; null when something is wrong with them.</summary>
    public static SegmentRule? Read(JsonElement json, string? currency, ValidationErrors errors)
    {
        var reading = new RuleReading(errors, currency);
        var rule = reading.Read(json, "conditions", 1);
        if (reading._conditions > SegmentRule.ConditionsMost)
        {
            errors.Add("conditions", ErrorText.Of<SegmentTexts>("TooMany", SegmentRule.ConditionsMost));
        }

        return rule;
    }

    private SegmentRule? Read(JsonElement at, string path, int depth)
    {
        if (at.ValueKind != JsonValueKind.Object)
        {
            return Wrong(path, "NotConditions");
        }

        var members = at.EnumerateObject().ToList();
        return members.FindIndex(m => m.Name is "all" or "any") is >= 0 and var index
            ? Group(members, members[index], path, depth)
            : Leaf(members, path);
    }

    private RuleGroup? Group(List<JsonProperty> members, JsonProperty group, string path, int depth)
    {
        foreach (var other in members.Where(m => m.Name != group.Name))
        {
            Wrong(Under(path, other.Name), "Beside");
        }

        var inner = Under(path, group.Name);
        if (depth > SegmentRule.DepthMost)
        {
            Wrong(path, "TooDeep", SegmentRule.DepthMost);
            return null;
        }

        if (group.Value.ValueKind != JsonValueKind.Array || group.Value.GetArrayLength() == 0)
        {
            Wrong(inner, "NoList");
            return null;
        }

        var rules = new List<SegmentRule>();
        foreach (var (i, rule) in group.Value.EnumerateArray().Index())
        {
            if (Read(rule, $"{inner}[{i}]", depth + 1) is { } read)
            {
                rules.Add(read);
            }

            // Stops after one error, because ten thousand errors help nobody.
            if (_conditions > SegmentRule.ConditionsMost || i >= SegmentRule.ConditionsMost)
            {
                _conditions = SegmentRule.ConditionsMost + 1;
                return null;
            }
        }

        return rules.Count == 0 ? null : new(group.Name == "all", rules);
    }

    private RuleLeaf? Leaf(List<JsonProperty> members, string path)
    {
        var (inner, values, whole) = (new ValidationErrors(), new Dictionary<string, StringValues>(StringComparer.Ordinal), true);
        if (members.Count == 0)
        {
            Wrong(path, "NoCondition");
            return null;
        }

        if (members.Count > Members.Count)
        {
            members.RemoveRange(Members.Count, members.Count - Members.Count);
        }

        foreach (var member in members)
        {
            var key =
                !Members.TryGetValue(member.Name, out var kind) ? "Unknown"
                : Texts(member.Value, kind) is not { } texts ? "Type." + kind
                : texts.Count > SegmentRule.ValuesMost ? "TooManyValues"
                : null;
            if (key is null)
            {
                values[member.Name] = Texts(member.Value, kind)!.Value;
            }
            else
            {
                Wrong(Under(path, member.Name), key, SegmentRule.ValuesMost);
                whole = false;
            }
        }

        var filter = ContactFilter.ReadWhole(new QueryCollection(values), inner);
        if (currency is not null)
        {
            SpentField.Check(filter, currency, inner);
        }

        errors.Take(path + ".", inner);
        _conditions += filter.Parts().Count();
        return whole && !inner.Any && filter != ContactFilter.None ? new(filter) : null;
    }

    private static StringValues? Texts(JsonElement value, JsonShape kind) =>
        (kind, value.ValueKind) switch
        {
            (JsonShape.Text or JsonShape.YesNoOrText, JsonValueKind.String) => value.GetString(),
            (JsonShape.Texts, JsonValueKind.Array)
                when value.GetArrayLength() > 0 && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String) => value
                .EnumerateArray()
                .Select(v => v.GetString())
                .ToArray(),
            (JsonShape.Number, JsonValueKind.Number) => value.GetRawText(),
            (JsonShape.YesNo or JsonShape.YesNoOrText, JsonValueKind.True) => "true",
            (JsonShape.YesNo or JsonShape.YesNoOrText, JsonValueKind.False) => "false",
            _ => null,
        };

    private RuleLeaf? Wrong(string path, string key, params object[] args)
    {
        errors.Add(path, ErrorText.Of<SegmentTexts>(key, args));
        return null;
    }

    private static string Under(string path, string name) => path + "." + (name.Length > NameMax ? name[..NameMax] : name);
}
