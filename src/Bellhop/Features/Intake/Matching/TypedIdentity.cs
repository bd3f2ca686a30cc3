using Bellhop.Platform;

namespace Bellhop.Features.Intake;

/// <summary>A phone and an e-mail as staff type them: what leads to nobody is refused, where a booking would keep it as it came.</summary>
public static class TypedIdentity
{
    /// <summary>A phone that is possible and the guest's own; null with the error where it is not.</summary>
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

    /// <summary>An e-mail address that is the guest's own; null with the error where it is not.</summary>
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
