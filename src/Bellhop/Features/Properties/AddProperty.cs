using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Properties;

/// <summary>Adds a property.</summary>
public static class AddProperty
{
    /// <param name="Name">Unique in the organisation, ignoring case.</param>
    /// <param name="Currency">ISO 4217.</param>
    /// <param name="TimeZone">IANA name of the zone.</param>
    /// <param name="Country">ISO 3166-1 alpha-2.</param>
    public sealed record Input(string Name, string Currency, string TimeZone, string Country);

    /// <exception cref="Refusal">403 for an actor limited to some properties; 400 listing every field at fault; 409
    /// <c>duplicate-property</c>.</exception>
    public static async Task<Saved<PropertyRow>> Run(Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.SettingsManage);
        who.DemandAllProperties();
        var errors = new ValidationErrors();
        var name = PlaceRules.Name(input.Name, null, errors);
        var currency = PlaceRules.Currency("currency", input.Currency, errors);
        var zone = PlaceRules.TimeZone("timeZone", input.TimeZone, errors);
        var country = PlaceRules.Country("country", input.Country, errors);
        errors.Refuse();
        var key = PlaceRules.NameKey(name!);
        await DemandFree(key, who, db, cancel); // a refused call prepares nothing
        await db.SaveUntilDone(() => PrepareForSecond(who.OrganizationId, db, cancel), cancel);
        return await db.Save(
            async () =>
            {
                await DemandFree(key, who, db, cancel);
                var only = await db.Properties.Where(p => p.OrganizationId == who.OrganizationId && p.IsOnly).ToListAsync(cancel);
                only.ForEach(p => p.IsOnly = false);
                var property = new Property
                {
                    OrganizationId = who.OrganizationId,
                    Name = name!,
                    NameKey = key,
                    Currency = currency!,
                    TimeZone = zone!,
                    Country = country!,
                    IsOnly = !await db.Properties.AnyAsync(p => p.OrganizationId == who.OrganizationId, cancel),
                    CreatedAt = db.Now,
                    UpdatedAt = db.Now,
                };
                db.Properties.Add(property);
                db.Happened(who, "property.created", "property", property.Id);
                await db.QueueRollLast(who.OrganizationId, property.Id, null, cancel);
                return new Saved<PropertyRow>(PropertyRow.Of(property), property.UpdatedAt, $"/properties/{property.Id}");
            },
            cancel,
            SettingsLock.Alone(who.OrganizationId) // no guest is added meanwhile
        );
    }

    private static async Task DemandFree(string key, Actor who, BellhopDb db, CancellationToken cancel)
    {
        if (await db.Properties.AnyAsync(p => p.OrganizationId == who.OrganizationId && p.NameKey == key, cancel))
        {
            throw Refusal.Conflict("duplicate-property", ErrorText.Of<PropertyTexts>("DuplicateProperty"));
        }
    }

    /// <summary>
    /// Prepares some guests of the only property for lists by property, in a save of its own: there may be a million of them. Returns
    /// whether more may be left.
    /// </summary>
    private static async Task<bool> PrepareForSecond(int organizationId, BellhopDb db, CancellationToken cancel) =>
        await db.Properties.AnyAsync(p => p.OrganizationId == organizationId && p.IsOnly, cancel)
        && await db.PrepareForSecondProperty(organizationId, cancel);

    /// <exception cref="Refusal">403 for an actor limited to some properties.</exception>
    internal static void DemandAllProperties(this Actor who)
    {
        if (who.Properties is not null)
        {
            throw Refusal.Forbidden(ErrorText.Of<PropertyTexts>("AllProperties"));
        }
    }
}
