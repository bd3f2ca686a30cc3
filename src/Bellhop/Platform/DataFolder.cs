namespace Bellhop.Platform;

/// <summary>
/// The folder of <c>--data</c>: the embedded database lies there, and on every engine the files that are too large for a row. What is made
/// here is its owner's alone.
/// </summary>
/// <param name="path">Absolute.</param>
public sealed class DataFolder(string path)
{
    /// <summary>The folder of what lives no longer than a request: emptied at every start of a server.</summary>
    public const string Temporary = "tmp";

    /// <summary>Removes what requests left behind that the process did not survive.</summary>
    /// <param name="name">Of the folder.</param>
    /// <param name="before">Only files that nobody has written to since, UTC.</param>
    public void Empty(string name, DateTime before)
    {
        foreach (var file in Files(name).Where(f => File.GetLastWriteTimeUtc(f) < before))
        {
            File.Delete(file);
        }
    }

    /// <summary>Where a folder in it is, or would be.</summary>
    public string Where(string name) => Path.Combine(path, name);

    /// <summary>A folder in it, made where it is not there yet.</summary>
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

    /// <summary>The files in a folder of it; none where there is no such folder yet.</summary>
    public IEnumerable<string> Files(string name) => Directory.Exists(Where(name)) ? Directory.EnumerateFiles(Where(name)) : [];

    /// <summary>A new file that nobody else may read, to be written and read again.</summary>
    /// <param name="options">Whether it goes when it is closed, say.</param>
    /// <exception cref="IOException">There is one already.</exception>
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
