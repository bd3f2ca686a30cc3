using System.Diagnostics;
using System.Globalization;
using Bellhop.Benchmarks.Contacts;

namespace Bellhop.Benchmarks.Pages;

/// <summary>
/// <c>pages [--engine sqlite|postgres] [--pages N] [--rounds N] [--size N]</c>: what an open page takes of memory, and whether it is given
/// back within a minute of its closing. The browsers are a process of their own.
/// </summary>
internal static class PagesCommand
{
    private const string Path = "/contacts";

    // What a closed page held must be given back by then.
    private static readonly TimeSpan GivenBack = TimeSpan.FromSeconds(60);

    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        var pages = int.Parse(options["--pages"] ?? "200", CultureInfo.InvariantCulture);
        var rounds = int.Parse(options["--rounds"] ?? "2", CultureInfo.InvariantCulture);
        await Console.Out.WriteLineAsync(
            $"""
            # Open pages

            {pages} pages of the guest list, each on a circuit, opened and closed; KiB a page. *Heap* is what is alive after a full
            collection; *own* is the process's memory without mapped files. *Left* is what is still there 60 seconds after the closing.

            | engine | round | closed by | heap, open | own, open | heap, left | own, left |
            |---|---|---|---|---|---|---|
            """
        );
        foreach (var engine in options.Engines)
        {
            var town = await BenchDatabase.Make(engine, int.Parse(options["--size"] ?? "10000", CultureInfo.InvariantCulture));
            var ours = await RunningBellhop.Start(town, "--Limits:CircuitsPerUser=1000000", "--Limits:SocketsPerNetwork=1000000");
            await using var db = town.Open();
            using var visitor = await SignedInOwner.SignIn(ours.Url, db);
            await Measure(ours, visitor, 20, bySaying: true, "warm", TimeSpan.FromSeconds(1));
            foreach (var bySaying in new[] { true, false })
            {
                for (var round = 1; round <= rounds; round++)
                {
                    var line = await Measure(ours, visitor, pages, bySaying, $"{engine} | {round}", GivenBack);
                    await Console.Out.WriteLineAsync(line);
                }
            }
        }

        return 0;
    }

    private static async Task<string> Measure(
        RunningBellhop ours,
        SignedInOwner visitor,
        int pages,
        bool bySaying,
        string name,
        TimeSpan afterwards
    )
    {
        var before = Used();
        using var browsers = Process.Start(
            new ProcessStartInfo(
                Environment.ProcessPath!,
                [
                    "browsers",
                    ours.Url.ToString(),
                    visitor.Cookies,
                    pages.ToString(CultureInfo.InvariantCulture),
                    bySaying ? "said" : "unsaid",
                ]
            )
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        if (await browsers.StandardOutput.ReadLineAsync() != "open")
        {
            throw new InvalidOperationException("The pages did not open.");
        }

        await Task.Delay(TimeSpan.FromSeconds(3));
        var open = Used();
        await browsers.StandardInput.WriteLineAsync("close");
        await browsers.WaitForExitAsync();
        await Task.Delay(afterwards);
        var left = Used();
        return $"| {name} | {(bySaying ? "a closed tab" : "a lost network")} | {A(open.Heap - before.Heap)} | {A(open.Own - before.Own)} | "
            + $"{A(left.Heap - before.Heap)} | {A(left.Own - before.Own)} |";

        string A(long bytes) => (bytes / 1024.0 / pages).ToString("N0", CultureInfo.InvariantCulture);
    }

    /// <summary>The browsers: opens the pages, says so, and closes them when a line comes.</summary>
    public static async Task<int> Browse(string url, string cookies, int pages, bool bySaying)
    {
        using var handler = new SocketsHttpHandler { UseCookies = false };
        using var browser = new HttpClient(handler) { BaseAddress = new(url) };
        browser.DefaultRequestHeaders.Add("Cookie", cookies);
        var open = new List<OpenPage>();
        for (var i = 0; i < pages; i++)
        {
            open.Add(await OpenPage.At(browser, cookies, Path));
        }

        await Console.Out.WriteLineAsync("open");
        await Console.In.ReadLineAsync();
        foreach (var page in open)
        {
            if (bySaying)
            {
                await page.Close(browser);
            }
            else
            {
                page.Dispose();
            }
        }

        return 0;
    }

    private static (long Heap, long Own) Used()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return (GC.GetTotalMemory(forceFullCollection: true), OwnMemory.Now());
    }
}
