using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Intake;

public enum Measure : short
{
    /// <summary>All contacts.</summary>
    Contacts = 0,

    /// <summary>Contacts with at least one counted booking.</summary>
    WithBookings = 1,

    /// <summary>Amount: total spent, minor units of the organisation's currency.</summary>
    Spent = 2,

    /// <summary>Contacts by the day of first touch, in the organisation's zone; <c>At</c> is <see cref="DateOnly.DayNumber"/>.</summary>
    New = 3,

    /// <summary>Contacts by the instant when they stop being active; <c>At</c> is Unix time in milliseconds.</summary>
    Active = 4,

    /// <summary>Contacts by the day of their first counted arrival; <c>At</c> is <see cref="DateOnly.DayNumber"/>.</summary>
    First = 5,
}

/// <summary>
/// A counter behind the cards, for one property or for all (empty id). The save that changes the counted rows writes it too. Writers at the
/// same time add to different shards, so that they do not wait for one row. A reader sums the few shards.
/// </summary>
public sealed class Counter
{
    public int OrganizationId { get; init; }
    public Guid PropertyId { get; init; }
    public Measure Measure { get; init; }
    public long At { get; init; }
    public short Shard { get; init; }
    public long Amount { get; set; }
}

internal sealed class CounterTable : IEntityTypeConfiguration<Counter>
{
    public void Configure(EntityTypeBuilder<Counter> table) =>
        table
            .ToTable("counters")
            .HasKey(t => new
            {
                t.OrganizationId,
                t.PropertyId,
                t.Measure,
                t.At,
                t.Shard,
            });
}
