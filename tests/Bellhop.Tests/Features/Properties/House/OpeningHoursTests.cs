using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Tests.Features.Properties.House;

public class OpeningHoursTests
{
    [Theory]
    [InlineData("monday 08:00 12:00, monday 14:00 22:00", "1 08:00-12:00;1 14:00-22:00")]
    [InlineData("sunday 22:00 06:00, friday 00:00 00:00", "5 00:00-00:00;7 22:00-06:00")] // into Monday; all of Friday
    [InlineData("", "")]
    public void Times_are_stored_in_the_order_of_the_week(string given, string stored)
    {
        var errors = new ValidationErrors();
        OpeningHours.Read("openingHours", Times(given), errors).ShouldBe(stored);
        errors.Any.ShouldBeFalse();
        OpeningHours.Of(stored).ShouldBe(Times(given), ignoreOrder: true);
    }

    [Theory]
    [InlineData("funday 08:00 12:00", "openingHours[0].day")]
    [InlineData("monday 8 12:00", "openingHours[0]")]
    [InlineData("monday 08:00 25:00", "openingHours[0]")]
    [InlineData("monday 08:00 12:00, monday 11:59 13:00", "openingHours")]
    [InlineData("sunday 22:00 06:00, monday 05:00 12:00", "openingHours")] // the week goes round
    [InlineData("monday 00:00 00:00, monday 05:00 12:00", "openingHours")]
    [InlineData("monday 01:00 02:00, monday 03:00 04:00, monday 05:00 06:00, monday 07:00 08:00, monday 09:00 10:00", "openingHours")]
    public void What_is_no_time_or_overlaps_is_named(string given, string field)
    {
        var errors = new ValidationErrors();
        OpeningHours.Read("openingHours", Times(given), errors);
        errors.All.Select(e => e.Field).ShouldContain(field);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task They_are_set_by_merge_patch_and_shown_to_guests_on_the_form(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);

        var row = await (
            await owner.Send(
                HttpMethod.Patch,
                $"/api/v1/properties/{house.Lisbon}",
                """{"openingHours":[{"day":"tuesday","from":"08:00","to":"22:30"}]}"""
            )
        ).Json(200);

        row["openingHours"]!.ToJsonString().ShouldBe("""[{"day":"tuesday","from":"08:00","to":"22:30"}]""");
        (await app.Anonymous().GetStringAsync($"/book/{house.Lisbon}")).ShouldContain("08:00-22:30");
        (await app.Anonymous().GetStringAsync($"/book/{house.Berlin}")).ShouldNotContain("hours-shown");
        (await owner.GetFromJson($"/api/v1/properties/{house.Berlin}"))["openingHours"]!.AsArray().ShouldBeEmpty();
    }

    private static IReadOnlyList<OpeningTime> Times(string text) =>
        [
            .. text.Split(", ", StringSplitOptions.RemoveEmptyEntries)
                .Select(t => t.Split(' '))
                .Select(t => new OpeningTime(t[0], t[1], t[2])),
        ];
}
