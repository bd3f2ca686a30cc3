namespace Bellhop.Features.Duplicates.Scoring;

/// <summary>What bookings of two guests have in common.</summary>
internal enum SharedStay
{
    None,

    /// <summary>The same property, arrival and departure.</summary>
    Days,

    /// <summary>The same stay under one reference: once from a channel, once typed.</summary>
    Booking,
}

/// <summary>
/// What a shared stay says. Couples and families share stays too, so it speaks for a pair only where no word of the names speaks against
/// it, and never for names of which nothing is known.
/// </summary>
internal static class SameStay
{
    /// <summary>What is added to the weight of a pair, in bits. Never below 0: guests come again.</summary>
    public static double Weight(SharedStay stay, IReadOnlyList<FieldKind> kinds, IReadOnlyList<Evidence> evidence) =>
        stay != SharedStay.None && Speaks(kinds, evidence)
            ? stay == SharedStay.Booking
                ? Weights.SameBooking
                : Weights.SameStay
            : 0;

    /// <summary>Whether a shared stay may speak for the pair.</summary>
    public static bool Speaks(IReadOnlyList<FieldKind> kinds, IReadOnlyList<Evidence> evidence)
    {
        var named = false;
        foreach (var one in evidence)
        {
            if (kinds[one.Field] == FieldKind.Name)
            {
                if (one.Level == Level.Different)
                {
                    return false;
                }

                named = true;
            }
        }

        return named;
    }
}
