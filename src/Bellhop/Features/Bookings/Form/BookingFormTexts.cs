namespace Bellhop.Features.Bookings;

/// <summary>Names the texts in <c>BookingFormTexts.resx</c>.</summary>
public sealed class BookingFormTexts;
