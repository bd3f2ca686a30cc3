using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Loyalty;

/// <summary>
/// Saves a property's programme. The points per unit hold from today on, the tiers at once.
/// </summary>
public static class SaveProgramme
{
    private const int PerUnitMost = 1_000_000;

    /// <param name="Name">silver, gold or platinum.</param>
    /// <param name="From">The points collected from which a member is in it.</param>
    public sealed record TierInput(string Name, long From);

    /// <param name="Enabled">Whether guests collect points.</param>
    /// <param name="Name">What guests call it, up to 80 characters.</param>
    /// <param name="PointsPerUnit">For one unit of the property's currency, with up to three decimals.</param>
    /// <param name="PointValue">What one point is worth, in the property's currency.</param>
    /// <param name="MaxRedemptionPercent">How much of a booking points may pay, 0 to 100.</param>
    /// <param name="WelcomeBonus">What a new member gets once.</param>
    /// <param name="Tiers">Where silver, gold and platinum begin, each above the one before. Bronze may be left out: it is 0.</param>
    /// <param name="EnrolAtBooking">A guest becomes a member with the first counted booking.</param>
    /// <param name="KeepTiers">Members whose tier would fall keep it.</param>
    /// <param name="Currency">The property's, as the programme is shown; it may be left out.</param>
    public sealed record Input(
        bool Enabled,
        string Name,
        decimal PointsPerUnit,
        MoneyInput PointValue,
        int MaxRedemptionPercent,
        long WelcomeBonus,
        IReadOnlyList<TierInput> Tiers,
        bool EnrolAtBooking = false,
        bool KeepTiers = false,
        string? Currency = null
    );

    /// <exception cref="Refusal">404 for a property that the actor does not see; 400 listing every field at fault; 412.</exception>
    public static async Task<Saved<ProgrammeRow>> Run(
        Guid propertyId,
        Input input,
        Actor who,
        BellhopDb db,
        IfMatch match,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.LoyaltyManage);
        return await db.Save(
            async () =>
            {
                var property = await db.FindProperty(propertyId, who, cancel) ?? throw Refusal.NotThere("property", propertyId);
                var wanted = Read(input, property, db.Now);
                var present = await db.Programmes.FindAsync([who.OrganizationId, propertyId], cancel);
                if (present is not null)
                {
                    match.Demand(present.UpdatedAt);
                    Copy(wanted, present);
                }
                else
                {
                    db.Programmes.Add(present = wanted);
                }

                var perUnit = (long)(input.PointsPerUnit * LoyaltyMath.Thousandths);
                var isOther = await SetRate(present, perUnit, db.Now.DayIn(property.Zone), db, cancel);
                if (!isOther && db.Entry(present).State == EntityState.Unchanged)
                {
                    return new Saved<ProgrammeRow>(ProgrammeRow.Of(present, perUnit), present.UpdatedAt);
                }

                present.UpdatedAt = db.Now.After(present.UpdatedAt);
                db.Happened(who, "programme.saved", "programme", propertyId);
                await SetTiers(present, input.KeepTiers, db, cancel);
                return new Saved<ProgrammeRow>(ProgrammeRow.Of(present, perUnit), present.UpdatedAt);
            },
            cancel
        );
    }

    private static Programme Read(Input input, Property property, DateTime now)
    {
        var errors = new ValidationErrors();
        var name = errors.Text("name", input.Name, Programme.NameMax, required: true);
        var perUnit = input.PointsPerUnit * LoyaltyMath.Thousandths;
        if (input.PointsPerUnit is < 0 or > PerUnitMost || perUnit != decimal.Truncate(perUnit))
        {
            errors.Add("pointsPerUnit", ErrorText.Of<LoyaltyTexts>("PerUnit"));
        }

        var value = input.PointValue.Read("pointValue", errors);
        if (value is { } worth)
        {
            if (worth.Currency != property.Currency)
            {
                errors.Add("pointValue.currency", ErrorText.Of<LoyaltyTexts>("Currency", property.Currency));
            }
            else if (worth.Minor <= 0)
            {
                errors.Add("pointValue.amount", ErrorText.Of<LoyaltyTexts>("WorthNothing"));
            }
        }

        if (input.Currency is { } currency && currency != property.Currency)
        {
            errors.Add("currency", ErrorText.Of<LoyaltyTexts>("Currency", property.Currency));
        }

        errors.Range("maxRedemptionPercent", input.MaxRedemptionPercent, 0, 100);
        errors.Range("welcomeBonus", input.WelcomeBonus, 0, Programme.PointsMost);
        var tiers = Tiers(input.Tiers ?? [], errors);
        errors.Refuse();
        return new()
        {
            OrganizationId = property.OrganizationId,
            PropertyId = property.Id,
            Enabled = input.Enabled,
            Name = name!,
            Currency = property.Currency,
            PointValue = value!.Value.Minor,
            MaxRedemption = input.MaxRedemptionPercent,
            WelcomeBonus = input.WelcomeBonus,
            EnrolsAtBooking = input.EnrolAtBooking,
            SilverFrom = tiers[0],
            GoldFrom = tiers[1],
            PlatinumFrom = tiers[2],
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    private static long[] Tiers(IReadOnlyList<TierInput> input, ValidationErrors errors)
    {
        LoyaltyTier[] wanted = [LoyaltyTier.Silver, LoyaltyTier.Gold, LoyaltyTier.Platinum];
        var from = new long[wanted.Length];
        var before = 0L;
        if (input.Any(t => !wanted.Select(w => w.ToString()).Contains(t?.Name, StringComparer.OrdinalIgnoreCase) && !IsBronze(t)))
        {
            errors.Add("tiers", ErrorText.Of<LoyaltyTexts>("Tiers.Order"));
            return from;
        }

        for (var i = 0; i < wanted.Length; i++)
        {
            var name = wanted[i].ToString();
            var said = input.Where(t => name.Equals(t?.Name, StringComparison.OrdinalIgnoreCase)).ToList();
            if (said is not [{ From: > 0 and <= Programme.PointsMost } tier] || tier.From <= before)
            {
                errors.Add("tiers", ErrorText.Of<LoyaltyTexts>("Tiers.Order"));
                break;
            }

            before = from[i] = tier.From;
        }

        return from;

        // It begins with no points, and may be left out.
        static bool IsBronze(TierInput? tier) =>
            tier is { From: 0, Name: { } name } && name.Equals(nameof(LoyaltyTier.Bronze), StringComparison.OrdinalIgnoreCase);
    }

    private static void Copy(Programme from, Programme to)
    {
        (to.Enabled, to.Name, to.Currency, to.PointValue) = (from.Enabled, from.Name, from.Currency, from.PointValue);
        (to.MaxRedemption, to.WelcomeBonus, to.EnrolsAtBooking) = (from.MaxRedemption, from.WelcomeBonus, from.EnrolsAtBooking);
        (to.SilverFrom, to.GoldFrom, to.PlatinumFrom) = (from.SilverFrom, from.GoldFrom, from.PlatinumFrom);
    }

    /// <summary>Writes the rate of today, if it differs from the one that holds. Returns whether it does.</summary>
    private static async Task<bool> SetRate(Programme programme, long perUnit, DateOnly today, BellhopDb db, CancellationToken cancel)
    {
        var holds = await PointRate.LatestFirst(programme.OrganizationId, programme.PropertyId, db).FirstOrDefaultAsync(cancel);
        if (holds?.PerUnit == perUnit)
        {
            return false;
        }

        if (holds?.Day >= today)
        {
            holds.PerUnit = perUnit;
            return true;
        }

        db.PointRates.Add(
            new()
            {
                OrganizationId = programme.OrganizationId,
                PropertyId = programme.PropertyId,
                Day = today,
                PerUnit = perUnit,
            }
        );
        return true;
    }

    private static async Task SetTiers(Programme programme, bool keep, BellhopDb db, CancellationToken cancel)
    {
        var members = db.LoyaltyMembers.Where(m =>
            m.OrganizationId == programme.OrganizationId && m.PropertyId == programme.PropertyId && !m.TierKept
        );
        var now = db.Now;
        foreach (var tier in keep ? Enum.GetValues<LoyaltyTier>() : [])
        {
            var from = programme.From(tier);
            await members
                .Where(m => m.Tier == tier && m.Collected < from)
                .ExecuteUpdateAsync(s => s.SetProperty(m => m.TierKept, true), cancel);
        }

        foreach (var tier in Enum.GetValues<LoyaltyTier>())
        {
            var from = tier == LoyaltyTier.Bronze ? long.MinValue : programme.From(tier);
            var to = tier == LoyaltyTier.Platinum ? long.MaxValue : programme.From(tier + 1);
            await members
                .Where(m => m.Tier != tier && m.Collected >= from && m.Collected < to)
                .ExecuteUpdateAsync(s => s.SetProperty(m => m.Tier, tier).SetProperty(m => m.UpdatedAt, now), cancel);
        }
    }
}

/// <summary>A property's programme.</summary>
public static class GetProgramme
{
    /// <exception cref="Refusal">404 for a property that the actor does not see, or that has no programme.</exception>
    public static async Task<Saved<ProgrammeRow>> Run(Guid propertyId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        var programme = await Find(propertyId, who, db, cancel);
        var perUnit = await PerUnit(propertyId, who.OrganizationId, db, cancel);
        return new(ProgrammeRow.Of(programme, perUnit), programme.UpdatedAt);
    }

    /// <summary>The rate of the programme from today on.</summary>
    internal static Task<long> PerUnit(Guid propertyId, int organizationId, BellhopDb db, CancellationToken cancel) =>
        PointRate.LatestFirst(organizationId, propertyId, db).Select(r => r.PerUnit).FirstOrDefaultAsync(cancel);

    internal static async Task<Programme> Find(Guid propertyId, Actor who, BellhopDb db, CancellationToken cancel) =>
        who.Sees(propertyId) && await db.Programmes.FindAsync([who.OrganizationId, propertyId], cancel) is { } programme
            ? programme
            : throw Refusal.NotThere("programme", propertyId);
}

/// <summary>A programme as the API and the page show it.</summary>
/// <param name="PointsPerUnit">For one unit of the currency.</param>
/// <param name="PointValue">What one point is worth.</param>
/// <param name="MaxRedemptionPercent">How much of a booking points may pay.</param>
/// <param name="WelcomeBonus">What a new member gets once.</param>
/// <param name="Tiers">Bronze, silver, gold and platinum.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="EnrolAtBooking">A guest becomes a member with the first counted booking.</param>
public sealed record ProgrammeRow(
    bool Enabled,
    string Name,
    decimal PointsPerUnit,
    Money PointValue,
    int MaxRedemptionPercent,
    long WelcomeBonus,
    IReadOnlyList<ProgrammeRow.TierRow> Tiers,
    string Currency,
    bool EnrolAtBooking
)
{
    /// <param name="Name">The tier.</param>
    /// <param name="From">The points collected from which a member is in it.</param>
    public sealed record TierRow(LoyaltyTier Name, long From);

    internal static ProgrammeRow Of(Programme p, long perUnit) =>
        new(
            p.Enabled,
            p.Name,
            (decimal)perUnit / LoyaltyMath.Thousandths,
            new(p.PointValue, p.Currency),
            p.MaxRedemption,
            p.WelcomeBonus,
            [.. Enum.GetValues<LoyaltyTier>().Select(t => new TierRow(t, p.From(t)))],
            p.Currency,
            p.EnrolsAtBooking
        );
}
