using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bellhop.Features.Imports;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Bellhop.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Imports;

/// <summary>Files as others export them, brought in whole: each gives the guests that its notes say.</summary>
public partial class ImportCasesTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    // A file without a column of phones is taken where it has e-mails.
    private const string NoColumn = "no phone column";

    private static readonly string[] MultiLine = ["google_contacts_old_header.csv"];

    [Theory, MemberData(nameof(Engines))]
    public async Task Every_file_of_the_cases_gives_its_guests_and_its_refusals(string engine)
    {
        var folder = Cases.Path("d_csv");
        await using var house = await TestHouse.Make(engine);
        var wrong = new List<string>();
        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(folder, "expected.jsonl")))
        {
            var expected = JsonNode.Parse(line)!;
            await Check(house, Path.Combine(folder, expected["file"]!.ToString()), expected, wrong);
        }

        wrong.ShouldBeEmpty();
        (await house.Check(new())).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Two_hotels_reservation_list_gives_the_same_guests_as_their_bookings(string engine)
    {
        using var folder = new Place();
        var (file, rows, guests) = await TwoHotels.Read(folder.Folder);
        await using var house = await TestHouse.Make(engine);
        const string Mapping =
            """{"guest_name":"name","guest_email":"email","guest_phone_raw":"phone","phone_region_hint":"country","property":null,"guest_country":null}""";
        var import = await Import(house, file, Mapping);

        // A guest with neither a phone nor an e-mail address of their own is nobody.
        (import.Status, import.TotalRows).ShouldBe(("completed", rows));
        (import.Created + import.Updated + import.Duplicates + import.Failed).ShouldBe(rows);
        if (TestSize.IsFull)
        {
            import.Failed.ShouldBeInRange(1, 1_614, "so many rows have no phone, and some of them an address");
        }
        else
        {
            import.Failed.ShouldBe(0, "every guest in the slice has a phone");
        }

        await using var db = house.Open();
        var phones = await db.Contacts.Where(c => c.Phone != null).Select(c => c.Phone!).ToListAsync();
        phones.Count.ShouldBe(guests.Count);
        phones.Except(guests.Select(g => g.Phone), StringComparer.Ordinal).ShouldBeEmpty();

        var again = await Import(house, file, Mapping);

        (again.Created, again.Updated).ShouldBe((0, 0));
        (await house.Check(new())).ShouldBeEmpty();
    }

    private static async Task Check(TestHouse house, string file, JsonNode expected, List<string> wrong)
    {
        var name = Path.GetFileName(file);
        var expect = expected["expect"]!.AsObject();
        var region = expected["default_region"]?.ToString() ?? "ES";
        ImportRow import;
        try
        {
            import = await Import(house, file, null, await Place(house, region));
        }
        catch (Refusal refusal)
        {
            if (expect["contacts"]?.AsArray().Count > 0 || refusal.Status != 400)
            {
                wrong.Add($"{name}: refused as {refusal.Type} {refusal.Title.Key}");
            }

            return;
        }

        if (expect.ContainsKey("error"))
        {
            wrong.Add($"{name}: taken, although {expect["error"]}");
        }

        await using var db = house.Open();
        var made = await db
            .ImportChanges.Where(c => c.ImportId == import.Id)
            .Join(
                db.Contacts,
                c => c.ContactId,
                c => c.Id,
                (_, c) =>
                    new
                    {
                        c.Name,
                        c.Phone,
                        c.Email,
                    }
            )
            .ToListAsync();
        foreach (var contact in (expect["contacts"]?.AsArray() ?? []).Where(c => c!["phone"]?.ToString().StartsWith('+') == true))
        {
            if (
                !made.Exists(m =>
                    m.Phone == contact!["phone"]!.ToString()
                    && m.Name == contact["name"]?.ToString().ReplaceLineEndings(" ")
                    && (contact["email"] is not { } email || m.Email == email.ToString())
                )
            )
            {
                wrong.Add(
                    $"{name}: no {contact!.ToJsonString()} among {string.Join("; ", made.Select(m => $"{m.Name} {m.Phone} {m.Email}"))}"
                );
            }
        }

        if (expect["imported"] is { } count && made.Count != (int)count)
        {
            wrong.Add($"{name}: {made.Count} guests, not {count}");
        }

        // Those notes count rows, of which one may stand on several lines.
        var lines = await db.ImportRefusals.Where(r => r.ImportId == import.Id).Select(r => r.Line).ToListAsync();
        foreach (
            var row in (expect["row_errors"]?.AsArray() ?? [])
                .Where(e => !e!.ToString().EndsWith(NoColumn, StringComparison.Ordinal))
                .Select(e => Row().Match(e!.ToString()))
                .Where(m => m.Success)
                .Select(m => int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))
                .Except(lines)
                .Where(_ => lines.Count < expect["row_errors"]!.AsArray().Count || !MultiLine.Contains(name))
        )
        {
            wrong.Add($"{name}: line {row} is not refused, but {string.Join(", ", lines)}");
        }

        // The next file has the same guests.
        await house.Reverse(import.Id);
        if (await db.Contacts.AnyAsync())
        {
            wrong.Add($"{name}: it cannot be taken back whole");
        }
    }

    private static async Task<Guid> Place(TestHouse house, string region)
    {
        await using var db = house.Open();
        return (await db.Properties.SingleOrDefaultAsync(p => p.Name == "In " + region))?.Id
            ?? (await AddProperty.Run(new("In " + region, "EUR", "Europe/Lisbon", region), house.Owner, db, default)).Value.Id;
    }

    private static async Task<ImportRow> Import(TestHouse house, string file, string? mapping, Guid? property = null)
    {
        await using var db = house.Open();
        var id = Guid.CreateVersion7();
        await using (var copy = ImportFolder.Create(db, id))
        {
            await using var from = File.OpenRead(file);
            await from.CopyToAsync(copy);
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["propertyId"] = (property ?? house.Lisbon).ToString() };
        if (mapping is not null)
        {
            fields["mapping"] = mapping;
        }

        await ReceiveImport.Take(new(id, Path.GetFileName(file), new FileInfo(file).Length, fields), house.Owner, db, default);
        await house.Work(id);
        return await house.See(id);
    }

    [GeneratedRegex(@"^row (\d+):", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();
}
