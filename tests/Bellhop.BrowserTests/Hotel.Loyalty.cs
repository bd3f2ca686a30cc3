using Bellhop.Features.Loyalty;
using Bellhop.Platform;

namespace Bellhop.BrowserTests;

public sealed partial class Hotel
{
    /// <summary>A programme at the hostel, and the hostel's id: a point is a cent, and half a bill may be paid with them.</summary>
    public async Task<Guid> Programme(string name)
    {
        await using var db = Database();
        var property = await Place(db);
        var input = new SaveProgramme.Input(
            true,
            name,
            1,
            new(0.01m, "EUR"),
            50,
            100,
            [new("silver", 500), new("gold", 1200), new("platinum", 4000)]
        );
        await SaveProgramme.Run(property.Id, input, await Owner(db), db, IfMatch.Any, CancellationToken.None);
        return property.Id;
    }

    /// <summary>A guest who is a member at the hostel.</summary>
    public async Task<Guid> Member(string name, string phone)
    {
        var guest = (await Booking(name, phone)).ContactId!.Value;
        await using var db = Database();
        await Enrol.Run((await Place(db)).Id, new(guest), await Owner(db), db, CancellationToken.None);
        return guest;
    }
}
