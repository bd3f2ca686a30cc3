using Bellhop.Data;
using Bellhop.Features.Team;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Contacts.Views;

/// <summary>How one person wants to see one list: a choice of its own in each organisation. It is no business of anybody else.</summary>
public sealed class ListView
{
    public int OrganizationId { get; init; }
    public Guid UserId { get; init; }

    /// <summary>The list's name, such as <c>contacts</c>.</summary>
    public required string List { get; init; }

    /// <summary>Names of columns in their order, each with its width in pixels where one was chosen: <c>name,source:120</c>.</summary>
    public required string Columns { get; set; }

    /// <summary>Whether rows are low, so that more of them are in sight.</summary>
    public bool Dense { get; set; }

    /// <summary>The segments above the list, in their order. One that was deleted meanwhile falls away when the view is read.</summary>
    public required Guid[] Tabs { get; set; }
    public DateTime UpdatedAt { get; set; }
}

internal sealed class ListViewTable : IEntityTypeConfiguration<ListView>
{
    public void Configure(EntityTypeBuilder<ListView> table)
    {
        table
            .ToTable("list_views")
            .HasKey(v => new
            {
                v.OrganizationId,
                v.UserId,
                v.List,
            });
        table.HasOne<Membership>().WithMany().HasForeignKey(v => new { v.OrganizationId, v.UserId }).OnDelete(DeleteBehavior.Cascade);
        table.Property(v => v.List).HasMaxLength(20);
        table.Property(v => v.Columns).HasMaxLength(1000);
        table.Property(v => v.Tabs).HasMaxLength(1000);
    }
}
