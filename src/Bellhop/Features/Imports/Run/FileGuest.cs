using Bellhop.Features.Contacts;
using Bellhop.Features.Imports.Files;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Features.Tags;
using Bellhop.Platform;

namespace Bellhop.Features.Imports;

/// <summary>A row after reading: the guest's values, or why the row is refused.</summary>
/// <param name="Line">The line of the file.</param>
/// <param name="Cells">The cells of the file.</param>
internal sealed record FileGuest(int Line, IReadOnlyList<string> Cells)
{
    /// <summary>Why the row is refused, by field; empty when it is not.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>What is left out of a row that is taken.</summary>
    public IReadOnlyList<ErrorText> Warnings { get; init; } = [];
    public string? Name { get; init; }
    public GuestKeys Keys { get; init; }

    /// <summary>ISO 3166-1 alpha-2 of the phone as it was read. Null without a phone, or when several countries share the number.</summary>
    public string? PhoneCountry { get; init; }

    /// <summary>The phone has no country code, and a country column made it another country's than the property's.</summary>
    public bool IsForeign { get; init; }

    /// <summary>The property where the guest becomes known.</summary>
    public Property? Property { get; init; }

    /// <summary>Whether the row itself names the property.</summary>
    public bool NamesProperty { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyList<(Detail Detail, string Value)> Details { get; init; } = [];
    public IReadOnlyList<(ConsentChannel Channel, bool Granted)> Consents { get; init; } = [];
}

/// <summary>What is wrong with one field of a row.</summary>
/// <param name="Field">The field's name in camelCase; empty for the row as a whole.</param>
internal sealed record FieldError(string Field, ErrorText Error);

/// <summary>
/// Reads rows by the same rules as guests that staff type: a value that staff could not enter, a file cannot enter either.
/// </summary>
/// <param name="property">The property of guests whose row names none.</param>
/// <param name="places">The properties that rows may name, by folded name.</param>
/// <param name="tags">Tags for every guest.</param>
internal sealed class FileGuestReader(Property property, IReadOnlyDictionary<string, Property> places, IReadOnlyList<string> tags)
{
    public FileGuest Read(GuestRow row)
    {
        if (row.Problem is { } problem)
        {
            return new(row.Line, row.Cells) { Errors = [new("", problem)] };
        }

        var (errors, warnings) = (new ValidationErrors(), row.Warnings.ToList());
        var place = Place(row.Property, errors);
        row = WithUsablePhone(row, place);
        var name = NameField.Clean(row.Name, errors);
        var phoneGiven = PhoneField.Clean(row.Phone, errors);
        var emailGiven = EmailField.Clean(row.Email, errors);
        var phone = phoneGiven is null or { Length: > Contact.PhoneMax } ? null : ReadPhone(phoneGiven, row, place, errors, warnings);

        // Many guest lists hold addresses of booking sites and invented ones. The guest is taken without such an address.
        var email = EmailField.Read(emailGiven, new());
        if (emailGiven is { Length: <= Contact.EmailMax } && email is null)
        {
            warnings.Add(ErrorText.Of<ImportTexts>("EmailLeftOut", emailGiven));
        }

        if (phoneGiven is null && email is null && !errors.Any)
        {
            errors.Add("phone", ErrorText.Of<ImportTexts>("NoPhone"));
        }

        var labels = Tags(row.Tags, warnings);
        var details = Details(row, phone, errors, warnings);
        return new(row.Line, row.Cells)
        {
            Errors = [.. errors.All.Select(f => new FieldError(f.Field, f.Error))],
            Warnings = warnings,
            Name = name,
            Keys = errors.Any ? default : GuestKeys.Of(new(name, phoneGiven, phone, emailGiven, email)),
            PhoneCountry = phone?.Region,
            IsForeign = phone is { IsNational: true } && phone.Region != place.Country && NamesAnother(row, place),
            Property = place,
            NamesProperty = row.Property is not null,
            Tags = labels,
            Details = details,
            Consents = [.. Consents(row)],
        };
    }

    /// <summary>
    /// Of a row's several phones, also those in one cell, the first that can be a guest's counts. A part of a cell counts only if it is
    /// valid, because a comma or a slash may also stand within a number.
    /// </summary>
    private static GuestRow WithUsablePhone(GuestRow row, Property place)
    {
        if (row.Phone is not { } first || (row.OtherPhones.Count == 0 && PhoneColumn.Parts(first).Count == 0))
        {
            return row;
        }

        foreach (var (given, country, column) in row.OtherPhones.Prepend((first, row.Country, row.CountryColumn)))
        {
            var whole = Phone.Parse(given, country ?? place.Country) is { Possible: true, IsDummy: false };
            var phone = whole
                ? given
                : PhoneColumn.Parts(given).FirstOrDefault(p => Phone.Parse(p, country ?? place.Country) is { Valid: true, IsDummy: false });
            if (phone is not null)
            {
                return row with { Phone = phone, Country = country, CountryColumn = column };
            }
        }

        return row;
    }

    /// <summary>
    /// Reads the phone with the row's country, else the property's. A country column may hold nationalities: a number that is not valid in
    /// the row's country but is valid in the property's is read as the property's.
    /// </summary>
    private static Phone? ReadPhone(string given, GuestRow row, Property place, ValidationErrors errors, List<ErrorText> warnings)
    {
        if (
            NamesAnother(row, place)
            && Phone.Parse(given, row.Country) is { IsNational: true, Valid: false }
            && Phone.Parse(given, place.Country) is { Valid: true, IsDummy: false } home
        )
        {
            warnings.Add(ErrorText.Of<ImportTexts>("Warning.PhoneCountry", row.Country!, row.CountryColumn!));
            return home;
        }

        return PhoneField.Read(given, row.Country ?? place.Country, errors);
    }

    private static List<(Detail Detail, string Value)> Details(
        GuestRow row,
        Phone? phone,
        ValidationErrors errors,
        List<ErrorText> warnings
    )
    {
        var details = new List<(Detail, string)>(row.Details.Count);
        foreach (var (detail, text) in row.Details)
        {
            // A country that the phone tells too says nothing new.
            if (detail == CountryField.Given && text == phone?.Region)
            {
                continue;
            }

            if (detail.OfFile(text) is not { } read)
            {
                warnings.Add(ErrorText.Of<ImportTexts>("DetailLeftOut", RowReader.Short(Visible.Of(text))));
            }
            else if (detail.Clean(read, errors) is { } value)
            {
                details.Add((detail, value));
            }
        }

        return details;
    }

    private static bool NamesAnother(GuestRow row, Property place) => row.CountryColumn is not null && row.Country != place.Country;

    private static IEnumerable<(ConsentChannel, bool)> Consents(GuestRow row)
    {
        if (row.WhatsApp is { } whatsApp)
        {
            yield return (ConsentChannel.WhatsApp, whatsApp);
        }

        if (row.EmailConsent is { } email)
        {
            yield return (ConsentChannel.Email, email);
        }
    }

    private Property Place(string? named, ValidationErrors errors)
    {
        if (named is null)
        {
            return property;
        }

        if (places.TryGetValue(PlaceRules.NameKey(named), out var place))
        {
            return place;
        }

        errors.Add("property", ErrorText.Of<ImportTexts>("UnknownProperty", named));
        return property;
    }

    /// <summary>Whether a row may name this property.</summary>
    public bool Knows(string named) => places.ContainsKey(PlaceRules.NameKey(named));

    private IReadOnlyList<string> Tags(IReadOnlyList<string> given, List<ErrorText> warnings)
    {
        if (given.Count == 0)
        {
            return tags;
        }

        var names = new List<string>(tags);
        foreach (var raw in given)
        {
            var wrong = new ValidationErrors();
            if (TagRules.Name(raw, wrong) is { } name && !wrong.Any)
            {
                names.Add(name);
            }
            else if (wrong.Any)
            {
                warnings.Add(ErrorText.Of<ImportTexts>("TagLeftOut", raw.Length > Tag.NameMax ? raw[..Tag.NameMax] + "…" : raw));
            }
        }

        return names;
    }
}
