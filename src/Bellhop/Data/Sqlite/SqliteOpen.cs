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
/// A connection that stays open as long as its context lives, which is long: contexts are pooled. Opening one costs more than what is asked
/// of it, and what it has prepared would be lost.
/// </summary>
internal sealed class SqliteOpen(
    RelationalConnectionDependencies dependencies,
    IRawSqlCommandBuilder commands,
    IDiagnosticsLogger<DbLoggerCategory.Infrastructure> logger
) : SqliteRelationalConnection(dependencies, commands, logger)
{
    private DbConnection? _lent;

    /// <summary>Its own, or the writer's while that is lent to it.</summary>
    [AllowNull]
    public override DbConnection DbConnection
    {
        get => _lent ?? base.DbConnection;
        set => base.DbConnection = value;
    }

    /// <summary>Another connection to the same file, not yet open, with all that EF adds to one.</summary>
    public SqliteConnection Make() => (SqliteConnection)CreateDbConnection();

    public void Lend(SqliteConnection writer) => _lent = writer;

    public void TakeBack() => _lent = null;

    protected override void CloseDbConnection() { }

    protected override Task CloseDbConnectionAsync() => Task.CompletedTask;
}
