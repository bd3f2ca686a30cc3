using System.Data.Common;
using System.Globalization;
using Bellhop.Benchmarks.Contacts;
using Bellhop.Data;
using Bellhop.Features.Flags;
using Bellhop.Features.Properties;
using Bellhop.Features.Today;
using Bellhop.Platform;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Benchmarks.Today;

/// <summary>
/// <c>today [--engine sqlite|postgres] [--guests N]</c>: a day at the desk with all four lists, against the same queries prepared on the
/// raw driver.
/// </summary>
internal static class TodayCommand
{
    private const string Guests = "100000";

    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        var guests = int.Parse(options["--guests"] ?? Guests, CultureInfo.InvariantCulture);
        await Console.Out.WriteLineAsync(
            """
            # Today

            A day with all four lists, 25 rows of each, their numbers and flags: microseconds of database time, minimum / median of 100
            rounds in turn. *By hand* are the same queries on the raw driver, prepared, without a look at who asks; R is ours ÷ by hand, of
            the minima / median of the rounds' own ratios. The rows are those of the lists together.
            """
        );
        foreach (var engine in options.Engines)
        {
            await Measure(await BenchDatabase.Make(engine, guests));
        }

        return 0;
    }

    private static async Task Measure(BenchDatabase town)
    {
        await using var db = town.Open();
        var who = Actor.System(town.Organization);
        var cursors = new Cursors(new EphemeralDataProtectionProvider(), TimeProvider.System);
        await Console.Out.WriteLineAsync(
            $"\n## {town.Engine}, {await db.Bookings.CountAsync():N0} bookings\n\n"
                + "| day | properties | in lists | rows | ours | by hand | R |\n|---|---|---|---|---|---|---|"
        );
        await using var raw = town.Connect();
        await raw.OpenAsync();

        // A day in the middle of the bookings has as many arrivals as any; today is what the page asks.
        var middle = await db.Bookings.OrderBy(b => b.Id).Select(b => b.Arrival).Skip(await db.Bookings.CountAsync() / 2).FirstAsync();
        foreach (var (day, date) in new (string, DateOnly?)[] { ("today", null), ("a busy day", middle) })
        {
            foreach (var (places, ids) in new (string, Guid[]?)[] { ("all", null), ("one", [town.Properties[0]]) })
            {
                var query = TodayQuery.All with { Date = date, PropertyIds = ids };
                var seen = await SeeToday.Run(query, who, db, cursors, default);
                var lists = Enum.GetValues<TodayList>().Select(l => seen.Of(l)!.Items).ToList();
                var hand = await Prepare(raw, seen, lists.SelectMany(l => l).Select(i => i.ContactId).OfType<Guid>(), date is null, db);
                var rounds = await Comparison.Run(() => SeeToday.Run(query, who, db, cursors, default), () => ReadAll(hand));
                await Console.Out.WriteLineAsync(
                    $"| {day} | {places} | {seen.Properties.Sum(p => Enum.GetValues<TodayList>().Sum(p.Of)):N0} | "
                        + $"{lists.Sum(l => l.Count):N0} | {rounds.Cells()} |"
                );
            }
        }
    }

    private static async Task<List<DbCommand>> Prepare(
        DbConnection raw,
        SeeToday.Result seen,
        IEnumerable<Guid> guests,
        bool isToday,
        BellhopDb db
    )
    {
        const int Organization = 1;
        var days = seen
            .Properties.GroupBy(p => p.Day, p => p.Property.Id)
            .Select(g => new TodaySql.Days(g.Key, isToday, [.. g]))
            .ToList();
        var all = Enum.GetValues<TodayList>()
            .Select(list => TodaySql.Page(list, days, true, PageQuery.UsualLimit + 1, null, Organization, db))
            .Prepend(TodaySql.Counts(days, Organization, db.Dialect))
            .Prepend(SeeOrganization.Question(Organization))
            .Append(SeeFlags.Question([.. guests.Distinct()], Actor.System(Organization), db));
        var commands = new List<DbCommand>();
        foreach (var sql in all)
        {
            var command = raw.CreateCommand();
            db.Dialect.Put(command, sql);
            await command.PrepareAsync();
            commands.Add(command);
        }

        return commands;
    }

    private static async Task ReadAll(List<DbCommand> commands)
    {
        foreach (var command in commands)
        {
            await using var row = await command.ExecuteReaderAsync();
            var values = new object[row.FieldCount];
            while (await row.ReadAsync())
            {
                row.GetValues(values);
            }
        }
    }
}
