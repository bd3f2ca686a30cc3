using System.Globalization;
using System.Text;

namespace Bellhop.Features.Demo;

/// <summary>
/// A guest of the demo: invented, with an address nobody reads and a number that, where a country keeps some for films, is one of those.
/// </summary>
internal sealed class DemoGuest
{
    public required string Country { get; init; }
    public required string Name { get; init; }

    /// <summary>The name in Latin letters without marks, for addresses.</summary>
    public required string Latin { get; init; }

    /// <summary>As the guest gives it: with plus and country code.</summary>
    public string? Phone { get; init; }
    public string? Email { get; init; }

    /// <summary>When the last stay planned so far ends, so that nobody is in two beds.</summary>
    public DateOnly BusyUntil { get; set; }

    /// <summary>Makes a guest; <paramref name="serial"/> keeps numbers and addresses of one nation apart.</summary>
    public static DemoGuest Make(Nation nation, int serial, SeededRandom dice)
    {
        var (given, givenLatin) = Split(dice.One(nation.Given));
        var (family, familyLatin) = Split(dice.One(nation.Family));
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

    /// <summary>The number of a serial: each differs, and neighbours are far apart.</summary>
    internal static string Number(IReadOnlyList<string> patterns, int serial)
    {
        foreach (var pattern in patterns)
        {
            var room = (int)Math.Pow(10, pattern.Count(c => c == '#'));
            if (serial < room)
            {
                var digits = (int)((serial * 7919L + 37) % room); // 7919 shares no factor with a power of ten
                var text = digits.ToString(CultureInfo.InvariantCulture).PadLeft(pattern.Count(c => c == '#'), '0');
                var next = 0;
                return string.Concat(pattern.Select(c => c == '#' ? text[next++] : c));
            }

            serial -= room;
        }

        throw new InvalidOperationException("There are more demo guests of one country than numbers: add a pattern.");
    }

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
