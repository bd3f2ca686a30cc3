using System.Text.Json.Serialization;
using Bellhop.Features.Properties;

namespace Bellhop.Features.Team;

/// <summary>An API key as the API shows it.</summary>
/// <param name="Properties">Null for all, later ones too. Otherwise those that the viewer may see.</param>
/// <param name="ExpiresAt">From this time on, the key is refused.</param>
/// <param name="LastUsedAt">Accurate to a quarter of an hour; null for a key that was never used.</param>
public sealed record ApiKeyRow(
    Guid Id,
    string Name,
    IReadOnlyList<string> Permissions,
    IReadOnlyList<PropertyName>? Properties,
    DateTime CreatedAt,
    DateTime? ExpiresAt,
    DateTime? LastUsedAt
)
{
    /// <summary>The key itself. Set only in the answer of the call that makes the key.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    internal static ApiKeyRow Of(ApiKey key, IReadOnlyDictionary<Guid, string> names) =>
        new(
            key.Id,
            key.Name,
            [.. Platform.PermissionSet.Read(key.Permissions).List().Select(p => p.Name)],
            key.Properties?.Where(names.ContainsKey).Select(id => new PropertyName(id, names[id])).ToList(),
            key.CreatedAt,
            key.ExpiresAt,
            key.LastUsedAt
        );
}
