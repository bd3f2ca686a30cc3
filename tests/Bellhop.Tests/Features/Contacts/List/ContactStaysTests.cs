using Bellhop.Features.Contacts;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Tests.Features.Contacts;

public class ContactStaysTests
{
    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task In_house_is_whoever_is_there_by_date_or_by_status_however_long_they_overstay(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await house.Book("here by date", "Confirmed", "+351912345671", arrival: house.Day(-1));
        await house.Book("overstays", "InHouse", "+351912345672", arrival: house.Day(-10));
        await house.Book("never checked out", "InHouse", "+351912345673", arrival: house.Day(-400));
        await house.Book("came early", "InHouse", "+351912345674", arrival: house.Day(2));
        await house.Book("left today", "Completed", "+351912345675", arrival: house.Day(-3));
        await house.Book("to come", "Confirmed", "+351912345676", arrival: house.Day(1));
        await house.Book("not certain", "Pending", "+351912345677", arrival: house.Day(-1));
        await house.Book("at the other house", "InHouse", "+351912345678", arrival: house.Day(-50), inLisbon: false);

        await using var db = house.Open();
        var all = await Extras(house.Owner);
        (all.InHouse, all.Upcoming).ShouldBe((5, 1));
        var lisbon = await Extras(house.At(house.Lisbon));
        (lisbon.InHouse, lisbon.Upcoming).ShouldBe((4, 1));

        async Task<ContactExtras> Extras(Actor who) =>
            (await SummarizeContacts.Glance(ContactFilter.None, await SeeOrganization.Run(who, db, default), who, db, default)).Extras;
    }
}
