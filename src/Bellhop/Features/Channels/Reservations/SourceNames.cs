using Bellhop.Platform;

namespace Bellhop.Features.Channels;

/// <summary>Finds the booking site in the names that senders give it.</summary>
internal static class SourceNames
{
    private static readonly (string Part, Source Source)[] Parts =
    [
        ("bookingcom", Source.BookingCom),
        ("airbnb", Source.Airbnb),
        ("expedia", Source.Expedia),
        ("hotelscom", Source.Expedia),
        ("agoda", Source.Agoda),
        ("hostelworld", Source.Hostelworld),
    ];

    // The letters that stand before a number, as in BDC-1234567890.
    private static readonly Dictionary<string, Source> Codes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["BDC"] = Source.BookingCom,
        ["ABB"] = Source.Airbnb,
        ["EXP"] = Source.Expedia,
        ["AGO"] = Source.Agoda,
        ["HWL"] = Source.Hostelworld,
    };

    /// <summary>The first booking site that one of the texts names; <see cref="Source.ChannelManager"/> where none does.</summary>
    public static Source Of(params IEnumerable<string?> names)
    {
        foreach (var name in names.OfType<string>())
        {
            var letters = string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
            if (Array.Find(Parts, p => letters.Contains(p.Part, StringComparison.Ordinal)) is { Part: not null } found)
            {
                return found.Source;
            }

            if (Codes.TryGetValue(name, out var source))
            {
                return source;
            }
        }

        return Source.ChannelManager;
    }
}
