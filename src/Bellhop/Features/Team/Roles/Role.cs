using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Team;

/// <summary>A role that an organisation made itself. Members and invitations name it by <see cref="Name"/>.</summary>
public sealed class Role
{
    /// <summary>The longest name.</summary>
    public const int NameMax = 50;

    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Unique in the organisation ignoring case and accents; never a built-in role's.</summary>
    public required string Name { get; set; }
    public required string NameKey { get; set; }

    /// <summary>The form of <see cref="PermissionSet.Stored"/>.</summary>
    public required string Permissions { get; set; }
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; set; }
}

/// <summary>A role as the API shows it.</summary>
/// <param name="BuiltIn">It cannot be changed or deleted.</param>
/// <param name="Permissions">Names, with the views that they include.</param>
/// <param name="Members">How many of the members that the viewer sees have it.</param>
/// <param name="LastUsedAt">When one of them was last seen, UTC, accurate to a quarter of an hour; null for never.</param>
/// <param name="UpdatedAt">Null for a built-in role.</param>
public sealed record RoleRow(
    Guid Id,
    string Name,
    bool BuiltIn,
    IReadOnlyList<string> Permissions,
    int Members,
    DateTime? LastUsedAt = null,
    DateTime? UpdatedAt = null
)
{
    internal static RoleRow BuiltInOne(string name, RoleUse use) =>
        new(Roles.IdOf(name), name, true, Names(Roles.Of(name)), use.Members, use.LastAt);

    internal static RoleRow Of(Role role, RoleUse use) =>
        new(role.Id, role.Name, false, Names(PermissionSet.Read(role.Permissions)), use.Members, use.LastAt, role.UpdatedAt);

    internal static Saved<RoleRow> Saved(Role role, RoleUse use, bool created = false) =>
        new(Of(role, use), role.UpdatedAt, created ? $"/roles/{role.Id}" : null);

    private static List<string> Names(PermissionSet permissions) => [.. permissions.List().Select(p => p.Name)];
}

/// <summary>How a role is used, by the members that the viewer sees.</summary>
internal readonly record struct RoleUse(int Members, DateTime? LastAt)
{
    public static async Task<RoleUse> Of(string name, Actor who, BellhopDb db, CancellationToken cancel) =>
        Of((await Team.Members.Visible(db, who, cancel)).Select(p => p.Place).Where(p => p.Role == name));

    public static RoleUse Of(IEnumerable<Membership> places)
    {
        var seen = places.Select(p => p.LastSeenAt).ToList();
        return new(seen.Count, seen.Max());
    }
}

internal sealed class RoleTable : IEntityTypeConfiguration<Role>
{
    public void Configure(EntityTypeBuilder<Role> table)
    {
        table.ToTable("roles").HasKey(r => new { r.OrganizationId, r.Id });
        table.IsAudited("role", r => r.Id);
        table.HasOne<Organization>().WithMany().HasForeignKey(r => r.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        table.Property(r => r.Name).HasMaxLength(Role.NameMax);
        table.Property(r => r.NameKey).HasMaxLength(20 * Role.NameMax);
        table.Property(r => r.Permissions).HasMaxLength(1000);
        table.HasIndex(r => new { r.OrganizationId, r.NameKey }).IsUnique();
    }
}
