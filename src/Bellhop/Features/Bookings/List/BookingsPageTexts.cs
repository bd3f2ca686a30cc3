namespace Bellhop.Features.Bookings;

/// <summary>Names the texts in <c>BookingsPageTexts.resx</c>.</summary>
public sealed class BookingsPageTexts;
