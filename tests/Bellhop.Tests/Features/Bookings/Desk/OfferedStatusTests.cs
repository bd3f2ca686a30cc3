using Bellhop.Features.Bookings;

namespace Bellhop.Tests.Features.Bookings;

public class OfferedStatusTests
{
    private static readonly DateOnly Today = new(2026, 7, 10);

    [Theory]
    [InlineData(1, false, false)]
    [InlineData(0, true, false)]
    [InlineData(-1, true, true)]
    public void A_check_in_is_offered_from_the_day_of_arrival_and_a_no_show_from_the_midnight_after_it(
        int daysAhead,
        bool checkIn,
        bool noShow
    )
    {
        var offered = BookingRules.Offered(BookingStatus.Confirmed, Today.AddDays(daysAhead), Today).ToList();
        offered.Contains(BookingStatus.InHouse).ShouldBe(checkIn);
        offered.Contains(BookingStatus.NoShow).ShouldBe(noShow);
        offered.ShouldContain(BookingStatus.Cancelled);
    }

    [Fact]
    public void A_guest_who_came_after_all_is_checked_in_from_a_no_show() =>
        BookingRules.Offered(BookingStatus.NoShow, Today.AddDays(-1), Today).ShouldContain(BookingStatus.InHouse);
}
