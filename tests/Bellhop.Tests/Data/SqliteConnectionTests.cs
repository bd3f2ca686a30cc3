using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Data;

public class SqliteConnectionTests
{
    private const long Reader = -2048;

    [Fact]
    public async Task Who_reads_keeps_no_pages_and_who_writes_has_them_again_after_it()
    {
        await using var database = await TestDatabase.Create("sqlite");
        await using var db = database.Open();
        var writer = await Kept(db);
        await using (await db.ReadMoment(default))
        {
            (await Kept(db)).ShouldBe(Reader);
        }

        (await Kept(db)).ShouldBe(writer);
        writer.ShouldBeLessThan(Reader); // in KiB, below zero
        await using var reading = await db.Read("SELECT cache_size FROM pragma_cache_size", default);
        (await reading.ToList(row => row.GetInt64(0), default)).ShouldBe([Reader]);
    }

    [Fact]
    public async Task The_files_of_the_database_are_their_owners_alone_whatever_they_were()
    {
        await using var database = await TestDatabase.Create("sqlite");
        File.SetUnixFileMode(database.File, (UnixFileMode)0b110_100_100);
        await using var db = database.Open();

        await db.Migrate(held: false, default);

        File.GetUnixFileMode(database.File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static Task<long> Kept(BellhopDb db) =>
        db.Database.SqlQueryRaw<long>("SELECT cache_size AS \"Value\" FROM pragma_cache_size").SingleAsync();
}
