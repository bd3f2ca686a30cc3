#pragma warning disable EF1001 // what decides when a connection closes has no public name
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
    protected override void CloseDbConnection() { }

    protected override Task CloseDbConnectionAsync() => Task.CompletedTask;
}
