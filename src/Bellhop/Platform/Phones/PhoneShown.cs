using System.Collections.Concurrent;

namespace Bellhop.Platform;

/// <summary>
/// How a stored number is shown. Kept for the numbers shown last, in memory alone: a list shows the same ones again and again, and the
/// library takes longer over each than the database over all.
/// </summary>
/// <param name="Text">International with spaces.</param>
/// <param name="WhatsApp">The digits for <c>https://wa.me/</c>; null unless the number is valid.</param>
internal readonly record struct PhoneShown(string Text, string? WhatsApp)
{
    private const int MostKept = 20_000;

    private static readonly ConcurrentDictionary<string, PhoneShown> Kept = new(StringComparer.Ordinal);
    private static int _kept;

    public static PhoneShown Of(string stored)
    {
        if (Kept.TryGetValue(stored, out var shown))
        {
            return shown;
        }

        shown = Phone.Show(stored);
        if (Kept.TryAdd(stored, shown) && Interlocked.Increment(ref _kept) > MostKept)
        {
            Kept.Clear();
            Interlocked.Exchange(ref _kept, 0);
        }

        return shown;
    }
}
