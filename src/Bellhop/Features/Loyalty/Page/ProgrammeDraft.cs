using Bellhop.Platform;

namespace Bellhop.Features.Loyalty;

/// <summary>A programme while somebody types it.</summary>
public sealed record ProgrammeDraft
{
    private const long UsualSilver = 500,
        UsualGold = 1500,
        UsualPlatinum = 5000;

    private const int UsualMost = 50;

    public bool Enabled { get; set; } = true;
    public string? Name { get; set; }

    /// <summary>Points for one unit of the currency.</summary>
    public decimal? PerUnit { get; set; } = 1;

    /// <summary>What one point is worth, in main units.</summary>
    public decimal? Value { get; set; }

    /// <summary>How much of a bill points may pay, in per cent.</summary>
    public int? Most { get; set; } = UsualMost;
    public long? Welcome { get; set; } = 0;
    public bool EnrolAtBooking { get; set; }
    public long? Silver { get; set; } = UsualSilver;
    public long? Gold { get; set; } = UsualGold;
    public long? Platinum { get; set; } = UsualPlatinum;

    /// <summary>Whether each tier begins above the one before.</summary>
    public bool IsInOrder => Silver > 0 && Gold > Silver && Platinum > Gold;

    /// <summary>Where a tier begins.</summary>
    public long? From(LoyaltyTier tier) =>
        tier switch
        {
            LoyaltyTier.Silver => Silver,
            LoyaltyTier.Gold => Gold,
            LoyaltyTier.Platinum => Platinum,
            _ => 0,
        };

    /// <summary>Lets a tier begin elsewhere.</summary>
    public void Begin(LoyaltyTier tier, long? from) =>
        (Silver, Gold, Platinum) = (
            tier == LoyaltyTier.Silver ? from : Silver,
            tier == LoyaltyTier.Gold ? from : Gold,
            tier == LoyaltyTier.Platinum ? from : Platinum
        );

    internal static ProgrammeDraft Of(SeeProgramme.Row row) =>
        row.Programme is { } p
            ? new()
            {
                Enabled = p.Enabled,
                Name = p.Name,
                PerUnit = p.PointsPerUnit,
                Value = p.PointValue.Amount,
                Most = p.MaxRedemptionPercent,
                Welcome = p.WelcomeBonus,
                EnrolAtBooking = p.EnrolAtBooking,
                Silver = p.Tiers.First(t => t.Name == LoyaltyTier.Silver).From,
                Gold = p.Tiers.First(t => t.Name == LoyaltyTier.Gold).From,
                Platinum = p.Tiers.First(t => t.Name == LoyaltyTier.Platinum).From,
            }
            : new() { Value = new Money(1, row.Currency).Amount };

    /// <summary>What is saved of it. What is empty is refused with what is wrong with it.</summary>
    internal SaveProgramme.Input Input(string currency, bool keepTiers) =>
        new(
            Enabled,
            Name ?? "",
            PerUnit ?? -1,
            new(Value ?? 0, currency),
            Most ?? -1,
            Welcome ?? 0,
            [new("silver", Silver ?? 0), new("gold", Gold ?? 0), new("platinum", Platinum ?? 0)],
            EnrolAtBooking,
            keepTiers
        );
}
