using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Properties;

/// <summary>An exchange rate: the value of one unit of a currency in another, from a day on until the pair's next rate.</summary>
public sealed class Rate
{
    /// <summary>Rates are stored as whole multiples of 10⁻¹², so that both databases store them exactly.</summary>
    public const decimal Unit = 1_000_000_000_000m;

    public int OrganizationId { get; init; }
    public DateOnly Date { get; init; }
    public required string From { get; init; }
    public required string To { get; init; }
    public long Stored { get; set; }

    /// <summary>Units of <see cref="To"/> for one unit of <see cref="From"/>.</summary>
    public decimal Value => Stored / Unit;
}

public static class RateReading
{
    /// <summary>The rate for a day: the pair's latest rate on or before it. 1 for the same currency; null when there is none.</summary>
    public static async Task<decimal?> On(
        this IQueryable<Rate> rates,
        int organizationId,
        string from,
        string to,
        DateOnly day,
        CancellationToken cancel
    )
    {
        if (from == to)
        {
            return 1m;
        }

        var stored = await rates
            .AsNoTracking()
            .Where(r => r.OrganizationId == organizationId && r.From == from && r.To == to && r.Date <= day)
            .OrderByDescending(r => r.Date)
            .Select(r => (long?)r.Stored)
            .FirstOrDefaultAsync(cancel);
        return stored / Rate.Unit;
    }
}

internal sealed class RateTable : IEntityTypeConfiguration<Rate>
{
    public void Configure(EntityTypeBuilder<Rate> table)
    {
        table
            .ToTable("rates")
            .HasKey(r => new
            {
                r.OrganizationId,
                r.From,
                r.To,
                r.Date,
            });
        table.IsAudited("rate");
        table.HasOne<Organization>().WithMany().HasForeignKey(r => r.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        table.Property(r => r.From).HasMaxLength(3);
        table.Property(r => r.To).HasMaxLength(3);
        table.Ignore(r => r.Value);
    }
}
