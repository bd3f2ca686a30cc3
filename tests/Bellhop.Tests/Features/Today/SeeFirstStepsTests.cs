using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Features.Properties;
using Bellhop.Features.Team;
using Bellhop.Features.Today;
using Bellhop.Platform;

namespace Bellhop.Tests.Features.Today;

public class SeeFirstStepsTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_new_house_sees_what_is_left_to_do_until_it_is_done_or_thirty_days_old(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var fresh = (await See(house))!;
        (fresh.Import, fresh.Key, fresh.Segment).ShouldBe((false, false, false));

        await using (var db = house.Open())
        {
            await CreateApiKey.Run(new("Website"), house.Owner, db, default);
            await AddSegment.Run(new("Regulars", new RuleLeaf(new(MinBookings: 2)).ToElement()), house.Owner, db, default);
        }

        var later = (await See(house))!;
        (later.Import, later.Key, later.Segment).ShouldBe((false, true, true));
        house.Clock.Jump(TimeSpan.FromDays(31));
        (await See(house)).ShouldBeNull();
    }

    [Fact]
    public async Task Only_who_manages_the_settings_of_all_properties_sees_the_first_steps()
    {
        await using var house = await TestHouse.Make("sqlite");
        var limited = house.Owner with { Properties = [house.Lisbon] };
        await using var db = house.Open();

        (await SeeFirstSteps.Run(limited, db, default)).ShouldBeNull();
        var viewer = house.Owner with { Permissions = Roles.Of(Roles.Viewer) };
        (await Should.ThrowAsync<Refusal>(() => SeeFirstSteps.Run(viewer, db, default))).Status.ShouldBe(403);
    }

    private static async Task<SeeFirstSteps.Row?> See(TestHouse house)
    {
        await using var db = house.Open();
        return await SeeFirstSteps.Run(house.Owner, db, default);
    }
}
