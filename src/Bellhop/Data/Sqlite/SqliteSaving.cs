using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Bellhop.Data;

/// <summary>How a save writes to the embedded database: on the process's one writing connection, lent to its context for a turn.</summary>
public sealed partial class SqliteDb
{
    private SqliteTurn? _turn;

    private SqliteWriter Writer => Host.WriterOf(Database.GetConnectionString()!);

    private protected override async Task<SaveTransaction> BeginSave(bool alone, CancellationToken cancel)
    {
        var (writer, own) = (Writer, (SqliteOpen)this.GetService<IRelationalConnection>());
        var turn = await writer.Take(alone, () => MakeWriter(own), cancel);
        try
        {
            own.Lend(turn.Connection);
            var transaction = (await Database.UseTransactionAsync(turn.Group.Transaction, cancel))!;
            _turn = turn;
            return new Saving(this, writer, turn, own, transaction);
        }
        catch (Exception error)
        {
            own.TakeBack();
            await writer.Undo(turn, error);
            throw;
        }
    }

    /// <summary>Its pages are kept from save to save, and it is in no pool: nobody else writes by it.</summary>
    private static SqliteConnection MakeWriter(SqliteOpen own)
    {
        var connection = own.Make();
        connection.ConnectionString += ";Pooling=False";
        connection.Open();
        Strict.Set(connection);
        Strict.Run(connection, Strict.WriterCache);
        return connection;
    }

    private sealed class Saving(SqliteDb db, SqliteWriter writer, SqliteTurn turn, SqliteOpen own, IDbContextTransaction transaction)
        : SaveTransaction
    {
        private bool _isOver;

        public override async Task Commit()
        {
            await GiveBack();
            var done = writer.Release(turn);
            _isOver = true;
            await done;
        }

        public override async Task Undo(Exception why)
        {
            if (!_isOver)
            {
                _isOver = true;
                await GiveBack();
                await writer.Undo(turn, why);
            }
        }

        /// <summary>Before the next has the turn: the context has nothing to do with the connection any more.</summary>
        private async Task GiveBack()
        {
            if (db._turn is not null)
            {
                db._turn = null;
                await transaction.DisposeAsync(); // not its own: this ends nothing
                own.TakeBack();
            }
        }
    }
}
