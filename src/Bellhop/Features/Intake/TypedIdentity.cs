using Bellhop.Platform;

namespace Bellhop.Features.Intake;

/// <summary>A phone and an e-mail as staff type them: what leads to nobody is refused, where a booking would keep it as it came.</summary>
public static class TypedIdentity
{
    /// <summary>A phone that is possible and the guest's own; null with the fault where it is not.</summary>
    /// <param name="field">The field's path.</param>
    /// <param name="clean">Cleaned text; not null.</param>
    /// <param name="region">The country of a number without country code.</param>
    /// <param name="faults">Collects what is wrong.</param>
    public static Phone? ReadPhone(string field, string clean, string region, Faults faults)
    {
        if (clean.Length > Contact.PhoneMax)
        {
            faults.Add(field, "TooLong", Contact.PhoneMax);
            return null;
        }

        var phone = Phone.Parse(clean, region);
        if (!phone.Possible)
        {
            faults.Add(field, "Phone");
            return null;
        }

        if (phone.IsDummy)
        {
            faults.Add(field, Fault.Of<IntakeTexts>("DummyPhone"));
            return null;
        }

        return phone;
    }

    /// <summary>An e-mail address that is the guest's own; null with the fault where it is not.</summary>
    /// <param name="field">The field's path.</param>
    /// <param name="clean">Cleaned text; not null.</param>
    /// <param name="faults">Collects what is wrong.</param>
    public static Email? ReadEmail(string field, string clean, Faults faults)
    {
        var email = Email.Parse(clean);
        if (email.Usable && email.Address.Length <= Contact.EmailMax)
        {
            return email;
        }

        faults.Add(field, email switch
        {
            { Valid: false } => Fault.Of<PlatformTexts>("Fault.Email"),
            { IsRelay: true } => Fault.Of<IntakeTexts>("RelayEmail"),
            _ => Fault.Of<IntakeTexts>("DummyEmail"),
        });
        return null;
    }
}
