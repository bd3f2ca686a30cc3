using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Team;

/// <summary>A member of the team as the API shows them.</summary>
/// <param name="Id">The account's id.</param>
/// <param name="Properties">Null for all, later ones too. Otherwise those that the viewer may see.</param>
/// <param name="Disabled">The person cannot sign in to this organisation.</param>
/// <param name="LastSeenAt">Accurate to a quarter of an hour; null for a person who never signed in.</param>
/// <param name="CreatedAt">When they joined this organisation.</param>
public sealed record MemberRow(
    Guid Id,
    string Name,
    string? Email,
    string Role,
    IReadOnlyList<PropertyName>? Properties,
    bool Disabled,
    DateTime? LastSeenAt,
    DateTime CreatedAt,
    DateTime UpdatedAt
)
{
    internal static MemberRow Of(Membership member, User user, IReadOnlyDictionary<Guid, string> names) =>
        new(
            user.Id,
            user.DisplayName ?? user.Email ?? "",
            user.Email,
            member.Role,
            member.Properties?.Where(names.ContainsKey).Select(id => new PropertyName(id, names[id])).ToList(),
            member.DisabledAt is not null,
            member.LastSeenAt,
            member.CreatedAt,
            member.UpdatedAt
        );

    internal static Saved<MemberRow> Saved(Membership member, User user, IReadOnlyDictionary<Guid, string> names, bool created = false) =>
        new(Of(member, user, names), member.UpdatedAt, created ? $"/team/{user.Id}" : null);
}
