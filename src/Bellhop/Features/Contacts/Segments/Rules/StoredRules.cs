using System.Text.Json;
using System.Text.Json.Nodes;
using Bellhop.Data;
using Bellhop.Features.Tags;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts.Segments;

/// <summary>
/// Writes a segment's conditions to its row and reads them back. The ids of tags are stored beside their names. So a renamed tag is still
/// found, and a deleted tag is shown as deleted, even when another tag has its name by now.
/// </summary>
internal static class StoredRules
{
    private static readonly RuleLeaf Nobody = new(new ContactFilter(MinRating: int.MaxValue));

    public static async Task<string> Write(SegmentRule rules, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var tags = new JsonObject();
        var names = rules.Leaves().SelectMany(l => Names(l.Asks)).ToHashSet(StringComparer.Ordinal);
        var ids = await TagNames.Find(names, organizationId, db, cancel);
        foreach (var name in names.Where(n => ids.ContainsKey(Tag.Key(n))))
        {
            tags[name] = ids[Tag.Key(name)].ToString("D");
        }

        return new JsonObject { ["conditions"] = rules.ToJson(), ["tags"] = tags }.ToJsonString();
    }

    public static async Task<SegmentRule> Read(string text, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        using var json = JsonDocument.Parse(text);

        // No guest matches conditions that another version wrote and this one cannot read.
        var errors = new ValidationErrors();
        if (RuleReading.Read(json.RootElement.GetProperty("conditions"), null, errors) is not { } rules || errors.Any)
        {
            return Nobody;
        }

        var ids = json
            .RootElement.GetProperty("tags")
            .EnumerateObject()
            .ToDictionary(t => t.Name, t => t.Value.GetGuid(), StringComparer.Ordinal);
        var tags = await TagNames.Of(ids.Values, organizationId, db, cancel);
        return ids.Count == 0 ? rules : rules.With(f => f with { Tags = Now(f.Tags), AllTags = Now(f.AllTags), NoTags = Now(f.NoTags) });

        IReadOnlyList<string>? Now(IReadOnlyList<string>? names) => names is null ? null : [.. names.Select(Called)];

        string Called(string name) =>
            !ids.TryGetValue(name, out var id) ? name
            : tags.TryGetValue(id, out var tag) ? tag.Name
            : Tag.Gone(name);
    }

    private static IEnumerable<string> Names(ContactFilter asks) => [.. asks.Tags ?? [], .. asks.AllTags ?? [], .. asks.NoTags ?? []];
}
