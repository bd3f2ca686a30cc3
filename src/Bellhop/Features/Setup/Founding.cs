using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Setup;

/// <summary>The input for a new organisation, its first property and its first owner.</summary>
/// <param name="Organization">The organisation's name.</param>
/// <param name="Email">The owner's address, used to sign in.</param>
/// <param name="Password">At least twelve characters.</param>
/// <param name="Property">The first hostel's or hotel's name.</param>
/// <param name="Currency">ISO 4217: the currency of the property and of the organisation's reports.</param>
/// <param name="TimeZone">IANA name of the zone.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Name">The owner's name, as colleagues see it; the address when left out.</param>
public sealed record Founding(
    string Organization,
    string Email,
    string Password,
    string Property,
    string Currency,
    string TimeZone,
    string Country,
    string? Name = null
)
{
    /// <summary>
    /// Checks the input and refuses it with all errors at once. Otherwise makes the rows and does the slow work, but writes nothing.
    /// </summary>
    internal Rows Read(Passwords passwords, ILookupNormalizer names, DateTime now)
    {
        var errors = new ValidationErrors();
        var organization = errors.Text("organization", Organization, 200, required: true);
        var property = errors.Text("property", Property, 200, required: true);
        var name = errors.Text("name", Name, 200);
        var email = Accounts.ReadEmail(errors, "email", Email);
        Passwords.Check(errors, "password", Password, email ?? "", organization, property);
        Demand(errors, "currency", Currency, Platform.Currency.IsKnown(Currency), "Currency");
        Demand(errors, "timeZone", TimeZone, Clock.Zone(TimeZone) is not null, "TimeZone");
        Demand(errors, "country", Country, Platform.Country.IsKnown(Country), "Country");
        var propertyKey = Fold.Key(property ?? "");
        if (propertyKey.Length > 400)
        {
            errors.Add("property", "TooLong", 200);
        }

        errors.Refuse();
        return new(organization!, property!, propertyKey, Accounts.New(email!, name, Password, passwords, names, now));
    }

    /// <summary>Adds the rows, inside a save.</summary>
    /// <param name="number">The organisation's id; null for the next one.</param>
    internal async Task<Organization> Write(Rows rows, int? number, Actor who, Passwords passwords, BellhopDb db, CancellationToken cancel)
    {
        if (await db.Organizations.AnyAsync(o => o.Name == rows.Organization, cancel))
        {
            throw Refusal.Conflict("name-taken", ErrorText.Of<SetupTexts>("NameTaken"));
        }

        var now = db.Now;
        var organization = new Organization
        {
            Id = number ?? 0,
            Name = rows.Organization,
            Currency = Currency,
            TimeZone = TimeZone,
            CreatedAt = now,
        };
        db.Organizations.Add(organization);
        await db.Flush(cancel); // its number, for the rest

        var owner = await db.Users.SingleOrDefaultAsync(u => u.NormalizedEmail == rows.Owner.NormalizedEmail, cancel);
        if (owner is null)
        {
            db.Users.Add(owner = rows.Owner);
        }
        else if (!passwords.Fits(owner, Password))
        {
            throw Refusal.Conflict("account-exists", ErrorText.Of<SetupTexts>("AccountExists"));
        }

        var property = new Property
        {
            OrganizationId = organization.Id,
            Name = rows.Property,
            NameKey = rows.PropertyKey,
            Currency = Currency,
            TimeZone = TimeZone,
            Country = Country,
            IsOnly = true,
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Properties.Add(property);
        db.Memberships.Add(
            new()
            {
                OrganizationId = organization.Id,
                UserId = owner.Id,
                Role = Roles.Owner,
                CreatedAt = now,
                UpdatedAt = now,
            }
        );
        var maker = Actor.System(organization.Id) with { From = who.From };
        db.Happened(maker, "organization.created", "organization", null);
        db.Happened(maker, "property.created", "property", property.Id);
        db.Happened(maker, "member.added", "member", owner.Id);
        return organization;
    }

    private static void Demand(ValidationErrors errors, string field, string value, bool known, string key)
    {
        if (value.Length == 0)
        {
            errors.Add(field, "Required");
        }
        else if (!known)
        {
            errors.Add(field, key);
        }
    }

    internal sealed record Rows(string Organization, string Property, string PropertyKey, User Owner);
}
