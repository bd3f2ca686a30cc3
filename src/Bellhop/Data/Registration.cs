using Microsoft.EntityFrameworkCore;

namespace Bellhop.Data;

public static class Registration
{
    /// <summary>The setting for <see cref="DbHost.WorkAfter"/>.</summary>
    internal const string WorkAfter = "Jobs:StartAfter";

    /// <summary>
    /// Registers the database: PostgreSQL where <paramref name="postgres"/> is a connection string, else the SQLite file
    /// <paramref name="file"/>.
    /// </summary>
    public static IServiceCollection AddBellhopDb(this IServiceCollection services, string? postgres, string file)
    {
        services.AddSingleton(s => new DbHost(s.GetRequiredService<TimeProvider>())
        {
            Folder = s.GetService<Platform.DataFolder>() ?? new(Path.GetDirectoryName(Path.GetFullPath(file))!),
            WorkAfter = s.GetService<IConfiguration>()?.GetValue<TimeSpan>(WorkAfter) ?? TimeSpan.Zero,
        });
        if (postgres is { Length: > 0 })
        {
            var data = new Npgsql.NpgsqlDataSourceBuilder(PostgresDb.Connection(postgres)).Build();
            services.AddSingleton(data);
            // EF finds the data source among the services. If we passed it to EF here, EF would make it part of the key of its cached model
            // and compiled queries.
            services.AddPooledDbContextFactory<PostgresDb>(o => o.UseNpgsql().AsBellhop());
            return services.AsBellhopDb<PostgresDb>();
        }

        services.AddPooledDbContextFactory<SqliteDb>(o => SqliteDb.Configure((DbContextOptionsBuilder<SqliteDb>)o, file));
        return services.AsBellhopDb<SqliteDb>();
    }

    private static IServiceCollection AsBellhopDb<T>(this IServiceCollection services)
        where T : BellhopDb =>
        services
            .AddSingleton<IDbContextFactory<BellhopDb>, Opens<T>>()
            .AddScoped(s => s.GetRequiredService<IDbContextFactory<BellhopDb>>().CreateDbContext());

    // The compiler does not accept a factory of one engine's context as a factory of BellhopDb.
    private sealed class Opens<T>(IDbContextFactory<T> inner, DbHost host) : IDbContextFactory<BellhopDb>
        where T : BellhopDb
    {
        public BellhopDb CreateDbContext()
        {
            var db = inner.CreateDbContext();
            db.Host = host;
            db.IdempotentCall = null; // a pooled context keeps what its last holder set
            return db;
        }
    }
}
