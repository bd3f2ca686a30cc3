using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Bellhop.Data;
using Bellhop.Features.Imports;
using Bellhop.Tests.Features.Imports;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Host;

/// <summary>An import in a server of its own, which is killed on the way as by a power cut.</summary>
public class KilledImportTests
{
    private static readonly int Rows = TestSize.Of(60_000);

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Killed_on_the_way_an_import_goes_on_at_the_next_start_and_doubles_nobody(string engine)
    {
        await using var postgres = engine == "postgres" ? await TestDatabase.CreateNew(engine) : null;
        using var place = Place.OnDisk();
        var on = new Dictionary<string, string> { ["ConnectionStrings__Postgres"] = postgres?.ConnectionString ?? "" };
        var key = await place.SetUp(postgres);
        BellhopDb Open() => postgres?.OpenElsewhere() ?? new SqliteDb(SqliteDb.Options(Path.Combine(place.Folder, "data", "bellhop.db")));
        var (file, phones, refused) = Guests();

        string id;
        await using (var server = await BellhopProcess.Serve(place.Folder, on, ["--urls", "http://127.0.0.1:0"]))
        {
            using var client = server.Client(key);
            var property = (await client.GetFromJson("/api/v1/properties"))["items"]![0]!["id"]!.GetValue<Guid>();
            using var answer = await client.PostAsync("/api/v1/imports", ImportRoutesTests.Form(property, file));
            id = (await answer.Json(202))["id"]!.GetValue<string>();
            await Until(client, id, i => (int)i["processedRows"]! > 0);
            await server.Kill();
        }

        await using (var db = Open())
        {
            var left = await db.Imports.AsNoTracking().SingleAsync();
            (left.State, left.TotalRows).ShouldBe((ImportState.Running, Rows));
            left.ProcessedRows.ShouldBeInRange(1, Rows - 1, "there was nothing left to kill");
            if (engine == "postgres")
            {
                // Another of many processes might have it, so that its lease is waited for; the test has not the minute.
                await db
                    .Jobs.Where(j => j.LeasedBy != null)
                    .ExecuteUpdateAsync(set => set.SetProperty(j => j.LeasedUntil, db.Now.AddSeconds(-1)));
            }
        }

        await using var again = await BellhopProcess.Serve(place.Folder, on, ["--urls", "http://127.0.0.1:0"]);
        using var reader = again.Client(key);
        var ended = await Until(reader, id, i => i["status"]!.GetValue<string>() is not ("queued" or "running"));

        ended["status"]!.GetValue<string>().ShouldBe("completed");
        int Of(string count) => (int)ended[count]!;
        (Of("totalRows"), Of("processedRows")).ShouldBe((Rows, Rows));
        (Of("created"), Of("updated"), Of("duplicates"), Of("failed")).ShouldBe((phones.Count, 0, Rows - phones.Count - refused, refused));
        await using var now = Open();
        (await now.Contacts.Select(c => c.Phone!).ToListAsync())
            .Order(StringComparer.Ordinal)
            .ShouldBe(phones.Order(StringComparer.Ordinal));
        var told = await now.LikelyDuplicates.CountAsync(d => d.Reasons.StartsWith("same-phone") || d.Reasons.StartsWith("same-email"));
        (await now.Touches.CountAsync(), await now.Identities.CountAsync(), told).ShouldBe((phones.Count, 2 * phones.Count, 0));
        (await now.ImportRefusals.Select(r => r.Line).Distinct().CountAsync(), await now.ImportRefusals.CountAsync()).ShouldBe(
            (refused, refused)
        );
        (await reader.GetFromJson("/api/v1/contacts/summary"))["totalContacts"]!.GetValue<int>().ShouldBe(phones.Count);
        Directory.EnumerateFiles(Path.Combine(place.Folder, "data", "imports")).ShouldBeEmpty();
        var doctor = await BellhopProcess.Run(place.Folder, on, ["doctor"]);
        doctor.Code.ShouldBe(0, doctor.Out + doctor.Error);
    }

    /// <summary>
    /// The file; the phones of those who are to be there afterwards; and how many rows are to be refused. Here and there is one the row
    /// before, again.
    /// </summary>
    private static (string File, HashSet<string> Phones, int Refused) Guests()
    {
        var (text, phones, refused) = (new StringBuilder("name,phone,email\r\n"), new HashSet<string>(StringComparer.Ordinal), 0);
        for (var i = 0; i < Rows; i++)
        {
            var guest = i % 50 == 49 ? i - 1 : i;
            var phone = i % 70 == 69 ? "12" : string.Create(CultureInfo.InvariantCulture, $"+35191{guest:0000000}");
            refused += phone == "12" ? 1 : 0;
            if (phone != "12")
            {
                phones.Add(phone);
            }

            text.Append(CultureInfo.InvariantCulture, $"Guest {guest},{phone},guest{guest}@guests.example\r\n");
        }

        return (text.ToString(), phones, refused);
    }

    private static async Task<JsonObject> Until(HttpClient client, string id, Func<JsonObject, bool> there)
    {
        var late = Stopwatch.StartNew();
        while (true)
        {
            var import = await client.GetFromJson("/api/v1/imports/" + id);
            if (there(import))
            {
                return import;
            }

            late.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(2), import.ToJsonString());
            await Task.Delay(20);
        }
    }
}
