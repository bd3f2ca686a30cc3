using System.Net.Sockets;

namespace Bellhop.Platform;

/// <summary>
/// Whether a failure means that the machine has no room left: the disk is full, a quota is reached, or no further file can be opened.
/// </summary>
internal static class DiskFailure
{
    // errno of ENFILE, EMFILE, ENOSPC and EDQUOT on Linux, where an IOException carries it as it is; and what Windows says.
    private const int TooManyInSystem = 23,
        TooManyInProcess = 24,
        NoSpace = 28,
        Quota = 122,
        WindowsFull = unchecked((int)0x80070070),
        WindowsHandleFull = unchecked((int)0x80070027);

    public static bool IsFull(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            if (
                error
                is IOException { HResult: TooManyInSystem or TooManyInProcess or NoSpace or Quota or WindowsFull or WindowsHandleFull }
                    or SocketException { SocketErrorCode: SocketError.TooManyOpenSockets }
            )
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a file that is there can be opened: says why a library could not that does not tell.</summary>
    public static bool CannotOpen(string file)
    {
        try
        {
            using var handle = File.OpenHandle(file);
            return false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return IsFull(error);
        }
    }
}
