using System.CommandLine;
using System.Globalization;
using Bellhop.Features.Doctor;
using Bellhop.Platform;

namespace Bellhop.Host;

/// <summary><c>backup</c> and <c>restore</c>.</summary>
internal static class DataCommands
{
    public static void AddDataCommands(this RootCommand root, CommandLine line)
    {
        var to = new Argument<string>("FILE") { Description = "A new file; one that exists is never overwritten" };
        var backup = new Command("backup", "Copies the database into FILE, consistent while Bellhop runs (SQLite)") { to };
        line.Does(backup, async (result, work, cancel) =>
        {
            await work.Db.Backup(result.GetRequiredValue(to), cancel);
            Console.WriteLine($"Backed up and checked: {Path.GetFullPath(result.GetRequiredValue(to))}");
            return 0;
        });

        var from = new Argument<string>("FILE") { Description = "A file that backup made" };
        var restore = new Command("restore", "Puts a backup in the database's place, keeping the old one aside; not while Bellhop serves (SQLite)") { from };
        line.Does(restore, async (result, work, cancel) =>
        {
            var aside = await work.Db.Restore(result.GetRequiredValue(from), cancel);
            Console.WriteLine(aside is null ? "Restored." : $"Restored. The database before it: {aside}");
            return 0;
        });

        var fix = new Option<bool>("--fix") { Description = "Writes what is right" };
        var at = new Option<string?>("--at") { Description = "Proves the figures for another day, YYYY-MM-DD; default today", HelpName = "DATE" };
        var organization = SetupCommands.OrganizationOption();
        var doctor = new Command("doctor", "Recomputes every derived figure from its source rows and lists differences, tab-separated; exit code 1 if there are any") { fix, at, organization };
        line.Does(doctor, async (result, work, cancel) =>
        {
            DateOnly? day = null;
            if (result.GetValue(at) is { } text)
            {
                day = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read : throw new NotPossible("--at takes a day written YYYY-MM-DD.");
            }

            var who = await work.For(result.GetValue(organization), cancel);
            var found = 0;
            await foreach (var difference in CheckFigures.Run(new(day, result.GetValue(fix)), who, work.Db, cancel))
            {
                found++;
                Console.WriteLine($"{difference.Entity}\t{difference.Id}\t{difference.Field}\t{difference.Stored}\t{difference.Right}");
            }

            Console.WriteLine(found == 0 ? "Every figure is right." : $"{found} {(found == 1 ? "difference" : "differences")}{(result.GetValue(fix) ? ", now mended" : "")}.");
            return found == 0 ? 0 : 1;
        });

        root.Add(doctor);
        root.Add(backup);
        root.Add(restore);
    }
}
