using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Intake;

/// <summary>The usable identities of a guest: relays, dummies and impossible numbers lead nowhere.</summary>
internal readonly record struct GuestKeys(string? PhoneKey, string? Phone, string? PhoneAsGiven, string? Address, string? EmailAsGiven)
{
    public static GuestKeys Of(ResolveContact.Given guest)
    {
        var phone = guest.Phone is { Possible: true, IsDummy: false } possible ? possible : null;
        var email = guest.Email is { Usable: true } usable ? usable : null;
        return new(phone?.MatchKey, phone?.Full, guest.PhoneAsGiven, email?.Address, guest.EmailAsGiven);
    }

    /// <summary>
    /// Whether an e-mail says whose touch it is: not beside a phone that leads somewhere, and beside a second phone it proves nothing,
    /// since families and agencies share addresses.
    /// </summary>
    /// <param name="phoneIsKnown">The touch's phone is somebody's.</param>
    /// <param name="bringsPhone">The touch has a phone.</param>
    /// <param name="ownerHasPhone">Whoever the e-mail leads to has one.</param>
    public static bool EmailDecides(bool phoneIsKnown, bool bringsPhone, bool ownerHasPhone) =>
        !phoneIsKnown && !(bringsPhone && ownerHasPhone);

    /// <summary>Without what staff took off the contact.</summary>
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

    /// <summary>The identities that there would be of a new contact.</summary>
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
            new()
            {
                OrganizationId = organizationId,
                ContactId = contactId,
                Kind = kind,
                MatchKey = key,
                Value = value,
                AsGiven = asGiven,
                FirstSeenAt = now,
                LastSeenAt = now,
            };
    }
}
