using System.Net.Sockets;

namespace Bellhop.Platform;

/// <summary>
/// Whether a failure means that the machine has no room left: the disk is full, a quota is reached, or no further file can be opened.
/// </summary>
internal static class DiskFailure
{
    // errno values of ENFILE, EMFILE, ENOSPC and EDQUOT, which an IOException carries on Linux, and the codes of Windows.
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

    /// <summary>
    /// Whether an existing file cannot be opened because the machine has no room left. Use it when a library's own error does not say why.
    /// </summary>
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
