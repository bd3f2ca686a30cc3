namespace Bellhop.Features.Bookings;

/// <summary>The style of a status; null for no colour.</summary>
internal static class BookingTone
{
    public static string? Tone(BookingStatus status) =>
        status switch
        {
            BookingStatus.Confirmed or BookingStatus.InHouse => "on",
            BookingStatus.Pending or BookingStatus.Hold => "wait",
            BookingStatus.Cancelled or BookingStatus.NoShow => "off",
            _ => null,
        };
}
