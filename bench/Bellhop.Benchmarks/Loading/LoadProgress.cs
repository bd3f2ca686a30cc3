using System.Text.Json;

namespace Bellhop.Benchmarks.Loading;

/// <summary>
/// How far a load has come, in a small file: every row up to <see cref="Done"/> has been answered. Of another file or for another server it
/// counts for nothing.
/// </summary>
internal sealed class LoadProgress
{
    private const int Every = 200;

    private readonly string _path;
    private readonly Note _note;
    private readonly SortedSet<int> _ahead = [];
    private int _written;

    private LoadProgress(string path, Note note) => (_path, _note, Done, _written) = (path, note, note.Done, note.Done);

    public int Done { get; private set; }

    public static LoadProgress Open(string path, string file, Uri server)
    {
        var mine = new Note(Path.GetFileName(file), new FileInfo(file).Length, server.ToString(), 0);
        var found = File.Exists(path) ? JsonSerializer.Deserialize<Note>(File.ReadAllText(path)) : null;
        return new(path, found is not null && found with { Done = 0 } == mine ? found : mine);
    }

    /// <summary>A row was answered. Not thread-safe.</summary>
    public void Finished(int row)
    {
        _ahead.Add(row);
        while (_ahead.Remove(Done + 1))
        {
            Done++;
        }

        if (Done - _written >= Every)
        {
            Write();
        }
    }

    /// <summary>All is done: the next run begins at the first row, unless this one is to be repeated.</summary>
    public void Close(bool keep)
    {
        if (keep)
        {
            Write();
        }
        else
        {
            File.Delete(_path);
        }
    }

    private void Write()
    {
        var next = _path + ".next";
        File.WriteAllText(next, JsonSerializer.Serialize(_note with { Done = Done }));
        File.Move(next, _path, overwrite: true); // whole, or not at all
        _written = Done;
    }

    private sealed record Note(string File, long Bytes, string Server, int Done);
}
