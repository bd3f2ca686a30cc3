namespace Bellhop.Platform;

/// <summary>Reads what somebody outside sends, and no more of it than is allowed.</summary>
internal static class BoundedReading
{
    /// <summary>Everything up to the end; null where there are more than <paramref name="most"/> bytes.</summary>
    public static async Task<byte[]?> ReadUpTo(this Stream stream, int most, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        var some = new byte[16 * 1024];
        while (await stream.ReadAsync(some, cancel) is > 0 and var read)
        {
            if (bytes.Length + read > most)
            {
                return null;
            }

            await bytes.WriteAsync(some.AsMemory(0, read), cancel);
        }

        return bytes.ToArray();
    }

    /// <summary>Copies everything up to the end; false where there are more than <paramref name="most"/> bytes, and then not all of
    /// them.</summary>
    public static async Task<bool> CopyUpTo(this Stream stream, Stream to, long most, CancellationToken cancel)
    {
        var some = new byte[64 * 1024];
        var copied = 0L;
        while (await stream.ReadAsync(some, cancel) is > 0 and var read)
        {
            copied += read;
            if (copied > most)
            {
                return false;
            }

            await to.WriteAsync(some.AsMemory(0, read), cancel);
        }

        return true;
    }
}
