using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Npgsql;

namespace Bellhop.Benchmarks.Contacts;

/// <summary>A new database of a benchmark, with one organisation and its properties.</summary>
internal static class FreshDatabase
{
    private static readonly string[] Names = ["Harbour", "Old Town"];

    /// <summary>The connection to a database of the benchmarks' server, which is made when it is missing. Null for SQLite.</summary>
    public static async Task<string?> Postgres(string engine, string name)
    {
        if (engine != "postgres")
        {
            return null;
        }

        var server =
            Environment.GetEnvironmentVariable("BELLHOP_TEST_POSTGRES")
            ?? throw new InvalidOperationException("BELLHOP_TEST_POSTGRES names no server; eng/bench starts one.");
        await using var source = NpgsqlDataSource.Create(server);
        await using var there = source.CreateCommand("SELECT count(*) FROM pg_database WHERE datname = $1");
        there.Parameters.Add(new() { Value = name });
        if ((long)(await there.ExecuteScalarAsync())! == 0)
        {
            await using var create = source.CreateCommand($"CREATE DATABASE {name}");
            await create.ExecuteNonQueryAsync();
        }

        return new NpgsqlConnectionStringBuilder(server)
        {
            Database = name,
            Timeout = 60,
            CommandTimeout = 3600,
        }.ConnectionString;
    }

    /// <summary>Puts in organisation 1 with so many properties, 1 or 2.</summary>
    public static async Task<Property[]> Found(BellhopDb db, int places)
    {
        Property[] properties =
        [
            .. Names
                .Take(places)
                .Select(name => new Property
                {
                    OrganizationId = 1,
                    Name = name,
                    NameKey = Fold.Key(name),
                    Currency = "EUR",
                    TimeZone = "Europe/Lisbon",
                    Country = "PT",
                    IsOnly = places == 1,
                    CreatedAt = db.Now,
                    UpdatedAt = db.Now,
                }),
        ];
        await db.Arrange(() =>
        {
            db.Add(
                new Organization
                {
                    Id = 1,
                    Name = "Bench",
                    Currency = "EUR",
                    TimeZone = "Europe/Lisbon",
                    CreatedAt = db.Now,
                }
            );
            db.AddRange([.. properties]);
            return Task.CompletedTask;
        });
        return properties;
    }
}
