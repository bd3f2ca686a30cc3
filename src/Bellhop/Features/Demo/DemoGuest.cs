using System.Globalization;
using System.Text;

namespace Bellhop.Features.Demo;

/// <summary>
/// An invented guest of the demo. Nobody reads the address. Where a country reserves phone numbers for films, the number is one of those.
/// </summary>
internal sealed class DemoGuest
{
    public required string Country { get; init; }
    public required string Name { get; init; }

    /// <summary>The name in Latin letters without accents, for e-mail addresses.</summary>
    public required string Latin { get; init; }

    /// <summary>The phone with plus and country code; null for none.</summary>
    public string? Phone { get; init; }
    public string? Email { get; init; }

    /// <summary>The end of the last planned stay, so that stays of one guest do not overlap.</summary>
    public DateOnly BusyUntil { get; set; }

    /// <summary>Makes a guest. A different <paramref name="serial"/> gives a different number and address within one nation.</summary>
    public static DemoGuest Make(Nation nation, int serial, SeededRandom dice)
    {
        // A name comes back only when all have been given: guests of one name and neighbouring numbers would look like one guest.
        var place = Scattered(serial, nation.Given.Length * nation.Family.Length);
        var (given, givenLatin) = Split(nation.Given[place % nation.Given.Length]);
        var (family, familyLatin) = Split(nation.Family[place / nation.Given.Length]);
        if (nation.Order == NameOrder.TwoFamilies && dice.Percent(55))
        {
            var (second, _) = Split(dice.One(nation.Family));
            family = second == family ? family : family + " " + second;
        }

        var name = nation.Order switch
        {
            NameOrder.FamilyGiven => family + given,
            NameOrder.FamilyGivenSpaced => family + " " + given,
            _ => given + " " + family,
        };
        var latin = Latinise(givenLatin) + "." + Latinise(familyLatin.Split(' ')[0]);
        return new()
        {
            Country = nation.Country,
            Name = dice.Percent(2) ? name.ToUpperInvariant() : name, // as some people type
            Latin = latin,
            Phone = dice.Percent(88) ? Number(nation.Phones, serial) : null,
            Email = dice.Percent(82) ? string.Create(CultureInfo.InvariantCulture, $"{latin}{serial + 1}@example.{dice.One(Tops)}") : null,
        };
    }

    private static readonly string[] Tops = ["com", "org", "net"];

    /// <summary>The phone number for a serial. All differ, and serials next to each other give numbers far apart.</summary>
    internal static string Number(IReadOnlyList<string> patterns, int serial)
    {
        foreach (var pattern in patterns)
        {
            var room = (int)Math.Pow(10, pattern.Count(c => c == '#'));
            if (serial < room)
            {
                var digits = Scattered(serial, room);
                var text = digits.ToString(CultureInfo.InvariantCulture).PadLeft(pattern.Count(c => c == '#'), '0');
                var next = 0;
                return string.Concat(pattern.Select(c => c == '#' ? text[next++] : c));
            }

            serial -= room;
        }

        throw new InvalidOperationException("There are more demo guests of one country than numbers: add a pattern.");
    }

    // Each of the places once before any comes again: 7919 is a prime, and divides none of the rooms here.
    private static int Scattered(int serial, int room) => (int)((serial * 7919L + 37) % room);

    private static (string Native, string Latin) Split(string entry)
    {
        var parts = entry.Replace('_', ' ').Split('/');
        return (parts[0], parts[^1]);
    }

    private static string Latinise(string text)
    {
        var letters = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            letters.Append(
                c switch
                {
                    >= 'a' and <= 'z' => c.ToString(),
                    'ß' => "ss",
                    'ł' => "l",
                    'ø' => "o",
                    'æ' => "ae",
                    'đ' => "d",
                    'ı' => "i",
                    _ => "",
                }
            );
        }

        return letters.ToString();
    }
}
