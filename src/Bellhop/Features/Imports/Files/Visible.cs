namespace Bellhop.Features.Imports.Files;

/// <summary>Replaces control characters by their pictures (U+2400), so that a refused text can be shown and stored.</summary>
internal static class Visible
{
    public static string Of(ReadOnlySpan<char> text) =>
        string.Create(
            text.Length,
            text,
            static (to, from) =>
            {
                for (var i = 0; i < to.Length; i++)
                {
                    to[i] =
                        from[i] < ' ' ? (char)('\u2400' + from[i])
                        : char.IsControl(from[i]) ? '\u2421'
                        : from[i];
                }
            }
        );
}
