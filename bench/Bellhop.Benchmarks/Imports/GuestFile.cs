using System.Globalization;
using System.Text;

namespace Bellhop.Benchmarks.Imports;

/// <summary>
/// A CSV file of so many guests, the same for the same number: names of several scripts, phones no two alike, seven in ten with an e-mail,
/// one in three with a tag.
/// </summary>
internal static class GuestFile
{
    private static readonly string[] First =
    [
        "Ana",
        "Maria",
        "José",
        "João",
        "Inês",
        "Lukas",
        "Emma",
        "Noah",
        "Léa",
        "Hugo",
        "Zofia",
        "Yuki",
        "Wei",
        "Fatima",
        "Omar",
        "Olga",
        "Giulia",
        "Nikos",
        "Søren",
        "Aoife",
        "王伟",
        "Анна",
        "محمد",
        "Bram",
    ];

    private static readonly string[] Last =
    [
        "Silva",
        "Santos",
        "Muñoz",
        "García",
        "Müller",
        "Schmidt",
        "Dubois",
        "Rossi",
        "Kowalski",
        "Nowak",
        "Tanaka",
        "Kim",
        "Nguyen",
        "Hassan",
        "Petrova",
        "Jensen",
        "O'Brien",
        "Smith",
        "van Dijk",
        "Castellanos",
    ];

    private static readonly string[] Tags = ["Newsletter", "Returns often", "Late arrival", "Vegan"];

    public static string Make(int guests)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "bellhop-bench"));
        var file = Path.Combine(folder.FullName, string.Create(CultureInfo.InvariantCulture, $"guests-{guests}.csv"));
        if (File.Exists(file))
        {
            return file;
        }

        using var text = new StreamWriter(file, append: false, new UTF8Encoding(false));
        text.Write("name,phone,email,tags\r\n");
        var random = new Random(20261125);
        for (var i = 0; i < guests; i++)
        {
            var (first, last) = (First[random.Next(First.Length)], Last[random.Next(Last.Length)]);
            var email = random.Next(10) < 7 ? $"guest.{i * 7_919L % 1_000_003:0}.{i}@mail{random.Next(9)}.example" : "";
            // A prime modulus: no two phones alike.
            text.Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{first} {last},+3519{i * 48_271L % 99_999_989:00000000},{email},"
                        + $"{(random.Next(3) == 0 ? Tags[random.Next(Tags.Length)] : "")}\r\n"
                )
            );
        }

        return file;
    }
}
