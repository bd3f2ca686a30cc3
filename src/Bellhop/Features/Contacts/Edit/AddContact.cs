using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Contacts;

/// <summary>Staff add a guest by hand.</summary>
public static class AddContact
{
    /// <param name="Phone">A possible number, with or without country code.</param>
    /// <param name="PropertyId">The property to assign.</param>
    /// <param name="Country">The guest's country, ISO 3166-1 alpha-2. It is also that of a number without country code, for which the
    /// property's country is taken when it is left out.</param>
    public sealed record Input(string Phone, Guid PropertyId, string? Name = null, string? Email = null, string? Country = null)
    {
        /// <summary>The guest's details, see <see cref="TypedDetails"/>.</summary>
        internal Dictionary<Detail, string?> Details { get; init; } = [];
    }

    /// <exception cref="Refusal">400 listing every field at fault; 404 for the property; 409 <c>duplicate-contact</c> with <c>contactId</c>
    /// when a contact has the phone.</exception>
    public static async Task<Saved<ContactRow>> Run(Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        return await db.Save(
            () => db.WithoutDetectingChanges(() => Make(input, who, db, cancel)),
            cancel,
            SettingsLock.Shared(who.OrganizationId)
        );
    }

    private static async Task<Saved<ContactRow>> Make(Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var property = await db.FindProperty(input.PropertyId, who, cancel) ?? throw Refusal.NotThere("property", input.PropertyId);
        var (guest, details) = Read(input, property);
        if (await CorrectContact.Owner(IdentityKind.Phone, guest.Phone!.MatchKey!, who.OrganizationId, db, cancel) is { } known)
        {
            throw await CorrectContact.Duplicate(known, who, db, cancel);
        }

        var (contact, isNew) = await ResolveContact.Run(new(property, Source.Manual, TouchKind.Manual, guest), who, db, cancel);
        if (!isNew)
        {
            // With a new phone, the contact was known by its e-mail alone. Without one, another request has stored the phone first.
            if (!db.ChangeTracker.Entries<Identity>().Any(i => i.State == EntityState.Added && i.Entity.Kind == IdentityKind.Phone))
            {
                throw await CorrectContact.Duplicate(contact.Id, who, db, cancel);
            }

            await db.Flush(cancel);
        }

        if (details.Count > 0)
        {
            await SetDetails(contact, isNew, details, db, cancel);
        }

        var row =
            isNew && details.Count == 0
                ? await Shown(contact, property, db, cancel)
                : (await GetContact.Read(contact.Id, who, db, cancel))!;
        return new Saved<ContactRow>(row, row.UpdatedAt, $"/contacts/{contact.Id}", contact.Id);
    }

    /// <summary>The row of a guest about whom nothing else is known yet, as <see cref="GetContact"/> would read it.</summary>
    private static async Task<ContactRow> Shown(Contact contact, Property property, BellhopDb db, CancellationToken cancel)
    {
        var currency = (await db.Organizations.FindAsync([contact.OrganizationId], cancel))!.Currency;
        return new(
            contact.Id,
            contact.Name,
            contact.Phone,
            contact.Email,
            contact.Source,
            new(property.Id, property.Name),
            [],
            0,
            new(0, currency),
            contact.CustomerSince,
            null,
            null,
            false,
            null,
            contact.CreatedAt,
            contact.UpdatedAt
        )
        {
            Country = contact.Country,
        };
    }

    /// <summary>Sets the details of a new guest. If the guest was known already, it fills only the empty details.</summary>
    private static async Task SetDetails(
        Contact contact,
        bool isNew,
        IReadOnlyList<(Detail Detail, string? Value)> details,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        foreach (var (detail, value) in details.Where(d => isNew || d.Detail.Of(contact) is null))
        {
            detail.Set(contact, value);
        }

        await db.Flush(cancel);
        await CorrectContact.ShowAtPlaces(contact, db, cancel);
        await db.Flush(cancel);
    }

    private static (ResolveContact.Given Guest, IReadOnlyList<(Detail Detail, string? Value)> Details) Read(Input input, Property property)
    {
        var errors = new ValidationErrors();
        var name = NameField.Clean(input.Name, errors);
        var country = CountryField.Given.Clean(input.Country, errors);
        var typed = PhoneField.Clean(input.Phone, errors, required: true);
        var phone = PhoneField.Read(typed, country ?? property.Country, errors);
        var address = EmailField.Clean(input.Email, errors);
        var email = EmailField.Read(address, errors);
        var details = TypedDetails.Clean(new(input.Details) { [CountryField.Given] = country }, errors);
        errors.Refuse();
        return (new(name, typed, phone, address, email), [.. details.Where(d => d.Value is not null)]);
    }
}
