using System.Text.Json;
using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Properties;

/// <summary>Background work that a change here asks for; what follows from bookings is done where bookings are.</summary>
public static class Recalculation
{
    /// <summary>Totals are converted anew, and the figures of their guests counted.</summary>
    public const string Convert = "bookings.convert";

    /// <summary>Last bookings at a property are rolled at its midnight.</summary>
    public const string RollLast = "contacts.rollLast";

    /// <param name="From">Only bookings in this currency.</param>
    /// <param name="Day">Only those booked on this day or later.</param>
    /// <param name="PropertyId">Only those at this property, whose guests are then all counted anew.</param>
    public sealed record Which(string? From = null, DateOnly? Day = null, Guid? PropertyId = null);

    public static Task<Guid> QueueConvert(this BellhopDb db, Actor who, Which which, CancellationToken cancel)
    {
        var argument = JsonSerializer.Serialize(which, JsonSerializerOptions.Web);
        return db.Queue(Actor.System(who.OrganizationId), Convert, argument, argument, cancel: cancel);
    }

    /// <summary>Asks for the rolling at an instant, or now; one waits for each property at most.</summary>
    public static Task<Guid> QueueRollLast(
        this BellhopDb db,
        int organizationId,
        Guid propertyId,
        DateTime? runAt,
        CancellationToken cancel
    ) => db.Queue(Actor.System(organizationId), RollLast, propertyId.ToString("D"), propertyId.ToString("D"), runAt, cancel);
}
