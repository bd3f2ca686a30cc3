using System.Globalization;

namespace Bellhop.Benchmarks.Contacts;

/// <summary>
/// <c>contacts [--engine sqlite|postgres] [--size N,…] [--rows N,…]</c>: without options both engines at 10,000, 100,000 and 1,000,000,
/// every row of the goals.
/// </summary>
internal static class ContactsCommand
{
    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        var sizes = (options["--size"] ?? "10000,100000,1000000")
            .Split(',')
            .Select(s => int.Parse(s, CultureInfo.InvariantCulture))
            .ToArray();
        var rows = options["--rows"]?.Split(',').ToHashSet(StringComparer.Ordinal);
        await Console.Out.WriteLineAsync(
            "# The guest list\n\nEach size and engine in a file of its own beside this one: `contacts-{engine}-{size}.md`."
        );
        foreach (var each in options.Engines)
        {
            var small = await RunningBellhop.Start(await BenchDatabase.Make(each, 10_000));
            foreach (var size in sizes)
            {
                var town = await BenchDatabase.Make(each, size);
                var ours = size == 10_000 ? small : await RunningBellhop.Start(town);
                await using var raw = await RawDatabase.Start(town);
                Directory.CreateDirectory("bench/results");
                await using var report = rows is null ? new StreamWriter($"bench/results/contacts-{each}-{size}.md") : Console.Error;
                var bench = new GuestListBench(town, ours, raw, report);
                await bench.Run(small, rows);
                await Console.Out.WriteLineAsync(
                    $"\n## {each}, {size:N0}\n\nMet: {string.Join("; ", bench.Met)}.\n\nNot yet: {string.Join("; ", bench.Missed)}."
                );
            }
        }

        return 0;
    }
}
