using System.Buffers.Binary;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Bellhop.Benchmarks.Writes;

/// <summary>
/// What saves write to SQLite's log, page by page: a reader that holds on to the state before keeps the log from being begun anew.
/// </summary>
internal sealed class WalPages : IDisposable
{
    private const int Head = 32,
        FrameHead = 24;

    private readonly string _file;
    private readonly SqliteConnection _holder;
    private readonly SqliteTransaction _held;
    private readonly long _start;

    private WalPages(string file)
    {
        _file = file;
        _holder = Open(file);
        Ask(_holder, "PRAGMA wal_checkpoint(TRUNCATE)");
        Ask(_holder, "PRAGMA user_version = 0"); // a log of one frame: a checkpoint that finds it held cannot begin it anew
        _held = _holder.BeginTransaction(System.Data.IsolationLevel.ReadUncommitted);
        Ask(_holder, "SELECT count(*) FROM sqlite_master");
        _start = Length();
    }

    public static WalPages Watch(string file) => new(file);

    /// <summary>Frames written since, by the table or index whose page it is; and how many bytes those are.</summary>
    public (long Frames, long Bytes, IReadOnlyList<(string Name, long Frames)> ByName) Written()
    {
        var size = PageSize();
        var pages = new Dictionary<uint, long>();
        using (var log = new FileStream(_file + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            Span<byte> number = stackalloc byte[4];
            for (var at = _start; at + FrameHead + size <= log.Length; at += FrameHead + size)
            {
                log.Position = at;
                log.ReadExactly(number);
                var page = BinaryPrimitives.ReadUInt32BigEndian(number);
                pages[page] = pages.GetValueOrDefault(page) + 1;
            }
        }

        using var reader = Open(_file);
        using var command = reader.CreateCommand();
        command.CommandText = "SELECT name, pageno FROM dbstat";
        var names = new Dictionary<uint, string>();
        using (var row = command.ExecuteReader())
        {
            while (row.Read())
            {
                names[(uint)row.GetInt64(1)] = row.GetString(0);
            }
        }

        var frames = pages.Values.Sum();
        return (
            frames,
            frames * (FrameHead + size),
            [
                .. pages
                    .GroupBy(p => names.GetValueOrDefault(p.Key, "(free or moved)"))
                    .Select(g => (g.Key, g.Sum(p => p.Value)))
                    .OrderByDescending(g => g.Item2),
            ]
        );
    }

    public void Dispose()
    {
        _held.Dispose();
        _holder.Dispose();
    }

    private long PageSize() => Convert.ToInt64(Ask(_holder, "PRAGMA page_size"), CultureInfo.InvariantCulture);

    private long Length() => Math.Max(Head, new FileInfo(_file + "-wal").Length);

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    private static object? Ask(SqliteConnection connection, string constant)
    {
        using var command = connection.CreateCommand();
        command.CommandText = constant;
        return command.ExecuteScalar();
    }
}
