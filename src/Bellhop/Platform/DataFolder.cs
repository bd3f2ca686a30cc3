namespace Bellhop.Platform;

/// <summary>
/// The folder of <c>--data</c>. It holds the embedded database, and on every engine the files that are too large for a row. Only the owner
/// can read what is created here.
/// </summary>
/// <param name="path">Absolute.</param>
public sealed class DataFolder(string path)
{
    /// <summary>The folder for files that live no longer than a request. Every start of a server empties it.</summary>
    public const string Temporary = "tmp";

    /// <summary>Deletes files of requests that did not end before their process died.</summary>
    /// <param name="name">The subfolder's name.</param>
    /// <param name="before">Only files last written before this instant, UTC.</param>
    public void Empty(string name, DateTime before)
    {
        foreach (var file in Files(name).Where(f => File.GetLastWriteTimeUtc(f) < before))
        {
            File.Delete(file);
        }
    }

    /// <summary>The path of a subfolder, which may not exist yet.</summary>
    public string Where(string name) => Path.Combine(path, name);

    /// <summary>The path of a subfolder, which is created if needed.</summary>
    public string Sub(string name)
    {
        var folder = Where(name);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return folder;
    }

    /// <summary>The files of a subfolder; empty if the folder does not exist.</summary>
    public IEnumerable<string> Files(string name) => Directory.Exists(Where(name)) ? Directory.EnumerateFiles(Where(name)) : [];

    /// <summary>Deletes a file. It is no error if it is not there, or if its folder was never made.</summary>
    public static void Remove(string file)
    {
        if (File.Exists(file))
        {
            File.Delete(file);
        }
    }

    /// <summary>Creates a file for writing and reading that no other user may read.</summary>
    /// <param name="options">For example, whether the file is deleted when it is closed.</param>
    /// <exception cref="IOException">The file exists already.</exception>
    public static FileStream New(string file, FileOptions options = FileOptions.None)
    {
        var how = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read,
            Options = options | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new(file, how);
    }
}
