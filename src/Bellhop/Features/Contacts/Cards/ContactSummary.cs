using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>The four cards over one filter.</summary>
/// <param name="TotalContacts">All of them.</param>
/// <param name="ActiveGuests">Those with a counted booking that departs today or later.</param>
/// <param name="NewThisMonth">First touched this month, in the organisation's zone.</param>
/// <param name="AverageLifetimeValue">Total spent ÷ contacts with a counted booking, in the organisation's currency, rounded half away from
/// zero; 0 where there is none.</param>
/// <param name="AverageOverAll">Total spent ÷ all contacts.</param>
public sealed record ContactSummary(
    int TotalContacts,
    int ActiveGuests,
    int NewThisMonth,
    Money AverageLifetimeValue,
    Money AverageOverAll
);

/// <summary>What the page says under the cards.</summary>
/// <param name="InHouse">Contacts here today: a counted booking with arrival ≤ today &lt; departure, or one with status
/// <c>InHouse</c>.</param>
/// <param name="Upcoming">Contacts with a counted arrival after today who are not in house.</param>
/// <param name="NewLastMonth">First touched in the month before this, in the organisation's zone.</param>
public sealed record ContactExtras(int InHouse, int Upcoming, int NewLastMonth);
