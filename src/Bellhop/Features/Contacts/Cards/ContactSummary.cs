using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>The four cards over one filter.</summary>
/// <param name="TotalContacts">All contacts.</param>
/// <param name="ActiveGuests">Contacts who are in house, or have a confirmed booking that departs today or later.</param>
/// <param name="NewThisMonth">Contacts whose first touch was this month, in the organisation's zone.</param>
/// <param name="AverageLifetimeValue">Total spent ÷ contacts with a counted booking, in the organisation's currency, rounded half away from
/// zero; 0 when no contact has one.</param>
/// <param name="AverageOverAll">Total spent ÷ all contacts.</param>
public sealed record ContactSummary(
    int TotalContacts,
    int ActiveGuests,
    int NewThisMonth,
    Money AverageLifetimeValue,
    Money AverageOverAll
);

/// <summary>The figures under the cards.</summary>
/// <param name="InHouse">Contacts in house, by <see cref="Bookings.InHouse"/>.</param>
/// <param name="Upcoming">The other active contacts.</param>
/// <param name="NewLastMonth">Contacts whose first touch was last month, in the organisation's zone.</param>
public sealed record ContactExtras(int InHouse, int Upcoming, int NewLastMonth);
