using System.Runtime.CompilerServices;
using Bellhop.Platform;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Data;

public sealed partial class SqliteDb
{
    private async Task<IDisposable> WaitForLock(string name, CancellationToken cancel)
    {
        for (var waited = TimeSpan.Zero; waited < Patience; waited += TimeSpan.FromMilliseconds(100))
        {
            if (Lock(name) is { } held)
            {
                return held;
            }

            await Task.Delay(100, cancel);
        }

        throw new OperatorProblem($"Another process has been changing {Place} for a minute. Wait for it, then try again.");
    }

    /// <summary>A lock of the operating system, which ends with the process in any case. Null if another process has it.</summary>
    private IDisposable? Lock(string name)
    {
        try
        {
            return new FileStream(
                Path.Combine(Path.GetDirectoryName(Place)!, name),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            return null;
        }
    }

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            // Only the owner may read guests' data.
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static void OnlyOwner(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
