using SkiaSharp;

namespace Bellhop.Providers;

/// <summary>Pictures to send: a sun over the sea, each in its own light.</summary>
internal static class Picture
{
    private const int Width = 640,
        Height = 480,
        Horizon = 300,
        Sun = 60;

    private static readonly SKColor[] Skies = [new(135, 190, 235), new(250, 176, 120), new(178, 160, 215), new(70, 90, 140)];

    /// <summary>A picture as PNG; other numbers are other pictures.</summary>
    public static byte[] Of(int number)
    {
        var sky = Skies[number % Skies.Length];
        using var bitmap = new SKBitmap(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using (var canvas = new SKCanvas(bitmap))
        {
            Fade(canvas, new(0, 0, Width, Horizon), Lit(sky, 0.8f), sky);
            using (var sun = new SKPaint { Color = new(255, 232, 150), IsAntialias = true })
            {
                canvas.DrawCircle(120 + (number * 97 % 400), 90 + (number * 41 % 120), Sun, sun);
            }

            Fade(canvas, new(0, Horizon, Width, Height), Lit(sky, 0.65f), Lit(sky, 0.3f));
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static void Fade(SKCanvas canvas, SKRect place, SKColor top, SKColor bottom)
    {
        using var shader = SKShader.CreateLinearGradient(new(0, place.Top), new(0, place.Bottom), [top, bottom], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { Shader = shader };
        canvas.DrawRect(place, paint);
    }

    private static SKColor Lit(SKColor color, float share) =>
        new((byte)(color.Red * share), (byte)(color.Green * share), (byte)(color.Blue * share));
}
