using System.CommandLine;

namespace Bellhop.Host;

/// <summary><c>backup</c> and <c>restore</c>.</summary>
internal static class DataCommands
{
    public static void AddDataCommands(this RootCommand root, CommandLine line)
    {
        var to = new Argument<string>("FILE") { Description = "A new file; one that exists is never overwritten" };
        var backup = new Command("backup", "Copies the database into FILE, consistent while Bellhop runs (SQLite)") { to };
        line.Does(
            backup,
            async (result, work, cancel) =>
            {
                await work.Db.Backup(result.GetRequiredValue(to), cancel);
                Console.WriteLine($"Backed up and checked: {Path.GetFullPath(result.GetRequiredValue(to))}");
                return 0;
            }
        );

        var from = new Argument<string>("FILE") { Description = "A file that backup made" };
        var restore = new Command(
            "restore",
            "Puts a backup in the database's place, keeping the old one aside; not while Bellhop serves (SQLite)"
        )
        {
            from,
        };
        line.Does(
            restore,
            async (result, work, cancel) =>
            {
                var aside = await work.Db.Restore(result.GetRequiredValue(from), cancel);
                Console.WriteLine(aside is null ? "Restored." : $"Restored. The database before it: {aside}");
                return 0;
            }
        );

        root.Add(backup);
        root.Add(restore);
    }
}
