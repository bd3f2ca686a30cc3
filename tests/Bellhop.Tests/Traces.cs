using System.Text;
using Bellhop.Data;

namespace Bellhop.Tests;

/// <summary>Where a text is still to be found.</summary>
internal static class Traces
{
    /// <summary>
    /// Names of the files in a folder, and below, whose bytes hold it. A running server's lock cannot be read, and is empty.
    /// </summary>
    public static async Task<List<string>> InFiles(string folder, string text)
    {
        var found = new List<string>();
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(f => new FileInfo(f).Length > 0))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var all = new MemoryStream();
            await stream.CopyToAsync(all);
            if (all.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0)
            {
                found.Add(Path.GetFileName(file));
            }
        }

        return found;
    }

    /// <summary>Columns of a PostgreSQL database, whichever there are, that hold it: as text, or in their bytes.</summary>
    public static async Task<List<string>> InTables(BellhopDb db, string text)
    {
        var columns = new List<(string Table, string Column, bool IsBytes)>();
        await using (
            var command = await db.Sql(
                "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' "
                    + "ORDER BY table_name, ordinal_position",
                default
            )
        )
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                columns.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2) == "bytea"));
            }
        }

        columns.Count.ShouldBeGreaterThan(100); // the whole schema
        var found = new List<string>();
        foreach (var (table, column, isBytes) in columns)
        {
            await using var command = await db.Sql(
                $"SELECT count(*) FROM \"{table}\" WHERE "
                    + (isBytes ? $"position(convert_to(@text, 'UTF8') IN \"{column}\") > 0" : $"position(@text IN \"{column}\"::text) > 0"),
                default
            );
            if ((long)(await command.With("text", text).ExecuteScalarAsync())! > 0)
            {
                found.Add($"{table}.{column}");
            }
        }

        return found;
    }
}
