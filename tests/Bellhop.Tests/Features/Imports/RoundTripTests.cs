using System.Text;
using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Export;
using CsCheck;

namespace Bellhop.Tests.Features.Imports;

/// <summary>What goes out comes in again as it was: of every guest the columns that an import takes, letter by letter.</summary>
public class RoundTripTests
{
    private const int Taken = 5; // name, phone, email, tags, property; then the consents at the end

    private static readonly Gen<string> Text = Gen.String[Gen.Char["=+-@'\"＝＠,;|:\n ab é王ع1"], 0, 8];

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Exported_imported_and_exported_again_the_rows_are_the_same(string engine)
    {
        await using var first = await TestHouse.Make(engine);
        await using var second = await TestHouse.Make(engine);
        var guests = new List<string>();
        Gen.Select(Text, Text.Array[0, 3], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Bool, Gen.Bool)
            .Array[60]
            .Sample(
                rows =>
                    guests = [
                        .. rows.Select(
                            (r, i) =>
                                string.Join(
                                    ',',
                                    Cell(r.Item1),
                                    $"+35191{i:0000000}",
                                    r.Item5 ? $"guest{i}@example.com" : "",
                                    Cell(
                                        string.Join(", ", r.Item2.Select(t => $"\"{t.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))
                                    ),
                                    r.Item6 ? "Auckland" : "Lisbon",
                                    YesNo(r.Item3),
                                    YesNo(r.Item4)
                                )
                        ),
                    ],
                iter: 1,
                threads: 1
            );
        var made = await first.Import("name,phone,email,tags,property,whatsapp consent,email consent\r\n" + string.Join("\r\n", guests));
        (made.Status, made.Created).ShouldBe(("completed", 60));

        var file = await Export(first);
        var again = await second.Import(file);
        (again.Status, again.Created, again.Failed, again.Warnings).ShouldBe(("completed", 60, 0, 0));

        Rows(await Export(second)).ShouldBe(Rows(file));
        (await second.Import(file)).Duplicates.ShouldBe(60);
        (await second.Check(new())).ShouldBeEmpty();
    }

    private static string YesNo(int said) =>
        said switch
        {
            0 => "",
            1 => "yes",
            _ => "no",
        };

    private static string Cell(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static List<string> Rows(string file) =>
        [.. Csv.Parse(file).Select(r => string.Join('\u0001', r.Take(Taken).Concat(r.TakeLast(2)))).Order(StringComparer.Ordinal)];

    private static async Task<string> Export(TestHouse house)
    {
        await using var db = house.Open();
        var bytes = new MemoryStream();
        await ExportContacts.Write(
            new(ContactFilter.None, ContactSort.Created, true, ExportColumns.Usual),
            null,
            house.Owner,
            db,
            (some, _, cancel) => bytes.WriteAsync(some, cancel),
            default
        );
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
