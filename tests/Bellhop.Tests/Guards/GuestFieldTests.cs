using System.Diagnostics;
using System.Text.Json.Nodes;
using Bellhop.Tests.Features.Imports;
using Bellhop.Tests.Host;

namespace Bellhop.Tests.Guards;

/// <summary>
/// A field of a guest is declared in one place: <c>add-a-guest-field.patch</c> gives the list a new one, with its filter, its order, and
/// its column in files both ways, and stays small.
/// </summary>
public sealed class GuestFieldTests
{
    private const int FilesMost = 5;
    private const int LinesMost = 25;

    private static readonly string Root = Path.GetFullPath(Path.Combine(ShapeTests.Source, "..", ".."));

    private static readonly string Patch = Path.Combine(Root, "tests", "Bellhop.Tests", "Guards", "add-a-guest-field.patch");

    [Fact]
    public void A_new_field_with_filter_order_export_and_import_is_five_files_and_twenty_five_lines()
    {
        var (files, lines, counts) = (new List<string>(), 0, false);
        foreach (var line in File.ReadLines(Patch))
        {
            if (line.StartsWith("+++ ", StringComparison.Ordinal))
            {
                var file = line["+++ b/".Length..];
                counts = !file.StartsWith("tests/", StringComparison.Ordinal) && !file.Contains("/Migrations/", StringComparison.Ordinal);
                files.AddRange(counts ? [file] : []);
            }
            else if (counts && !line.StartsWith("--- ", StringComparison.Ordinal) && line is ['+' or '-', ..])
            {
                lines++;
            }
        }

        files.Count.ShouldBeInRange(1, FilesMost);
        lines.ShouldBeInRange(1, LinesMost);
    }

    [Fact]
    public async Task The_patch_still_applies()
    {
        SkipWithoutGit();
        var (code, said) = await Run(Root, "git", "apply", "--check", Patch);
        code.ShouldBe(0, said + "\nMake the patch anew: docs/adding-a-guest-field.md says how.");
    }

    [Fact]
    public async Task With_the_patch_guests_have_the_field_in_the_api_in_lists_and_in_files()
    {
        Assert.SkipUnless(TestSize.IsFull, "It builds a copy of Bellhop, which takes minutes: eng/check --full does it.");
        SkipWithoutGit();
        using var copy = new Place();
        var program = await Build(copy.Folder);
        foreach (var engine in new[] { "sqlite", "postgres" })
        {
            using var place = new Place();
            await using var postgres = engine == "postgres" ? await TestDatabase.CreateNew(engine) : null;
            var on = new Dictionary<string, string> { ["ConnectionStrings__Postgres"] = postgres?.ConnectionString ?? "" };
            var key = await place.SetUp(postgres);
            await using var server = await BellhopProcess.Serve(place.Folder, on, ["--urls", "http://127.0.0.1:0"], program);
            using var client = server.Client(key);
            await Use(client);
        }
    }

    private static async Task Use(HttpClient client)
    {
        var property = (await client.GetFromJson("/api/v1/properties"))["items"]![0]!["id"]!.GetValue<Guid>();
        await Add("Bo", "+4531234567", "Norway");
        await Add("Eva", "+351912345670", null);
        var ana = await Add("Ana", "+351912345678", " Portugal ");
        ana["nationality"]!.ToString().ShouldBe("Portugal");
        (await Names("nationality=Portugal")).ShouldBe("Ana");

        var change = """{"nationality":"Angola"}""";
        using var changed = await client.Send(HttpMethod.Patch, $"/api/v1/contacts/{ana["id"]}", change);
        (await changed.Json(200))["nationality"]!.ToString().ShouldBe("Angola");
        (await Names("sort=nationality")).ShouldBe("Ana Bo Eva", "who has none comes last");
        (await Names("sort=-nationality")).ShouldBe("Bo Ana Eva");
        (await Names("nationality=Angola")).ShouldBe("Ana");
        (await Names("sort=nationality&propertyId=" + property)).ShouldBe("Ana Bo Eva");

        const string File = "Name,Phone,Nationalité\r\nLi,+4915112345678,China\r\nEva,+351912345670,Spain\r\n";
        using var import = await client.PostAsync("/api/v1/imports", ImportRoutesTests.Form(property, File));
        var ended = await ImportRoutesTests.Ended(client, (await import.Json(202))["id"]!.ToString());
        ((int)ended["created"]!, (int)ended["updated"]!).ShouldBe((1, 1));
        (await Names("nationality=Spain")).ShouldBe("Eva");

        var csv = (await client.GetStringAsync("/api/v1/contacts/export?sort=nationality")).Split("\r\n");
        csv[0].Split(',').ShouldContain("nationality");
        csv[1..5]
            .Select(line => line.Split(',')[Array.IndexOf(csv[0].Split(','), "nationality")])
            .ShouldBe(["Angola", "China", "Norway", "Spain"]);

        using var wrong = await client.Send(HttpMethod.Patch, $"/api/v1/contacts/{ana["id"]}", """{"nationality":7}""");
        (await wrong.Json(400)).Fields().ShouldBe(["nationality"]);
        (await client.GetStringAsync("/openapi/v1.json")).ShouldContain("\"nationality\"");

        async Task<JsonObject> Add(string name, string phone, string? nationality)
        {
            var guest = new JsonObject
            {
                ["name"] = name,
                ["phone"] = phone,
                ["propertyId"] = property,
                ["nationality"] = nationality,
            };
            return await (await client.Post("/api/v1/contacts", guest)).Json(201);
        }

        async Task<string> Names(string query) =>
            string.Join(
                ' ',
                (await client.GetFromJson("/api/v1/contacts?" + query))["items"]!.AsArray().Select(g => g!["name"]!.ToString())
            );
    }

    /// <summary>Builds a copy of the tree with the patch and its migrations.</summary>
    /// <returns>The program.</returns>
    private static async Task<string> Build(string folder)
    {
        var (_, files) = await Run(Root, "git", "ls-files", "--cached", "--others", "--exclude-standard");
        foreach (var file in files.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(f => File.Exists(Path.Combine(Root, f))))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
            File.Copy(Path.Combine(Root, file), Path.Combine(folder, file));
        }

        foreach (
            var step in new string[][]
            {
                ["git", "apply", Patch],
                ["eng/migrate", "AddNationality"],
                ["dotnet", "build", "src/Bellhop", "-p:RunAnalyzers=false", "-v", "quiet"],
            }
        )
        {
            var (code, said) = await Run(folder, step);
            code.ShouldBe(0, $"{string.Join(' ', step)}: {said}");
        }

        return Path.Combine(folder, "artifacts", "bin", "Bellhop", "debug", "Bellhop.dll");
    }

    private static void SkipWithoutGit()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        Assert.SkipUnless(path.Any(p => File.Exists(Path.Combine(p, "git"))), "There is no git here.");
    }

    private static async Task<(int Code, string Said)> Run(string folder, params string[] command)
    {
        var program = command[0].Contains('/', StringComparison.Ordinal) ? Path.Combine(folder, command[0]) : command[0];
        using var process = new Process
        {
            StartInfo = new(program, command[1..])
            {
                WorkingDirectory = folder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.StartInfo.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // nothing of the build may outlive it
        process.StartInfo.Environment["UseSharedCompilation"] = "false";
        process.Start();
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, string.Concat(said));
    }
}
