using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Properties;

/// <summary>The organisation as the API shows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Currency">ISO 4217: the currency of guests' totals.</param>
/// <param name="TimeZone">IANA: the zone in which its months begin.</param>
/// <param name="CreatedAt">UTC.</param>
public sealed record OrganizationRow(string Name, string Currency, string TimeZone, DateTime CreatedAt)
{
    internal static OrganizationRow Of(Organization o) => new(o.Name, o.Currency, o.TimeZone, o.CreatedAt);
}

/// <summary>The organisation that the actor works in.</summary>
public static class GetOrganization
{
    public static async Task<OrganizationRow> Run(Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandKnown();
        return OrganizationRow.Of(await db.Organizations.AsNoTracking().SingleAsync(o => o.Id == who.OrganizationId, cancel));
    }
}

/// <summary>
/// Changes the organisation's name, reporting currency or zone. After a change of currency, a background job converts every total again.
/// </summary>
public static class ChangeOrganization
{
    /// <param name="Name">Unique among the organisations of this install.</param>
    /// <param name="Currency">ISO 4217.</param>
    /// <param name="TimeZone">IANA.</param>
    public sealed record Input(Optional<string> Name = default, Optional<string> Currency = default, Optional<string> TimeZone = default);

    /// <exception cref="Refusal">403 for an actor limited to some properties; 400 listing every field at fault; 409
    /// <c>duplicate-organization</c>.</exception>
    public static async Task<OrganizationRow> Run(Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.SettingsManage);
        who.DemandAllProperties();
        return await db.Save(
            async () =>
            {
                var organization = await db.Organizations.SingleAsync(o => o.Id == who.OrganizationId, cancel);
                Write(organization, input);
                var changed = db.Entry(organization).Properties.Where(p => p.IsModified).Select(p => p.Metadata.Name).ToList();
                if (
                    changed.Contains(nameof(Organization.Name))
                    && await db.Organizations.AnyAsync(o => o.Name == organization.Name && o.Id != organization.Id, cancel)
                )
                {
                    throw Refusal.Conflict("duplicate-organization", ErrorText.Of<PropertyTexts>("DuplicateOrganization"));
                }

                if (changed.Contains(nameof(Organization.Currency)))
                {
                    await db.QueueConvert(who, new(), cancel);
                }

                if (changed.Count > 0)
                {
                    db.Happened(
                        who,
                        "organization.updated",
                        "organization",
                        null,
                        changed.Select(c => char.ToLowerInvariant(c[0]) + c[1..])
                    );
                }

                return OrganizationRow.Of(organization);
            },
            cancel,
            SettingsLock.Alone(who.OrganizationId)
        );
    }

    private static void Write(Organization organization, Input input)
    {
        var errors = new ValidationErrors();
        var name = PlaceRules.Name(input.Name, organization.Name, errors);
        var currency = PlaceRules.Currency(input.Currency, organization.Currency, errors);
        var zone = PlaceRules.TimeZone(input.TimeZone, organization.TimeZone, errors);
        errors.Refuse();
        (organization.Name, organization.Currency, organization.TimeZone) = (name!, currency!, zone!);
    }
}
