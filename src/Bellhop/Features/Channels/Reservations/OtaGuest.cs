using System.Xml.Linq;
using Bellhop.Platform;

namespace Bellhop.Features.Channels;

/// <summary>Reads who travels and who booked in OpenTravel's XML.</summary>
internal static class OtaGuest
{
    private const string TravelAgent = "4";
    private const string Child = "8";
    private const string Infant = "7";
    private const string Emergency = "1";
    private const string TravelArranger = "2";

    // OpenTravel's codes; some senders write the words.
    private static readonly string[] NoVoice = ["3", "4", "fax", "pager"];
    private static readonly string[] Mobile = ["5", "mobile", "cell", "cellular"];

    /// <summary>The traveller; null where the message names nobody.</summary>
    public static SentGuest? Of(XElement reservation, XElement message)
    {
        var guests = reservation.Along("ResGuests", "ResGuest").ToList();
        var travellers = guests.Select(Customer).OfType<Person>().ToList();
        var room = reservation.At("RoomStays", "RoomStay", "ResGuestRPHs");
        var place = room.At("ResGuestRPH").Attr("RPH") ?? room.Line();
        var first = guests
            .OrderByDescending(g => IsTrue(g.Attr("PrimaryIndicator")))
            .ThenBy(g => g.Attr("AgeQualifyingCode") is Child or Infant)
            .ThenByDescending(g => place is not null && g.Attr("ResGuestRPH") == place)
            .Select(Customer)
            .FirstOrDefault(p => p is not null);
        var profiles = reservation.Along("ResGlobalInfo", "Profiles").SelectMany(ProfilesIn).ToList();
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
        resGuest.All("Profiles").SelectMany(ProfilesIn).Select(p => Read(p.At("Customer"))).FirstOrDefault(p => p is not null);

    // Some senders leave out the element between.
    private static IEnumerable<XElement> ProfilesIn(XElement profiles) =>
        profiles.All("ProfileInfo").SelectMany(i => i.All("Profile")).Concat(profiles.All("Profile"));

    private static bool IsTrue(string? said) => said == "1" || string.Equals(said, "true", StringComparison.OrdinalIgnoreCase);

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
        var emails = customer.All("Email").Where(e => e.Line() is not null).OrderByDescending(e => IsTrue(e.Attr("DefaultInd"))).ToList();
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

    /// <summary>The mobile number first, then any other that a voice answers; a fax never, and another person's last.</summary>
    private static string? PhoneOf(XElement customer) =>
        customer
            .All("Telephone")
            .Select(t => (Kind: t.Attr("PhoneTechType")?.ToLowerInvariant(), Use: t.Attr("PhoneUseType"), Number: WholeNumberOf(t)))
            .Where(t => t.Number is not null && !NoVoice.Contains(t.Kind))
            .OrderByDescending(t => t.Number!.Any(char.IsDigit))
            .ThenBy(t => t.Use is Emergency or TravelArranger)
            .ThenBy(t =>
                Mobile.Contains(t.Kind) ? 0
                : t.Kind is null or "1" or "voice" ? 1
                : 2
            )
            .Select(t => t.Number)
            .FirstOrDefault();

    private static string? WholeNumberOf(XElement telephone) =>
        SentValues.Join(" ext. ", NumberOf(telephone), NumberOf(telephone) is null ? null : telephone.Attr("Extension"));

    private static string? NumberOf(XElement telephone)
    {
        if ((telephone.Attr("PhoneNumber") ?? telephone.Line()) is not { } number)
        {
            return null;
        }

        var national = SentValues.Join(" ", telephone.Attr("AreaCityCode"), number)!;
        var said = telephone.Attr("CountryAccessCode");
        var code = said?.TrimStart('+', '0');
        if (string.IsNullOrEmpty(code) || number.StartsWith('+') || number.StartsWith("00", StringComparison.Ordinal))
        {
            return number.StartsWith('+') ? number : national;
        }

        if (!code.All(char.IsAsciiDigit))
        {
            return Phone.Parse(national, said) is { Possible: true, E164: { } read } ? read : national; // ES in the place of 34
        }

        var whole = $"+{code} {national}";
        return
            number.StartsWith(code, StringComparison.Ordinal)
            && !Phone.Parse(whole, null).Possible
            && Phone.Parse("+" + number, null).Possible
            ? "+" + number // the code stands in both
            : whole;
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
