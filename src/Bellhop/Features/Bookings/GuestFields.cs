using System.Globalization;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Bookings;

/// <summary>
/// Reads a booking's guest fields. A channel cannot correct its input, so its booking is never refused for a guest field: a field that is
/// too long or odd is kept as far as possible, with a warning. People can correct what they type, so their errors are refused.
/// </summary>
/// <param name="errors">Receives the errors when people typed the fields; null for a channel's booking.</param>
internal sealed class GuestFields(ValidationErrors? errors)
{
    private readonly List<string> _warnings = [];

    /// <summary>Each warning begins with the field's path.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Whether a warning is of a field of the guest, and not of the notes.</summary>
    public static bool IsOfGuest(string warning) => warning.StartsWith("guest.", StringComparison.Ordinal);

    /// <summary>The text to store; null for none.</summary>
    public string? Text(string field, string? raw, int max, bool multiline = false) =>
        errors is not null ? errors.Text(field, raw, max, multiline: multiline) : Kept(field, raw, max, multiline).Text;

    /// <summary>The name to store, as one line.</summary>
    public string? Name(string field, string? raw) => Text(field, Platform.Text.OneLine(raw), Contact.NameMax);

    /// <summary>
    /// <c>Kept</c> is the phone to store. <c>Readable</c> is the text to read a number from; null when the phone was cut or repaired.
    /// </summary>
    public (string? Kept, string? Readable) Phone(string field, string? raw)
    {
        if (errors is not null)
        {
            var typed = errors.Text(field, Platform.Text.OneLine(Platform.Phone.Plain(raw)), Booking.PhoneMax);
            return (typed, typed);
        }

        var (kept, isWhole) = Kept(field, Platform.Phone.Plain(raw), Booking.PhoneMax, multiline: true);
        if (isWhole && kept is not null && kept.AsSpan().IndexOfAny('\t', '\n') >= 0)
        {
            Warn(field, "a line break or tab stands in it; kept as it came.");
        }

        return (kept, isWhole ? kept : null);
    }

    /// <summary>
    /// <c>Kept</c> is the e-mail to store as it was received. <c>Email</c> is the address read from it; null where it cannot be read.
    /// </summary>
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

    /// <summary>ISO 3166-1 alpha-2. Null when none is given, and when a channel's country is not understood.</summary>
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
