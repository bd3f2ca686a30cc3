using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Data;

public class SqliteConnectionTests
{
    private const long Reader = -2048;

    [Fact]
    public async Task The_one_connection_that_writes_keeps_pages_and_the_others_few()
    {
        await using var database = await TestDatabase.Create("sqlite");
        await using var db = database.Open();
        await using var other = database.Open();

        (await Kept(db)).ShouldBe(Reader);
        var writer = await db.Save(async () => (Kept: await Kept(db), Connection: db.Database.GetDbConnection()));
        writer.Kept.ShouldBeLessThan(Reader); // in KiB, below zero
        (await other.Save(() => Task.FromResult(other.Database.GetDbConnection()))).ShouldBeSameAs(writer.Connection);
        (await Kept(db)).ShouldBe(Reader);
        db.Database.GetDbConnection().ShouldNotBeSameAs(writer.Connection);
        (await db.Read($"SELECT cache_size FROM pragma_cache_size", row => row.Long(), default)).ShouldBe([Reader]);
    }

    [Fact]
    public async Task A_connection_maps_the_file_only_while_it_is_used_to_read()
    {
        var clock = new TestClock(DateTimeOffset.UtcNow);
        await using var database = await TestDatabase.Create("sqlite");
        await using var db = database.Open();
        using var host = new DbHost(clock);
        db.Host = host;

        (await Mapped(db)).ShouldBe(0);
        (await ReaderMapped()).ShouldBeGreaterThan(0);
        await using (await db.ReadMoment(default))
        {
            (await Mapped(db)).ShouldBeGreaterThan(0);
        }

        (await Mapped(db)).ShouldBe(0);
        await using var asked = await db.Prepare($"PRAGMA mmap_size", writes: false, default);
        var reader = asked.Command.Connection!;
        await asked.DisposeAsync();
        clock.Advance(TimeSpan.FromSeconds(6));
        await using var rested = reader.CreateCommand();
        rested.CommandText = "PRAGMA mmap_size";
        (await rested.ExecuteScalarAsync()).ShouldBe(0L);
        (await ReaderMapped()).ShouldBeGreaterThan(0);

        Task<long> ReaderMapped() => db.ReadFirst($"PRAGMA mmap_size", row => row.Long(), default);
    }

    [Fact]
    public async Task The_files_of_the_database_are_their_owners_alone_whatever_they_were()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows keeps other rights for files.");
            return;
        }

        await using var database = await TestDatabase.Create("sqlite");
        File.SetUnixFileMode(database.File, (UnixFileMode)0b110_100_100);
        await using var db = database.Open();

        await db.Migrate(held: false, default);

        File.GetUnixFileMode(database.File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static async Task<long> Mapped(BellhopDb db)
    {
        await using var command = await db.Sql("PRAGMA mmap_size", default);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static Task<long> Kept(BellhopDb db) =>
        db.Database.SqlQueryRaw<long>("SELECT cache_size AS \"Value\" FROM pragma_cache_size").SingleAsync();
}
