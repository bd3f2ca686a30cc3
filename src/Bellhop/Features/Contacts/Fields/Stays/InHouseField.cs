using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Contacts;

/// <summary>Whether the guest is in house at one of the properties asked about.</summary>
internal static class InHouseField
{
    public static Parameter<bool?> YesNo { get; } =
        new("inHouse", f => f.InHouse, (f, v) => f with { InHouse = v }, ParameterKinds.YesNo) { Place = 1 };

    public static Condition Condition { get; } =
        new("inHouse", YesNo)
        {
            Chip = (f, say) => say.Say(f.InHouse == true ? "F.InHouse.Yes.Chip" : "F.InHouse.No.Chip"),
            Editor = ChoiceEditor.YesNo("inHouse", YesNo, "F.InHouse.", "Any", "Yes", "No"),
            KindPlace = 9,
            Begin = new(InHouse: true),
            NeedsHouse = true,
            // Everybody in house is active, and few guests are active.
            Ask = static of => of.Take(ActiveField.Yes, of.Filter.InHouse == true ? of.Db.Now : null),
            Beside = static async (f, scope, db, cancel) => new(await Holds(f.InHouse == true, scope, db, cancel)),
        };

    /// <summary>The condition on the contact <c>c</c>, with its values: each property on its own day.</summary>
    private static async Task<Sql> Holds(bool inHouse, ContactScope scope, BellhopDb db, CancellationToken cancel)
    {
        var zones = await db
            .Properties.AsNoTracking()
            .Where(p => p.OrganizationId == scope.OrganizationId)
            .Select(p => new { p.Id, p.TimeZone })
            .ToListAsync(cancel);
        var places = zones
            .Where(p => scope.Properties is null || scope.Properties.Contains(p.Id))
            .Select(p => (p.Id, db.Now.DayIn(Clock.Zone(p.TimeZone)!)));
        Sql not = inHouse ? Sql.None : $"NOT ";
        return $"c.id {not}IN ({InHouse.Guests(db.Dialect, scope.OrganizationId, places)})";
    }
}
