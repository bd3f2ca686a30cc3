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

        var names = Names();
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

    /// <summary>Whose page each is: the trees are walked from their roots; pages of long values are nobody's.</summary>
    private Dictionary<uint, string> Names()
    {
        using var reader = Open(_file);
        _held.Dispose();
        Ask(reader, "PRAGMA wal_checkpoint(TRUNCATE)");
        var roots = new List<(string Name, uint Page)>();
        using (var command = reader.CreateCommand())
        {
            command.CommandText = "SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0";
            using var row = command.ExecuteReader();
            while (row.Read())
            {
                roots.Add((row.GetString(0), (uint)row.GetInt64(1)));
            }
        }

        var names = new Dictionary<uint, string> { [1] = "(the file's head)" };
        var page = new byte[PageSize()];
        using var file = new FileStream(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        foreach (var (name, root) in roots)
        {
            var left = new Stack<uint>([root]);
            while (left.TryPop(out var number))
            {
                names[number] = name;
                file.Position = (number - 1) * (long)page.Length;
                file.ReadExactly(page);
                foreach (var child in Children(page))
                {
                    left.Push(child);
                }
            }
        }

        return names;
    }

    private static IEnumerable<uint> Children(byte[] page)
    {
        if (page[0] is not (2 or 5)) // an inner page of an index or of a table
        {
            yield break;
        }

        yield return BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(8));
        var cells = BinaryPrimitives.ReadUInt16BigEndian(page.AsSpan(3));
        for (var i = 0; i < cells; i++)
        {
            yield return BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(BinaryPrimitives.ReadUInt16BigEndian(page.AsSpan(12 + (2 * i)))));
        }
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
