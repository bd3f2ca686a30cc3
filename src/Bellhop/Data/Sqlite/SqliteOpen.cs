#pragma warning disable EF1001 // what decides when a connection closes has no public name
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Sqlite.Storage.Internal;
using Microsoft.EntityFrameworkCore.Storage;

namespace Bellhop.Data;

/// <summary>
/// A connection that stays open as long as its pooled context lives. Opening a connection costs more than a query, and closing it would
/// lose its prepared statements.
/// </summary>
internal sealed class SqliteOpen(
    RelationalConnectionDependencies dependencies,
    IRawSqlCommandBuilder commands,
    IDiagnosticsLogger<DbLoggerCategory.Infrastructure> logger
) : SqliteRelationalConnection(dependencies, commands, logger)
{
    private DbConnection? _lent;

    /// <summary>The context's own connection, or the writer's connection while that is lent.</summary>
    [AllowNull]
    public override DbConnection DbConnection
    {
        get => _lent ?? base.DbConnection;
        set => base.DbConnection = value;
    }

    /// <summary>Makes another connection to the same file, not yet open, with EF's functions.</summary>
    public SqliteConnection Make() => (SqliteConnection)CreateDbConnection();

    public void Lend(SqliteConnection writer) => _lent = writer;

    public void TakeBack() => _lent = null;

    protected override void CloseDbConnection() { }

    protected override Task CloseDbConnectionAsync() => Task.CompletedTask;
}
