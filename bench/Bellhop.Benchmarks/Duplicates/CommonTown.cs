using System.Globalization;
using Bellhop.Benchmarks.Contacts;
using Bellhop.Features.Duplicates.Scoring;
using Bellhop.Features.Tags;
using Bellhop.Platform;

namespace Bellhop.Benchmarks.Duplicates;

/// <summary>
/// Guests of few names (46 first and 48 last ones), each with a phone and an address of their own. What is alike of two of them is alike by
/// chance or because of the name, except for the few who are there twice.
/// </summary>
internal sealed class CommonTown
{
    public static readonly FieldKind[] Kinds = [FieldKind.Name, FieldKind.Number, FieldKind.Email, FieldKind.Date];

    private static readonly string[] Domains = ["mail", "post", "letters", "inbox", "home"];

    private CommonTown(string name, List<GuestRecord> guests, List<string> truth) => (Name, Guests, Truth) = (name, guests, truth);

    public string Name { get; }
    public IReadOnlyList<GuestRecord> Guests { get; }

    /// <summary>For each record, who it is: equal for records of one.</summary>
    public IReadOnlyList<string> Truth { get; }

    /// <summary>The town of the other benchmarks, where an address is the last name and a number: nobody is twice.</summary>
    public static CommonTown Numbered(int count)
    {
        var tags = GuestGenerator
            .TagNames.Select(n => new Tag
            {
                OrganizationId = 1,
                Name = n,
                NameKey = Fold.Key(n),
            })
            .ToList();
        var guests = new GuestGenerator([Guid.CreateVersion7()], tags, TimeZoneInfo.Utc, new(2026, 6, 1, 0, 0, 0, DateTimeKind.Utc))
            .Make(count, 1)
            .Select(g => Record(g.Contact.Name, g.Contact.Phone?.TrimStart('+'), g.Contact.Email))
            .ToList();
        return new("last name and number", guests, [.. Enumerable.Range(0, count).Select(Text)]);
    }

    /// <summary>Addresses as people make them of their names, most with a year or a number; one in a hundred is there twice.</summary>
    /// <param name="count">How many guests.</param>
    /// <param name="twice">Whether there are guests who are there twice.</param>
    public static CommonTown Written(int count, bool twice)
    {
        var (random, taken) = (new Random(20261128), new HashSet<string>(StringComparer.Ordinal));
        var (guests, truth) = (new List<GuestRecord>(), new List<string>());
        for (var i = 0; i < count; i++)
        {
            var (first, last) = (Some(GuestNames.First, random), Some(GuestNames.Last, random));
            var phone = random.Next(10) == 0 ? null : $"3519{random.Next(100_000_000):00000000}";
            string? email = null;
            if (random.Next(10) >= 3)
            {
                do
                {
                    email = $"{Local(Letters(first), Letters(last), random)}@{Some(Domains, random)}.example";
                } while (!taken.Add(email));
            }

            Add($"{first} {last}", phone, email);
            if (twice && i % 100 == 0 && phone is not null)
            {
                // At the desk somebody wrote one digit of the phone wrong, and took no address or another one.
                var at = random.Next(4, phone.Length);
                var wrong = $"{phone[..at]}{(phone[at] - '0' + 1 + random.Next(8)) % 10}{phone[(at + 1)..]}";
                Add($"{last} {first}", wrong, random.Next(2) == 0 ? null : email?.Replace(".example", ".org", StringComparison.Ordinal));
            }

            void Add(string name, string? number, string? address)
            {
                guests.Add(Record(name, number, address));
                truth.Add(Text(i));
            }
        }

        return new(twice ? "as people write them, 1 % there twice" : "as people write them", guests, truth);
    }

    private static string Local(string first, string last, Random random) =>
        random.Next(7) switch
        {
            0 => $"{first}.{last}",
            1 => $"{first}{last}{random.Next(100):00}",
            2 => $"{first}.{last}{random.Next(1950, 2010)}",
            3 => $"{first[0]}{last}{random.Next(1000)}",
            4 => $"{last}.{first}{random.Next(100)}",
            5 => $"{first}_{last}_{random.Next(1950, 2010)}",
            _ => $"{last}{first[0]}{random.Next(10_000)}",
        };

    private static GuestRecord Record(string? name, string? phone, string? email) =>
        new(
            Kinds,
            [
                [name ?? ""],
                [phone ?? ""],
                [email ?? ""],
                [],
            ]
        );

    private static string Letters(string name) => string.Concat(Fold.Key(name).Where(char.IsLetter));

    private static string Some(string[] texts, Random random) => texts[random.Next(texts.Length)];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
