using System.Xml.Linq;
using Bellhop.Platform;

namespace Bellhop.Features.Channels;

/// <summary>Reads who travels and who booked in OpenTravel's XML.</summary>
internal static class OtaGuest
{
    private const string TravelAgent = "4";
    private const string Fax = "3";
    private const string Pager = "4";

    /// <summary>The traveller; null where the message names nobody.</summary>
    public static SentGuest? Of(XElement reservation, XElement message)
    {
        var travellers = reservation.Along("ResGuests", "ResGuest").Select(Customer).OfType<Person>().ToList();
        var first = reservation
            .Along("ResGuests", "ResGuest")
            .Where(g => g.Attr("PrimaryIndicator") is "true" or "1")
            .Select(Customer)
            .FirstOrDefault(p => p is not null);
        var profiles = reservation.Along("ResGlobalInfo", "Profiles", "ProfileInfo", "Profile").ToList();
        var booker = profiles
            .Where(p => p.Attr("ProfileType") != TravelAgent)
            .Select(p => Read(p.At("Customer")))
            .FirstOrDefault(p => p is not null);
        var agency = SentValues.Line(profiles.Select(p => p.At("CompanyInfo", "CompanyName").Line()).FirstOrDefault(c => c is not null));
        var guest = first ?? travellers.FirstOrDefault();
        if (guest is null || (guest.Name is null && booker is not null))
        {
            guest = booker;
            booker = null;
        }
        else if (booker is not null && IsSame(booker, guest))
        {
            guest = guest.With(booker);
            booker = null;
        }

        return guest is null
            ? null
            : new(
                guest.Name,
                guest.Phone,
                guest.Email,
                guest.Country,
                guest.Language ?? message.Attr("PrimaryLangID"),
                guest.Newsletter,
                [.. travellers.Where(t => t != guest && t.Name is not null && t.Name != guest.Name).Select(t => t.Name!)],
                SentValues.Join(", ", booker?.Name, booker?.Phone, booker?.Email, agency)
            );
    }

    private static Person? Customer(XElement resGuest) =>
        resGuest.Along("Profiles", "ProfileInfo", "Profile").Select(p => Read(p.At("Customer"))).FirstOrDefault(p => p is not null);

    // A booker without a name, or with the traveller's, is the traveller.
    private static bool IsSame(Person booker, Person guest) =>
        booker.Name is null || string.Equals(booker.Name, guest.Name, StringComparison.OrdinalIgnoreCase);

    private static Person? Read(XElement? customer)
    {
        if (customer is null)
        {
            return null;
        }

        var name = customer.At("PersonName");
        var emails = customer
            .All("Email")
            .Where(e => e.Line() is not null)
            .OrderByDescending(e => e.Attr("DefaultInd") is "true" or "1")
            .ToList();
        var email = emails.Find(e => SentValues.IsUsable(e.Line())) ?? emails.FirstOrDefault();
        var country = customer.All("Address").Select(a => a.At("CountryName")).FirstOrDefault(c => c is not null);
        var read = new Person(
            SentValues.Join(
                " ",
                [
                    .. name.All("GivenName").Select(n => n.Line()),
                    .. name.All("MiddleName").Select(n => n.Line()),
                    name.At("SurnamePrefix").Line(),
                    name.At("Surname").Line(),
                ]
            ),
            PhoneOf(customer),
            email.Line(),
            country.Attr("Code") ?? country.Line() ?? customer.At("CitizenCountryName").Attr("Code"),
            customer.Attr("Language"),
            email.Attr("Remark") switch
            {
                "newsletter:yes" => true,
                "newsletter:no" => false,
                _ => null,
            }
        );
        return read == new Person() ? null : read;
    }

    /// <summary>The mobile number first, then any other that a voice answers; a fax never.</summary>
    private static string? PhoneOf(XElement customer) =>
        customer
            .All("Telephone")
            .Where(t => t.Attr("PhoneTechType") is not (Fax or Pager))
            .Select(t => (Kind: t.Attr("PhoneTechType"), Number: NumberOf(t)))
            .Where(t => t.Number is not null)
            .OrderByDescending(t => t.Number!.Any(char.IsDigit))
            .ThenBy(t =>
                t.Kind switch
                {
                    "5" => 0,
                    null or "1" => 1,
                    _ => 2,
                }
            )
            .Select(t => t.Number)
            .FirstOrDefault();

    private static string? NumberOf(XElement telephone)
    {
        if ((telephone.Attr("PhoneNumber") ?? telephone.Line()) is not { } number)
        {
            return null;
        }

        var code = telephone.Attr("CountryAccessCode")?.TrimStart('+', '0');
        return string.IsNullOrEmpty(code) || number.StartsWith('+')
            ? SentValues.Join(" ", telephone.Attr("AreaCityCode"), number)
            : SentValues.Join(" ", "+" + code, telephone.Attr("AreaCityCode"), number);
    }

    private sealed record Person(
        string? Name = null,
        string? Phone = null,
        string? Email = null,
        string? Country = null,
        string? Language = null,
        bool? Newsletter = null
    )
    {
        public Person With(Person other) =>
            new(
                Name ?? other.Name,
                Phone ?? other.Phone,
                Email ?? other.Email,
                Country ?? other.Country,
                Language ?? other.Language,
                Newsletter ?? other.Newsletter
            );
    }
}
