using System.Globalization;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Bookings;

/// <summary>
/// What a booking says of its guest, as far as it fits. A channel cannot be asked again, so its booking is never refused for a field of the
/// guest: what is too long or odd is kept as far as it can be, with a warning. What people type is refused, and they put it right.
/// </summary>
/// <param name="errors">Where what is wrong goes, if people typed it; null for a channel's booking.</param>
internal sealed class GuestFields(ValidationErrors? errors)
{
    private readonly List<string> _warnings = [];

    /// <summary>Each begins with the field's path.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>A text as it is stored.</summary>
    public string? Text(string field, string? raw, int max, bool multiline = false) =>
        errors is not null ? errors.Text(field, raw, max, multiline: multiline) : Kept(field, raw, max, multiline).Text;

    /// <summary>A name, in one line.</summary>
    public string? Name(string field, string? raw) => Text(field, Platform.Text.OneLine(raw), Contact.NameMax);

    /// <summary>A phone as it came; and what of it may be read as a number: nothing of one that was cut.</summary>
    public (string? Kept, string? Readable) Phone(string field, string? raw)
    {
        if (errors is not null)
        {
            var typed = errors.Text(field, Platform.Phone.Plain(raw), Booking.PhoneMax);
            return (typed, typed);
        }

        var (kept, isWhole) = Kept(field, Platform.Phone.Plain(raw), Booking.PhoneMax, multiline: true);
        if (isWhole && kept is not null && kept.AsSpan().IndexOfAny('\t', '\n') >= 0)
        {
            Warn(field, "a line break or tab stands in it; kept as it came.");
        }

        return (kept, isWhole ? kept : null);
    }

    /// <summary>An address as it came; and the address that it is, where it is one.</summary>
    public (string? Kept, Email? Email) Email(string field, string? raw)
    {
        if (errors is not null)
        {
            var typed = errors.Text(field, raw, Contact.EmailMax);
            return (typed, Platform.Email.Parse(typed));
        }

        var (kept, isWhole) = Kept(field, Platform.Text.OneLine(raw), Contact.EmailMax, multiline: false);
        var email = isWhole && kept is not null ? Platform.Email.Parse(kept) : null;
        if (kept is not null && email is not { Valid: true })
        {
            Warn(field, "not an e-mail address; kept as it came, it leads to no contact.");
        }

        return (kept, email);
    }

    /// <summary>ISO 3166-1 alpha-2; null where none is given, and where a channel's is not understood.</summary>
    public string? Country(string field, string? raw)
    {
        if (errors is not null)
        {
            var typed = errors.Text(field, raw, 2);
            if (typed is not null && !Platform.Country.IsKnown(typed))
            {
                errors.Add(field, "Country");
            }

            return typed;
        }

        if (string.IsNullOrWhiteSpace(raw))
        {
            return null;
        }

        var country = CountryNames.Find(raw);
        if (country is null)
        {
            Warn(field, "no country that is known; the property's was taken instead.");
        }

        return country;
    }

    private (string? Text, bool IsWhole) Kept(string field, string? raw, int max, bool multiline)
    {
        var (text, error) = Platform.Text.Clean(raw, multiline);
        if (error is not null)
        {
            text = Platform.Text.Clean(Platform.Text.Repaired(raw!), multiline).Value;
            Warn(field, "characters that no text may hold were left out.");
        }

        if (text?.Length > max)
        {
            text = Platform.Text.Clean(Platform.Text.Beginning(text, max), multiline).Value;
            Warn(field, string.Create(CultureInfo.InvariantCulture, $"longer than {max} characters; its beginning was kept."));
            return (text, false);
        }

        return (text, error is null);
    }

    private void Warn(string field, string what) => _warnings.Add($"{field}: {what}");
}
