using System.Text.Json;
using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Properties;

/// <summary>Background work that changes of settings ask for. The job handlers are in the feature Bookings.</summary>
public static class Recalculation
{
    /// <summary>Converts totals again and recounts their guests' figures.</summary>
    public const string Convert = "bookings.convert";

    /// <summary>Updates the last bookings at a property at its midnight.</summary>
    public const string RollLast = "contacts.rollLast";

    /// <param name="From">Only bookings in this currency.</param>
    /// <param name="Day">Only bookings made on this day or later.</param>
    /// <param name="PropertyId">Only bookings at this property. All its guests are then counted again.</param>
    public sealed record Which(string? From = null, DateOnly? Day = null, Guid? PropertyId = null);

    public static Task<Guid> QueueConvert(this BellhopDb db, Actor who, Which which, CancellationToken cancel)
    {
        var argument = JsonSerializer.Serialize(which, JsonSerializerOptions.Web);
        return db.Queue(Actor.System(who.OrganizationId), Convert, argument, argument, cancel: cancel);
    }

    /// <summary>Queues the job for a time, or for now when null. At most one waits for each property.</summary>
    public static Task<Guid> QueueRollLast(
        this BellhopDb db,
        int organizationId,
        Guid propertyId,
        DateTime? runAt,
        CancellationToken cancel
    ) => db.Queue(Actor.System(organizationId), RollLast, propertyId.ToString("D"), propertyId.ToString("D"), runAt, cancel);
}
