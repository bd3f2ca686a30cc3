namespace Bellhop.Platform;

/// <summary>
/// How a stored number is shown. The last shown numbers are cached in memory, because lists show the same numbers again and again, and the
/// library is slower for each number than the database is for the whole list.
/// </summary>
/// <param name="Text">International with spaces.</param>
/// <param name="WhatsApp">The digits for <c>https://wa.me/</c>; null unless the number is valid.</param>
internal readonly record struct PhoneShown(string Text, string? WhatsApp)
{
    private static readonly BoundedCache<string, PhoneShown> Kept = new(20_000, StringComparer.Ordinal);

    public static PhoneShown Of(string stored)
    {
        if (!Kept.TryGet(stored, out var shown))
        {
            shown = Phone.Show(stored);
            Kept.Set(stored, shown);
        }

        return shown;
    }
}
