using Bellhop.Platform;

namespace Bellhop.Features.Intake;

/// <summary>Reads a phone and an e-mail that staff type. One that leads nowhere is refused; a booking would keep it as it came.</summary>
public static class TypedIdentity
{
    /// <summary>The parsed phone. Null, with an error, when it is too long, impossible or a dummy.</summary>
    /// <param name="field">The field's path.</param>
    /// <param name="clean">Cleaned text; not null.</param>
    /// <param name="region">The country of a number without country code.</param>
    /// <param name="errors">Collects what is wrong.</param>
    public static Phone? ReadPhone(string field, string clean, string region, ValidationErrors errors)
    {
        if (clean.Length > Contact.PhoneMax)
        {
            errors.Add(field, "TooLong", Contact.PhoneMax);
            return null;
        }

        var phone = Phone.Parse(clean, region);
        if (!phone.Possible)
        {
            errors.Add(field, "Phone");
            return null;
        }

        if (phone.IsDummy)
        {
            errors.Add(field, ErrorText.Of<IntakeTexts>("DummyPhone"));
            return null;
        }

        return phone;
    }

    /// <summary>The parsed e-mail. Null, with an error, when it is invalid, too long, a relay or a dummy.</summary>
    /// <param name="field">The field's path.</param>
    /// <param name="clean">Cleaned text; not null.</param>
    /// <param name="errors">Collects what is wrong.</param>
    public static Email? ReadEmail(string field, string clean, ValidationErrors errors)
    {
        var email = Email.Parse(clean);
        if (email.Usable && email.Address.Length <= Contact.EmailMax)
        {
            return email;
        }

        errors.Add(
            field,
            email switch
            {
                { Valid: false } => ErrorText.Of<PlatformTexts>("Error.Email"),
                { IsRelay: true } => ErrorText.Of<IntakeTexts>("RelayEmail"),
                _ => ErrorText.Of<IntakeTexts>("DummyEmail"),
            }
        );
        return null;
    }
}
