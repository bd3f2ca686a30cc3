namespace Bellhop.Features.Bookings;

/// <summary>Names the texts in <c>BookingTexts.resx</c>.</summary>
public sealed class BookingTexts;
