using Bellhop.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Properties;

/// <summary>An organisation's logo. It is in the database, so that every process and every backup has it.</summary>
public sealed class Logo
{
    public int OrganizationId { get; init; }

    /// <summary>A PNG that we wrote ourselves: see <see cref="LogoPicture"/>.</summary>
    public required byte[] Picture { get; set; }

    /// <summary>Names the picture's content in addresses, so that a browser asks for each picture once.</summary>
    public required string Version { get; set; }
}

internal sealed class LogoTable : IEntityTypeConfiguration<Logo>
{
    public void Configure(EntityTypeBuilder<Logo> table)
    {
        table.ToTable("logos").HasKey(l => l.OrganizationId);
        table.IsAudited("organization");
        table.HasOne<Organization>().WithMany().HasForeignKey(l => l.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        table.Property(l => l.Version).HasMaxLength(16);
    }
}
