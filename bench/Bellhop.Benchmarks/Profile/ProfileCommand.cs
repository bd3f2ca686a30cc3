using System.Data.Common;
using System.Globalization;
using Bellhop.Benchmarks.Contacts;
using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Benchmarks.Profile;

/// <summary>
/// <c>profile [--engine sqlite|postgres] [--size N,…] [--section NAME]</c>: everything the drawer reads of a guest with 287 bookings and of
/// one with three, against the same queries by hand.
/// </summary>
internal static class ProfileCommand
{
    private static readonly TimeSpan Compiled = TimeSpan.FromSeconds(3); // the runtime compiles what runs often anew, in the background

    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        await Console.Out.WriteLineAsync(
            "# A guest's profile\n\nMicroseconds, minimum / median of 100 rounds in turn; R is ours ÷ the queries by hand "
                + "(prepared, every column of every row read), of the minima / median of the rounds' own ratios."
        );
        foreach (var engine in options.Engines)
        {
            foreach (var size in (options["--size"] ?? "10000,1000000").Split(','))
            {
                await Measure(
                    await BenchDatabase.Make(engine, int.Parse(size, CultureInfo.InvariantCulture)),
                    [.. ProfileSection.All.Where(s => options["--section"] is not { } one || s.Name == one)]
                );
            }
        }

        return 0;
    }

    private static async Task Measure(BenchDatabase town, IReadOnlyList<ProfileSection> sections)
    {
        await ProfileGuests.Divide(town);
        var (many, few) = (await ProfileGuests.Find(town, ProfileGuests.Many), await ProfileGuests.Find(town, ProfileGuests.Few));
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddDataProtection()
            .Services.AddBellhopDb(town.Postgres, Path.Combine(town.Folder, "bellhop.db"))
            .BuildServiceProvider();
        var (dbs, cursors, who) = (
            services.GetRequiredService<IDbContextFactory<BellhopDb>>(),
            new Cursors(services.GetRequiredService<IDataProtectionProvider>(), TimeProvider.System),
            Actor.System(1)
        );
        await using var raw = town.Connect();
        await raw.OpenAsync();
        await using var forms = town.Open();
        var hand = new Dictionary<ProfileSection, DbCommand>();
        foreach (var section in sections)
        {
            var command = hand[section] = raw.CreateCommand();
            command.CommandText = section.Hand;
            command.With("organization", 1).With("contact", forms.Stored(many));
            await command.PrepareAsync();
        }

        var load = (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];
        await Console.Out.WriteLineAsync(
            $"\n## {town.Engine}, {town.Size:N0} guests, load {load}\n\n|"
                + $" section, of the guest with {ProfileGuests.Many} bookings | ours | by hand | R |\n|---|---|---|---|"
        );
        foreach (var section in sections)
        {
            await Line(section.Name, () => Ours(section, many), () => Read(hand[section]));
        }

        await Line(
            "**all of them**",
            () => All(many),
            async () =>
            {
                foreach (var command in hand.Values)
                {
                    await Read(command);
                }
            }
        );
        await Console.Out.WriteLineAsync(
            $"\n| {ProfileGuests.Many} bookings ÷ {ProfileGuests.Few} | {ProfileGuests.Many} | {ProfileGuests.Few} | ratio |"
                + "\n|---|---|---|---|"
        );
        foreach (var section in sections)
        {
            await Line(section.Name, () => Ours(section, many), () => Ours(section, few));
        }

        await Line("**all of them**", () => All(many), () => All(few));
        var ours = await RunningBellhop.Start(town);
        using var visitor = await SignedInOwner.SignIn(ours.Url, forms);
        await Line(
            "the page `/contacts/{id}` over HTTP, signed in",
            () => visitor.Client.GetStringAsync($"/contacts/{many}"),
            () => visitor.Client.GetStringAsync($"/contacts/{few}")
        );

        async Task Ours(ProfileSection section, Guid guest)
        {
            await using var db = await dbs.CreateDbContextAsync();
            await section.Ours(guest, who, db, cursors);
        }

        async Task All(Guid guest)
        {
            foreach (var section in sections)
            {
                await Ours(section, guest);
            }
        }
    }

    private static async Task Line(string what, Func<Task> one, Func<Task> other) =>
        await Console.Out.WriteLineAsync($"| {what} | {(await Comparison.Run(one, other, least: Compiled)).Cells()} |");

    private static async Task Read(DbCommand command)
    {
        await using var row = await command.ExecuteReaderAsync();
        var values = new object[row.FieldCount];
        while (await row.ReadAsync())
        {
            row.GetValues(values);
        }
    }
}
