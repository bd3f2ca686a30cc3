using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Bellhop.Ui;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Properties;

/// <summary>The organisation as the API shows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Currency">ISO 4217: the currency of guests' totals.</param>
/// <param name="TimeZone">IANA: the zone in which its months begin.</param>
/// <param name="PublicAddress">The beginning of links that its guests and team get, where the operator configured none.</param>
/// <param name="Accent">The colour of its main buttons, as <c>#rrggbb</c>.</param>
/// <param name="MergeAutomatically">Whether Bellhop merges two guests by itself where nothing is in doubt.</param>
/// <param name="Logo">The path of its logo.</param>
/// <param name="CreatedAt">UTC.</param>
public sealed record OrganizationRow(
    string Name,
    string Currency,
    string TimeZone,
    string? PublicAddress,
    string? Accent,
    bool MergeAutomatically,
    string? Logo,
    DateTime CreatedAt
)
{
    /// <summary>As the database has it, or as the present save will write it.</summary>
    internal static async Task<OrganizationRow> Read(Actor who, BellhopDb db, CancellationToken cancel)
    {
        var o = await db.Organizations.SingleAsync(o => o.Id == who.OrganizationId, cancel);
        var logo =
            db.Logos.Local.FirstOrDefault(l => l.OrganizationId == o.Id)?.Version
            ?? await db.Logos.Where(l => l.OrganizationId == o.Id).Select(l => l.Version).SingleOrDefaultAsync(cancel);
        return new(
            o.Name,
            o.Currency,
            o.TimeZone,
            o.PublicAddress,
            o.Accent,
            o.MergeAutomatically,
            logo is null ? null : $"/api/v1/organization/logo?v={logo}",
            o.CreatedAt
        );
    }
}

/// <summary>The organisation that the actor works in.</summary>
public static class GetOrganization
{
    public static async Task<OrganizationRow> Run(Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandKnown();
        return await OrganizationRow.Read(who, db, cancel);
    }
}

/// <summary>
/// Changes the organisation's name, reporting currency, zone, public address or colour. After a change of currency, the rates to it follow
/// from the euro's, and a background job converts every total again.
/// </summary>
public static class ChangeOrganization
{
    /// <param name="Name">Unique among the organisations of this install.</param>
    /// <param name="Currency">ISO 4217.</param>
    /// <param name="TimeZone">IANA.</param>
    /// <param name="PublicAddress">Such as <c>https://desk.example.org</c>; null for none.</param>
    /// <param name="Accent"><c>#rrggbb</c>; null for Bellhop's own colour.</param>
    /// <param name="MergeAutomatically">Whether Bellhop merges two guests by itself where one proven phone or address is both's and nothing
    /// speaks against it.</param>
    public sealed record Input(
        Optional<string> Name = default,
        Optional<string> Currency = default,
        Optional<string> TimeZone = default,
        Optional<string?> PublicAddress = default,
        Optional<string?> Accent = default,
        Optional<bool> MergeAutomatically = default
    );

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
                    await EuroRates.Add(organization.Id, organization.Currency, db, cancel);
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

                return await OrganizationRow.Read(who, db, cancel);
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
        var address = organization.PublicAddress;
        if (input.PublicAddress.IsGiven)
        {
            address = errors.Text("publicAddress", input.PublicAddress.Value, OrganizationTable.PublicAddressMax);
            if (address is not null && (address = PublicAddress.Standard(address!)) is null)
            {
                errors.Add("publicAddress", ErrorText.Of<PropertyTexts>("PublicAddress"));
            }
        }

        var accent = input.Accent.IsGiven ? input.Accent.Value?.ToLowerInvariant() : organization.Accent;
        if (accent is not null && !Accent.IsColour(accent))
        {
            errors.Add("accent", ErrorText.Of<PropertyTexts>("Accent"));
        }

        errors.Refuse();
        (organization.Name, organization.Currency, organization.TimeZone) = (name!, currency!, zone!);
        (organization.PublicAddress, organization.Accent) = (address, accent);
        if (input.MergeAutomatically.IsGiven)
        {
            organization.MergeAutomatically = input.MergeAutomatically.Value;
        }
    }
}
