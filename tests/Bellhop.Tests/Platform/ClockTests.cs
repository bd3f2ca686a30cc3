using System.Globalization;
using Bellhop.Platform;

namespace Bellhop.Tests.Platform;

/// <summary>Days as they are written for machines.</summary>
public class ClockTests
{
    [Theory]
    [InlineData("en-US")]
    [InlineData("th-TH")] // years of Buddha
    [InlineData("fa-IR")] // another calendar
    [InlineData("ar-SA")]
    public void A_day_is_written_and_read_alike_whatever_the_viewers_calendar(string viewer)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new(viewer);
        try
        {
            new DateOnly(2026, 1, 9).Iso().ShouldBe("2026-01-09");
            Clock.ReadDay("2026-01-09").ShouldBe(new DateOnly(2026, 1, 9));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("9.1.2026")]
    [InlineData("2026-1-9")]
    [InlineData("2026-02-29")]
    [InlineData(" 2026-01-09")]
    public void What_is_no_day_is_none(string? text) => Clock.ReadDay(text).ShouldBeNull();
}
