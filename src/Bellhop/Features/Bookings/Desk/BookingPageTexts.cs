namespace Bellhop.Features.Bookings;

/// <summary>Names the texts in <c>BookingPageTexts.resx</c>.</summary>
public sealed class BookingPageTexts;
