using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Intake;

/// <summary>The identities of a guest that may lead to a contact. Relays, dummies and impossible numbers are left out.</summary>
internal readonly record struct GuestKeys(string? PhoneKey, string? Phone, string? PhoneAsGiven, string? Address, string? EmailAsGiven)
{
    public static GuestKeys Of(ResolveContact.Given guest)
    {
        var phone = guest.Phone is { Possible: true, IsDummy: false } possible ? possible : null;
        var email = guest.Email is { Usable: true } usable ? usable : null;
        return new(phone?.MatchKey, phone?.Full, guest.PhoneAsGiven, email?.Address, guest.EmailAsGiven);
    }

    /// <summary>
    /// Whether the e-mail decides which contact a touch belongs to. It does not when the touch's phone leads to a contact, or when the
    /// touch and the e-mail's contact both have a phone, since families and agencies share addresses.
    /// </summary>
    /// <param name="phoneIsKnown">The touch's phone leads to a contact.</param>
    /// <param name="bringsPhone">The touch has a phone.</param>
    /// <param name="ownerHasPhone">The contact that the e-mail leads to has a phone.</param>
    public static bool EmailDecides(bool phoneIsKnown, bool bringsPhone, bool ownerHasPhone) =>
        !phoneIsKnown && !(bringsPhone && ownerHasPhone);

    /// <summary>The keys without those that staff removed from the contact.</summary>
    public GuestKeys Without(string? takenOff, Guid contactId)
    {
        if (takenOff is null)
        {
            return this;
        }

        var phone = PhoneKey is { } key && TakenOff.Has(takenOff, contactId, IdentityKind.Phone, key);
        var email = Address is { } address && TakenOff.Has(takenOff, contactId, IdentityKind.Email, address);
        return new(
            phone ? null : PhoneKey,
            phone ? null : Phone,
            phone ? null : PhoneAsGiven,
            email ? null : Address,
            email ? null : EmailAsGiven
        );
    }

    /// <summary>The identities that a new contact with these keys gets.</summary>
    public IEnumerable<Identity> Identities(int organizationId, Guid contactId, DateTime now)
    {
        if (PhoneKey is { } phoneKey)
        {
            yield return New(IdentityKind.Phone, phoneKey, Phone!, PhoneAsGiven ?? Phone!);
        }

        if (Address is { } address)
        {
            yield return New(IdentityKind.Email, address, address, EmailAsGiven ?? address);
        }

        Identity New(IdentityKind kind, string key, string value, string asGiven) =>
            Identity.Of(organizationId, contactId, (kind, key, value), asGiven, now);
    }
}
