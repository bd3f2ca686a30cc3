using Microsoft.EntityFrameworkCore.Design;

namespace Bellhop.Data;

// The migrations tool gets its context here. The context opens no connection.
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteDb>
{
    public SqliteDb CreateDbContext(string[] args) => new(SqliteDb.Options(":memory:"));
}

internal sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresDb>
{
    public PostgresDb CreateDbContext(string[] args) => new(PostgresDb.Options("Host=none"));
}
