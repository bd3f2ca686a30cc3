using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Bellhop.Features.Tags;
using Bellhop.Platform;

namespace Bellhop.Benchmarks.Contacts;

/// <summary>Guests with their bookings over three years, the same for the same seed, as rows ready for the tables.</summary>
internal sealed class GuestGenerator(Guid[] properties, IReadOnlyList<Tag> tags, TimeZoneInfo zone, DateTime now)
{
    /// <summary>Tags by how many guests have each: one in four, one in ten, one in fifty, and twenty at any size.</summary>
    public static readonly string[] TagNames = ["Returns often", "Newsletter", "Late arrival", "Honorary"];

    /// <summary>Twenty guests at any size have this name: what a search for a rare word finds.</summary>
    public const string RareName = "Quillfeather";

    private static readonly Source[] Sources =
    [
        Source.BookingCom,
        Source.BookingCom,
        Source.BookingCom,
        Source.Website,
        Source.Website,
        Source.Airbnb,
        Source.Hostelworld,
        Source.WalkIn,
        Source.WhatsApp,
        Source.Phone,
    ];

    /// <summary>What a guest is in the tables.</summary>
    public sealed record Guest(
        Contact Contact,
        List<ContactAtProperty> Places,
        List<Booking> Bookings,
        List<Identity> Identities,
        List<ContactTag> Tags
    );

    public IEnumerable<Guest> Make(int count, int organization)
    {
        var random = new Random(20261122);
        var start = now.AddYears(-3);
        var step = (now - start).TotalMilliseconds / count;
        var today = now.DayIn(zone);
        for (var i = 0; i < count; i++)
        {
            var created = start.AddMilliseconds(step * i).ToMilliseconds();
            yield return One(i, count, organization, created, today, random);
        }
    }

    private Guest One(int i, int count, int organization, DateTime created, DateOnly today, Random random)
    {
        var home = (random.Next(10) < 6 ? 0 : 1) % properties.Length;
        var source = Sources[random.Next(Sources.Length)];
        var since = created.MonthIn(zone);
        var contact = new Contact
        {
            Id = Guid.CreateVersion7(new DateTimeOffset(created)),
            OrganizationId = organization,
            Source = source,
            PropertyId = properties[home],
            CreatedAt = created,
            UpdatedAt = created,
            CustomerSince = since,
        };
        var first = GuestNames.First[random.Next(GuestNames.First.Length)];
        var last = i % Math.Max(1, count / 20) == count / 41 ? RareName : GuestNames.Last[random.Next(GuestNames.Last.Length)];
        // A prime modulus: no two phones alike.
        var phone = random.Next(10) == 0 ? null : $"+3519{i * 48_271L % 99_999_989:00000000}";
        var email =
            random.Next(10) < 3 ? null : $"{Fold.Key(last).Replace(" ", "", StringComparison.Ordinal)}.{i}@mail{random.Next(9)}.example";
        contact.Show(random.Next(50) == 0 ? null : $"{first} {last}", phone, email);
        var places = new List<ContactAtProperty> { Place(contact, properties[home], since) };
        if (random.Next(5) == 0 && properties.Length > 1)
        {
            places.Add(Place(contact, properties[1 - home], since));
        }

        var bookings = new List<Booking>();
        for (
            var b = random.Next(100) switch
            {
                < 15 => 0,
                < 65 => 1,
                < 85 => 2,
                _ => random.Next(3, 7),
            };
            b > 0;
            b--
        )
        {
            var place = places[random.Next(places.Count)];
            var arrival = created.DayIn(zone).AddDays(random.Next(0, 60) + (random.Next(300) * (b - 1)));
            var departure = arrival.AddDays(random.Next(1, 7));
            var total = random.Next(2_000, 90_000);
            bookings.Add(
                new()
                {
                    Id = Guid.CreateVersion7(new DateTimeOffset(created)),
                    OrganizationId = organization,
                    PropertyId = place.PropertyId,
                    ContactId = contact.Id,
                    Source = source,
                    ExternalId = $"B{i}-{b}",
                    Reference = $"B{i}-{b}",
                    Status = departure < today ? BookingStatus.Completed : BookingStatus.Confirmed,
                    Arrival = arrival,
                    Departure = departure,
                    Total = total,
                    Currency = "EUR",
                    Converted = total,
                    ConvertedCurrency = "EUR",
                    GuestName = contact.Name,
                    GuestPhone = phone,
                    GuestEmail = email,
                    BookedAt = created,
                    CreatedAt = created,
                    UpdatedAt = created,
                }
            );
        }

        Count(contact, bookings, today);
        foreach (var place in places)
        {
            Count(place, bookings.FindAll(b => b.PropertyId == place.PropertyId), today);
        }

        return new(contact, places, bookings, Identities(contact, created), Labels(contact, i, count));
    }

    private List<ContactTag> Labels(Contact contact, int i, int count)
    {
        int[] oneIn = [4, 10, 50, count / 20];
        contact.TagIds = [.. tags.Where((_, t) => i % oneIn[t] == t).Select(t => t.Id)];
        return
        [
            .. contact.TagIds.Select(t => new ContactTag
            {
                OrganizationId = contact.OrganizationId,
                ContactId = contact.Id,
                TagId = t,
                CreatedAt = contact.CreatedAt,
            }),
        ];
    }

    private ContactAtProperty Place(Contact contact, Guid property, DateOnly since) =>
        new()
        {
            OrganizationId = contact.OrganizationId,
            PropertyId = property,
            ContactId = contact.Id,
            Listed = (short)(properties.Length > 1 ? 1 : 0),
            Source = contact.Source,
            CreatedAt = contact.CreatedAt,
            CustomerSince = since,
            NameKey = contact.NameKey,
            NameEmpty = contact.NameEmpty,
        };

    private static List<Identity> Identities(Contact contact, DateTime at)
    {
        var made = new List<Identity>();
        Add(IdentityKind.Phone, contact.Phone?.TrimStart('+'), contact.Phone);
        Add(IdentityKind.Email, contact.Email, contact.Email);
        return made;

        void Add(IdentityKind kind, string? key, string? value)
        {
            if (value is not null)
            {
                made.Add(
                    new()
                    {
                        Id = Guid.CreateVersion7(new DateTimeOffset(at)),
                        OrganizationId = contact.OrganizationId,
                        ContactId = contact.Id,
                        Kind = kind,
                        MatchKey = key!,
                        Value = value,
                        AsGiven = value,
                        FirstSeenAt = at,
                        LastSeenAt = at,
                    }
                );
            }
        }
    }

    private void Count(Figures figures, List<Booking> bookings, DateOnly today)
    {
        var stays = bookings.ConvertAll(GuestFigures.Stay.Of.Invoke);
        var counted = GuestFigures.Count(stays, "EUR", _ => zone, _ => today);
        (figures.Bookings, figures.Spent, figures.LastBookingId, figures.LastArrival) = (
            counted.Bookings,
            counted.Spent,
            counted.LastBookingId,
            counted.LastArrival
        );
        (figures.LastEmpty, figures.NextArrival, figures.ActiveUntil, figures.FirstArrival) = (
            (short)(counted.LastArrival is null ? 1 : 0),
            counted.NextArrival,
            counted.ActiveUntil,
            counted.FirstArrival
        );
    }
}
