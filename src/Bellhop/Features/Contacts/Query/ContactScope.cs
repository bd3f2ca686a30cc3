using System.Data.Common;
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

    /// <summary>The only properties that the viewer sees, whatever the list is over; null for all.</summary>
    public IReadOnlyList<Guid>? Seen { get; init; }

    /// <summary>Whether the list is over the organisation's only property. Then it reads the contacts themselves.</summary>
    public bool IsOnly { get; init; }

    /// <summary>The conditions of the filter's segment.</summary>
    public SegmentRule? Segment { get; init; }

    /// <summary>The actor's own properties, or those of them that the filter names; and the segment that the filter names.</summary>
    /// <exception cref="Refusal">404 when the filter names a property or a segment that the actor does not see.</exception>
    public static async ValueTask<ContactScope> Of(ContactFilter filter, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var properties = await VisibleProperties.Of(filter.PropertyIds, who, db, cancel);
        var scope = new ContactScope(who.OrganizationId, properties)
        {
            Seen = who.Properties,
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

    /// <summary>Adds the parameters that the SQL of <see cref="ContactSql"/> names for this scope.</summary>
    public async ValueTask Add(DbCommand command, BellhopDb db, CancellationToken cancel)
    {
        command.With("organization", OrganizationId).With(ContactSql.PropertyNames, Properties, db);

        if (Properties is { Count: > 1 } several)
        {
            var zones = await db
                .Properties.AsNoTracking()
                .Where(p => p.OrganizationId == OrganizationId)
                .Select(p => new { p.Id, p.TimeZone })
                .ToDictionaryAsync(p => p.Id, p => p.TimeZone, cancel);
            for (var i = 0; i < several.Count; i++)
            {
                var zone = zones.TryGetValue(several[i], out var name) ? Clock.Zone(name)! : TimeZoneInfo.Utc;
                command.With(ContactSql.TodayNames[i], db.Stored(db.Now.DayIn(zone)));
            }
        }
    }
}
