using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Contacts;

/// <summary>Staff correct the shown details of a guest. From then on channels only fill blanks.</summary>
public static class EditContact
{
    /// <param name="Name">As written; null clears it.</param>
    /// <param name="Phone">A possible number, read with the assigned property's country; null clears it.</param>
    /// <param name="Email">A usable address, not a relay or dummy; null clears it.</param>
    /// <param name="PropertyId">The property to assign; the actor must see it.</param>
    public sealed record Input(
        Optional<string?> Name = default,
        Optional<string?> Phone = default,
        Optional<string?> Email = default,
        Optional<Guid> PropertyId = default
    )
    {
        /// <summary>The details to change, see <see cref="TypedDetails"/>; null clears one.</summary>
        internal Dictionary<Detail, string?> Details { get; init; } = [];
    }

    private readonly record struct Clean(
        string? Name,
        string? PhoneAsGiven,
        Phone? Phone,
        string? EmailAsGiven,
        Email? Email,
        IReadOnlyList<(Detail Detail, string? Value)> Details
    );

    /// <exception cref="Refusal">404; 412 when <paramref name="match"/> names another version; 400 listing every field at fault; 409
    /// <c>duplicate-contact</c> when the new phone is another contact's.</exception>
    public static async Task<Saved<ContactRow>> Run(Guid id, Input input, Actor who, BellhopDb db, IfMatch match, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        return await db.Save(
            async () =>
            {
                await db.LockContact(who.OrganizationId, id, cancel);
                var contact =
                    await db.Contacts.VisibleTo(who, db.ContactsAtProperty).SingleOrDefaultAsync(c => c.Id == id, cancel)
                    ?? throw Refusal.NotThere("contact", id);
                match.Demand(contact.UpdatedAt);
                var property = await Property(contact, input.PropertyId, who, db, cancel);
                await Write(contact, input, Read(contact, input, property), property, who, db, cancel);
                var row = (await GetContact.Read(id, who, db, cancel))!;
                return new Saved<ContactRow>(row, row.UpdatedAt, ContactId: id);
            },
            cancel,
            SettingsLock.Shared(who.OrganizationId)
        );
    }

    private static async Task<Property> Property(Contact contact, Optional<Guid> given, Actor who, BellhopDb db, CancellationToken cancel)
    {
        if (!given.IsGiven || given.Value == contact.PropertyId)
        {
            return await db.Properties.SingleAsync(p => p.OrganizationId == contact.OrganizationId && p.Id == contact.PropertyId, cancel);
        }

        var wanted =
            await db.Properties.VisibleTo(who).SingleOrDefaultAsync(p => p.Id == given.Value, cancel)
            ?? throw Refusal.NotThere("property", given.Value);
        return who.Sees(contact.PropertyId) ? wanted : throw CorrectContact.AssignedElsewhere(contact);
    }

    private static Clean Read(Contact contact, Input input, Property property)
    {
        var errors = new ValidationErrors();
        var name = input.Name.IsGiven ? NameField.Clean(input.Name.Value, errors) : contact.Name;
        var typed = input.Phone.IsGiven ? PhoneField.Clean(input.Phone.Value, errors) : null;

        // An unchanged phone is not checked again, because the rules for phones change over the years.
        var phone =
            typed is not null && typed == contact.Phone ? Phone.Parse(typed, null) : PhoneField.Read(typed, property.Country, errors);
        var address = input.Email.IsGiven ? EmailField.Clean(input.Email.Value, errors) : null;
        var email = address is not null && address == contact.Email ? Email.Parse(address) : EmailField.Read(address, errors);
        var details = TypedDetails.Clean(input.Details, errors);
        if (
            !errors.Any
            && name is null
            && (input.Phone.IsGiven ? typed : contact.Phone) is null
            && (input.Email.IsGiven ? address : contact.Email) is null
        )
        {
            errors.Add(
                input.Phone.IsGiven ? "phone"
                    : input.Email.IsGiven ? "email"
                    : "name",
                ErrorText.Of<IntakeTexts>("SomethingMustRemain")
            );
        }

        errors.Refuse();
        return new(name, typed, phone, address, email, details);
    }

    private static async Task Write(
        Contact contact,
        Input input,
        Clean clean,
        Property property,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var before = (contact.Name, contact.Phone, contact.Email);
        var assigned = contact.PropertyId;
        contact.Show(clean.Name, contact.Phone, contact.Email);
        if (input.Phone.IsGiven && clean.Phone?.Full != contact.Phone)
        {
            await CorrectContact.Phone(contact, clean.Phone, clean.PhoneAsGiven, who, db, cancel);
        }

        if (input.Email.IsGiven && clean.Email?.Address != contact.Email)
        {
            await CorrectContact.Email(contact, clean.Email, clean.EmailAsGiven, who, db, cancel);
        }

        if (property.Id != assigned)
        {
            await CorrectContact.Assign(contact, property, who, db, cancel);
        }

        var changes = ContactChanges.Between(before, contact);
        if (property.Id != assigned)
        {
            changes["propertyId"] = [assigned.ToString(), property.Id.ToString()];
        }

        foreach (var (detail, value) in clean.Details)
        {
            if (detail.Of(contact) is var was && was != value)
            {
                detail.Set(contact, value);
                changes[detail.Name] = [was, value];
            }
        }

        if (changes.Count == 0)
        {
            return;
        }

        await CorrectContact.ShowAtPlaces(contact, db, cancel);

        contact.UpdatedAt = db.Now.After(contact.UpdatedAt);
        db.Happened(who, "contact.updated", "contact", contact.Id, contact.Id, changes);
        await db.FlushWithFollowers(cancel);
    }
}
