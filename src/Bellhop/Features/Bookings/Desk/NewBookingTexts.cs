namespace Bellhop.Features.Bookings;

/// <summary>Names the texts in <c>NewBookingTexts.resx</c>.</summary>
public sealed class NewBookingTexts;
