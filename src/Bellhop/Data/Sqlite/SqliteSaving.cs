using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Bellhop.Data;

/// <summary>How a save writes to the embedded database: its context borrows the process's one writing connection for a turn.</summary>
public sealed partial class SqliteDb
{
    private SqliteTurn? _turn;

    private SqliteWriter Writer => Host.WriterOf(Database.GetConnectionString()!);

    internal override bool OthersWrite => Writer.IsTaken;

    private protected override async Task<SaveTransaction> BeginSave(bool alone, CancellationToken cancel)
    {
        var (writer, own) = (Writer, (SqliteOpen)this.GetService<IRelationalConnection>());
        var turn = await writer.Take(alone, () => MakeWriter(own), cancel).ConfigureAwait(false);
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

    /// <summary>The connection keeps its cached pages from save to save. It is in no pool, so that nobody else writes through it.</summary>
    private static SqliteConnection MakeWriter(SqliteOpen own)
    {
        var connection = own.Make();
        connection.ConnectionString += ";Pooling=False";
        connection.Open();
        Strict.Set(connection);
        Strict.Run(connection, Strict.ForWriter);
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
            await done.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // the thread of the turns is for the next save
        }

        public override async Task Undo(Exception why)
        {
            if (!_isOver)
            {
                _isOver = true;
                await GiveBack();
                await writer.Undo(turn, why).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            }
        }

        /// <summary>Runs before the next save gets its turn, so that the context no longer uses the connection.</summary>
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
