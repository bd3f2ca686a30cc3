namespace Bellhop.Features.Inbox;

/// <summary>Takes a file that was written aside into the folder of media, and says what it is.</summary>
public sealed class KeepMedia(MediaFolder folder, Previews previews)
{
    /// <param name="ContentType">As the content says.</param>
    /// <param name="HasPreview">Whether there is a small picture of it.</param>
    internal sealed record Kept(string ContentType, long Bytes, bool HasPreview);

    /// <summary>What a file holds, without taking it in.</summary>
    internal static async Task<string> TypeOf(string path, CancellationToken cancel)
    {
        await using var file = File.OpenRead(path);
        var head = new byte[MediaContent.Looked];
        var read = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancel);
        return MediaContent.TypeOf(head.AsSpan(0, read));
    }

    /// <summary>When this returns, the file is on disk under its id, with a preview where it is a picture.</summary>
    internal async Task<Kept> Run(string aside, int organizationId, Guid id, CancellationToken cancel)
    {
        var type = await TypeOf(aside, cancel);
        var preview = MediaContent.IsPicture(type) ? await previews.Of(aside, cancel) : null;
        if (preview is not null)
        {
            string written;
            await using (var file = folder.Aside())
            {
                written = file.Name;
                await file.WriteAsync(preview, cancel);
                file.Flush(flushToDisk: true);
            }

            folder.KeepPreview(written, organizationId, id);
        }

        var bytes = new FileInfo(aside).Length;
        folder.Keep(aside, organizationId, id);
        return new(type, bytes, preview is not null);
    }
}
