namespace Bellhop.Ui;

/// <summary>The colour behind a guest's initials: one of eight, always the same for one guest.</summary>
public static class Avatar
{
    private const int Colours = 8;

    /// <summary>The class that <c>bellhop.css</c> gives the colours of, in both themes with a contrast of at least 4.5:1.</summary>
    public static string Class(Guid id)
    {
        // The last bytes of a version 7 id are random, the first ones are the clock's.
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        return Names[bytes[15] % Colours];
    }

    private static readonly string[] Names =
    [
        .. Enumerable.Range(1, Colours).Select(i => "av a" + i.ToString(System.Globalization.CultureInfo.InvariantCulture)),
    ];
}
