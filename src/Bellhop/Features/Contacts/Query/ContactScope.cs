using Bellhop.Data;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Contacts;

/// <summary>
/// The properties that a list is over: all of the organisation's (null), or only these. An actor's limit and the filter's properties have
/// the same effect.
/// </summary>
internal sealed record ContactScope(int OrganizationId, IReadOnlyList<Guid>? Properties)
{
    public bool IsEmpty => Properties is { Count: 0 };

    /// <summary>How many properties it covers, as the SQL needs to know.</summary>
    public PropertyScope Scope => PropertyScope.Of(Properties);

    /// <summary>The only properties that the viewer sees, whatever the list is over; null for all.</summary>
    public IReadOnlyList<Guid>? Seen { get; init; }

    /// <summary>Today at each of the properties; empty unless they are several.</summary>
    public IReadOnlyList<DateOnly> Todays { get; init; } = [];

    /// <summary>Whether the list is over the organisation's only property. Then it reads the contacts themselves.</summary>
    public bool IsOnly { get; init; }

    /// <summary>The conditions of the filter's segment.</summary>
    public SegmentRule? Segment { get; init; }

    /// <summary>The properties it covers, by id, also when it is over all: an index of bookings begins with the property.</summary>
    public async ValueTask<IReadOnlyList<Guid>> Places(BellhopDb db, CancellationToken cancel) =>
        Properties ?? await db.Read($"SELECT id FROM properties WHERE organization_id = {OrganizationId}", row => row.Id(), cancel);

    /// <summary>The actor's own properties, or those of them that the filter names; and the segment that the filter names.</summary>
    /// <exception cref="Refusal">404 when the filter names a property or a segment that the actor does not see.</exception>
    public static async ValueTask<ContactScope> Of(ContactFilter filter, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var properties = await VisibleProperties.Of(filter.PropertyIds, who, db, cancel);
        var scope = new ContactScope(who.OrganizationId, properties)
        {
            Seen = who.Properties,
            Todays = properties is { Count: > 1 } ? await TodayAt(properties, who.OrganizationId, db, cancel) : [],
            IsOnly = properties is [var one] && await VisibleProperties.IsOnly(one, who.OrganizationId, db, cancel),
        };
        return filter.SegmentId is { } id
            ? scope with
            {
                Segment = await GetSegment.Rules(id, who, db, cancel),
            }
            : scope with
            {
                Segment = filter.Rules,
            };
    }

    private static async ValueTask<IReadOnlyList<DateOnly>> TodayAt(
        IReadOnlyList<Guid> properties,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var zones = await db
            .Properties.AsNoTracking()
            .Where(p => p.OrganizationId == organizationId)
            .Select(p => new { p.Id, p.TimeZone })
            .ToDictionaryAsync(p => p.Id, p => p.TimeZone, cancel);
        return [.. properties.Select(id => db.Now.DayIn(zones.TryGetValue(id, out var name) ? Clock.Zone(name)! : TimeZoneInfo.Utc))];
    }
}
