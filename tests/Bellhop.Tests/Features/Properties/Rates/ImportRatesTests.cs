using System.IO.Compression;
using System.Text;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace Bellhop.Tests.Features.Properties.Rates;

public class ImportRatesTests
{
    private const string Csv = "Date,USD,NZD,CYP,XXX,\n2026-06-12,1.10,1.80,N/A,3.5,\n2026-06-11,1.00,2.00,N/A,3.5,\n";

    private const string Xml = """
        <?xml version="1.0" encoding="UTF-8"?>
        <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
            xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
        <gesmes:subject>Reference rates</gesmes:subject><Cube><Cube time="2026-06-12"><Cube currency="USD" rate="1.10"/>
        <Cube currency="NZD" rate="1.80"/></Cube>
        <Cube time="2026-06-11"><Cube currency="USD" rate="1.00"/><Cube currency="NZD" rate="2.00"/>
        </Cube></Cube></gesmes:Envelope>
        """;

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Fact]
    public void The_banks_csv_xml_and_zip_say_the_same()
    {
        var today = new DateOnly(2026, 6, 15);
        var csv = EcbFile.Read(Encoding.UTF8.GetBytes(Csv), today);
        csv.ShouldBe([
            new(new(2026, 6, 11), "NZD", 2.00m),
            new(new(2026, 6, 11), "USD", 1.00m),
            new(new(2026, 6, 12), "NZD", 1.80m),
            new(new(2026, 6, 12), "USD", 1.10m),
        ]);
        EcbFile.Read(Encoding.UTF8.GetBytes(Xml), today).ShouldBe(csv);
        EcbFile.Read(Zip(("eurofxref-hist.csv", Csv)), today).ShouldBe(csv);
        EcbFile.Read(Encoding.UTF8.GetBytes("Date, USD, \n12 June 2026, 1.10, \n"), today).ShouldBe([new(new(2026, 6, 12), "USD", 1.10m)]);
    }

    [Fact]
    public void A_hostile_file_is_refused_and_costs_little()
    {
        string[] texts =
        [
            "",
            "Name,Phone\nAna,1",
            "Date,USD\n2026-06-12,-1\n",
            "Date,USD\n2026-06-12,1e9\n",
            "Date,USD\n2099-01-01,1.1\n",
            "Date,USD\nyesterday,1.1\n",
            "Date,USD\n2026-06-12,99999999\n",
            "<Cube><Cube currency='USD' rate='1'/></Cube>",
            "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
            "<Cube time='2026-06-12'>",
        ];
        foreach (var text in texts)
        {
            Refused(Encoding.UTF8.GetBytes(text), text);
        }

        Refused([0xFF, 0xFE, 0x00], "not UTF-8");
        Refused("PK\u0003\u0004 and nothing more"u8.ToArray(), "a broken archive");
        Refused(Zip(("a.csv", Csv), ("b.csv", Csv)), "two files");
        Refused(Zip(("bomb.csv", new string('0', 40 * 1024 * 1024))), "a bomb");
        Refused(new byte[EcbFile.MostBytes + 1], "too large");

        static void Refused(byte[] file, string why) =>
            Should.Throw<Refusal>(() => EcbFile.Read(file, new(2026, 6, 15)), why).Errors.Keys.ShouldBe(["file"], why);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_file_is_looked_at_first_then_converts_what_waited_for_its_rates(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await using var db = house.Open();
        await house.Book("dollar", amount: 110, currency: "USD");
        await SetRate.Run("2026-06-12", "USD", "EUR", new(0.5m), house.Owner, db, default);
        var file = Encoding.UTF8.GetBytes(Csv);

        var look = await ImportRates.Run(new(file, DryRun: true), house.Owner, db, default);
        (look.First, look.Last, look.Days, look.Added, look.Kept, look.Same, look.DryRun).ShouldBe(
            (new(2026, 6, 11), new(2026, 6, 12), 2, 7, 1, 0, true)
        );
        look.Currencies.ShouldBe(["NZD", "USD"]);
        (await db.Rates.CountAsync()).ShouldBe(1);

        (await ImportRates.Run(new(file), house.Owner, db, default)).ShouldBeEquivalentTo(look with { DryRun = false });
        var again = await ImportRates.Run(new(file), house.Owner, db, default);
        (again.Added, again.Kept, again.Same).ShouldBe((0, 1, 7));
        (await GetRate.Run("2026-06-12", "USD", "EUR", house.Owner, db, default)).Rate.ShouldBe(0.5m, "what a person typed stays");
        (await GetRate.Run("2026-06-12", "NZD", "EUR", house.Owner, db, default)).Rate.ShouldBe(0.555555555556m);
        (await db.Events.CountAsync(e => e.Action == "rates.imported")).ShouldBe(1);
        await DeleteRate.Run("2026-06-12", "USD", "EUR", house.Owner, db, default);
        await ImportRates.Run(new(file), house.Owner, db, default);
        await house.RunJobs();
        (await db.Bookings.AsNoTracking().SingleAsync()).Converted.ShouldBe(10000);
        (await house.Check(new())).ShouldBeEmpty();

        // Another currency of the organisation: what the euro's rates say across to it is there at once.
        await ChangeOrganization.Run(new(Currency: "NZD"), house.Owner, db, default);
        await house.RunJobs();
        (await GetRate.Run("2026-06-11", "USD", "NZD", house.Owner, db, default)).Rate.ShouldBe(2m);
        (await db.Bookings.AsNoTracking().SingleAsync()).Converted.ShouldBe(18000);
        (await house.Check(new())).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Earlier_days_are_left_out_but_for_the_rate_that_held(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await using var db = house.Open();
        var file = Encoding.UTF8.GetBytes("Date,USD\n2026-06-12,1.1\n2026-06-10,1.2\n2026-06-09,1.3\n");

        var done = await ImportRates.Run(new(file, new DateOnly(2026, 6, 11)), house.Owner, db, default);

        (done.First, done.Days, done.Added).ShouldBe((new DateOnly(2026, 6, 10), 2, 4));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Rates_come_by_an_upload_that_names_what_is_wrong_with_it(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);

        var look = await (await owner.PostAsync("/api/v1/rates/imports", Form(Csv, ("from", "2026-06-01"), ("dryRun", "true")))).Json(200);
        (look["added"]!.GetValue<int>(), look["dryRun"]!.GetValue<bool>()).ShouldBe((8, true));
        (await (await owner.PostAsync("/api/v1/rates/imports", Form(Csv, ("from", "June"), ("dryRun", "maybe")))).Json(400))
            .Fields()
            .ShouldBe(["dryRun", "from"], ignoreOrder: true);
        (await (await owner.PostAsync("/api/v1/rates/imports", Form(Csv, ("replace", "true")))).Json(400)).Fields().ShouldBe(["replace"]);
        (await (await owner.PostAsync("/api/v1/rates/imports", Form("Name,Phone"))).Json(400)).Fields().ShouldBe(["file"]);
        await (await owner.PostAsync("/api/v1/rates/imports", new StringContent(Csv))).Json(415);
        (await (await owner.PostAsync("/api/v1/rates/imports", Form(Csv))).Json(200))["added"]!.GetValue<int>().ShouldBe(8);
        (await owner.GetFromJson("/api/v1/rates?limit=100"))["items"]!.AsArray().Count.ShouldBe(8);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Where_an_address_is_set_every_organisation_gets_the_banks_rates(string engine)
    {
        await using var bank = WebApplication.CreateSlimBuilder().Build();
        bank.Urls.Add("http://127.0.0.1:0");
        bank.MapGet("/rates.csv", () => Csv);
        await bank.StartAsync();
        await using var house = await TestHouse.Make(engine);
        await using var db = house.Open();
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { [FetchRates.Setting] = bank.Urls.Single() + "/rates.csv" };
        var task = FetchRates.Recurring(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());

        await task.Run(db, default);
        await task.Run(db, default);

        (await db.Rates.CountAsync(r => r.OrganizationId == house.OrganizationId)).ShouldBe(8);
        await FetchRates.Recurring(new ConfigurationBuilder().Build()).Run(db, default);
        settings[FetchRates.Setting] = "file:///etc/hosts";
        Should.Throw<OperatorProblem>(() => FetchRates.Recurring(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()));
    }

    internal static MultipartFormDataContent Form(string file, params (string Name, string Value)[] fields) =>
        Form(Encoding.UTF8.GetBytes(file), fields);

    internal static MultipartFormDataContent Form(byte[] file, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", "file" } };
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        return form;
    }

    private static byte[] Zip(params (string Name, string Text)[] files)
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return packed.ToArray();
    }
}
