using SkiaSharp;

namespace Bellhop.Features.Inbox;

/// <summary>
/// Makes small pictures of pictures from outside, from the pixels alone: no place where it was taken, no hidden content comes along. One
/// at a time, because a picture takes much more memory than its file.
/// </summary>
public sealed class Previews : IDisposable
{
    /// <summary>The type of every preview.</summary>
    public const string ContentType = "image/webp";

    /// <summary>The longer side, in pixels.</summary>
    private const int Longest = 1280;

    /// <summary>No file may make us read more pixels than this, or take room for more than <see cref="MostHeld"/>.</summary>
    private const long MostRead = 250_000_000;
    private const long MostHeld = 40_000_000;
    private const int Quality = 80;

    private readonly SemaphoreSlim _one = new(1);

    /// <summary>The preview of the picture in a file; null where it is none, is broken, or says that it is larger than any
    /// camera's.</summary>
    internal async Task<byte[]?> Of(string path, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            return await Task.Run(() => Make(path), cancel);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private static byte[]? Make(string path)
    {
        using var file = new SKFileStream(path);
        using var codec = file.IsValid ? SKCodec.Create(file) : null;
        if (codec is null || (long)codec.Info.Width * codec.Info.Height is <= 0 or > MostRead)
        {
            return null;
        }

        // Some kinds can be read smaller than they are.
        var wanted = Math.Min(1f, 2f * Longest / Math.Max(codec.Info.Width, codec.Info.Height));
        var read = codec.GetScaledDimensions(wanted);
        if ((long)read.Width * read.Height > MostHeld)
        {
            return null;
        }

        using var picture = new SKBitmap(new SKImageInfo(read.Width, read.Height, SKImageInfo.PlatformColorType, SKAlphaType.Premul));
        var outcome = codec.GetPixels(picture.Info, picture.GetPixels());
        if (outcome is not (SKCodecResult.Success or SKCodecResult.IncompleteInput or SKCodecResult.ErrorInInput))
        {
            return null;
        }

        using var small = Upright(picture, codec.EncodedOrigin);
        using var image = SKImage.FromBitmap(small);
        using var written = image.Encode(SKEncodedImageFormat.Webp, Quality);
        return written?.ToArray();
    }

    /// <summary>The picture as it is to be looked at: a camera notes how it was held, and turns no pixels.</summary>
    private static SKBitmap Upright(SKBitmap picture, SKEncodedOrigin origin)
    {
        var scale = Math.Min(1f, (float)Longest / Math.Max(picture.Width, picture.Height));
        var (width, height) = (Math.Max(1, (int)(picture.Width * scale)), Math.Max(1, (int)(picture.Height * scale)));
        var isTurned =
            origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var small = new SKBitmap(
            new SKImageInfo(isTurned ? height : width, isTurned ? width : height, picture.ColorType, SKAlphaType.Premul)
        );
        using var canvas = new SKCanvas(small);
        canvas.Clear(SKColors.Transparent);
        canvas.Concat(Turn(origin, width, height));
        using var image = SKImage.FromBitmap(picture);
        canvas.DrawImage(image, new SKRect(0, 0, width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        canvas.Flush();
        return small;
    }

    /// <summary>Where each pixel goes, by how the camera was held; the numbers are a matrix by rows.</summary>
    private static SKMatrix Turn(SKEncodedOrigin origin, int width, int height) =>
        origin switch
        {
            SKEncodedOrigin.TopRight => new(-1, 0, width, 0, 1, 0, 0, 0, 1),
            SKEncodedOrigin.BottomRight => new(-1, 0, width, 0, -1, height, 0, 0, 1),
            SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, height, 0, 0, 1),
            SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightTop => new(0, -1, height, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightBottom => new(0, -1, height, -1, 0, width, 0, 0, 1),
            SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, width, 0, 0, 1),
            _ => SKMatrix.Identity,
        };
}
