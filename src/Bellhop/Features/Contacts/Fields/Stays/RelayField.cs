using Bellhop.Features.RealAddresses;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Contacts;

/// <summary>Whether the guest is in house or arriving and can be written to only through a booking site.</summary>
internal static class RelayField
{
    public static Parameter<bool?> YesNo { get; } =
        new("relayOnly", f => f.RelayOnly, (f, v) => f with { RelayOnly = v }, ParameterKinds.YesNo);

    public static Condition Condition { get; } =
        new("relayOnly", YesNo)
        {
            Chip = (f, say) => say.Say(f.RelayOnly == true ? "F.Relay.Yes.Chip" : "F.Relay.No.Chip"),
            Editor = ChoiceEditor.YesNo("relayOnly", YesNo, "F.Relay.", "Any", "Yes", "No"),
            KindPlace = 17,
            Begin = new() { RelayOnly = true },
            NeedsHouse = true,
            // Everybody who is asked is active and shows no address.
            Ask = static of =>
            {
                if (of.Filter.RelayOnly == true)
                {
                    of.Take(ActiveField.Yes, of.Db.Now);
                    of.Add(EmailField.Missing);
                }
            },
            Beside = static async (f, scope, db, cancel) =>
            {
                var places = await db
                    .Properties.AsNoTracking()
                    .Where(p => p.OrganizationId == scope.OrganizationId)
                    .Select(p => new { p.Id, p.TimeZone })
                    .ToListAsync(cancel);
                var stays = await RelayGuests.Read(
                    scope.OrganizationId,
                    places
                        .Where(p => scope.Properties is null || scope.Properties.Contains(p.Id))
                        .Select(p => (p.Id, db.Now.DayIn(Clock.Zone(p.TimeZone)!))),
                    null,
                    db,
                    cancel
                );
                var among = db.Dialect.Among($"c.id", stays.Select(s => s.ContactId).Distinct());
                return new(f.RelayOnly == true ? among : $"NOT ({among})");
            },
        };
}
