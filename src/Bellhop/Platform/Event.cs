using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Platform;

/// <summary>
/// One thing that happened, written in the save that made it happen and never changed: the database refuses it. Audit log, timeline and
/// outgoing webhooks
/// are three reads of it. It names what and which fields, never a guest's values; those lie in <see cref="EventDetail"/>.
/// </summary>
public sealed class Event
{
    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public DateTime At { get; init; }
    public ActorKind WhoKind { get; init; }
    public Guid WhoId { get; init; }
    public required string WhoName { get; init; }

    /// <summary>Noun and verb: <c>contact.created</c>, <c>booking.updated</c>, <c>access.refused</c>.</summary>
    public required string Action { get; init; }

    public required string EntityKind { get; init; }
    public Guid? EntityId { get; init; }

    /// <summary>The network address it came from, or null for Bellhop's own work.</summary>
    public string? From { get; init; }

    /// <summary>Names of the fields that changed, comma-separated.</summary>
    public string Fields { get; init; } = "";
}

/// <summary>
/// Leads from a guest to an event that is not of the contact itself: a change of their booking, or that a property came to know them. Gone
/// with the contact.
/// </summary>
public sealed class EventContact
{
    public int OrganizationId { get; init; }
    public Guid ContactId { get; init; }

    /// <summary>As the event's: a timeline is read off the key.</summary>
    public DateTime At { get; init; }
    public Guid EventId { get; init; }

    /// <summary>Where it happened: nobody else's timeline shows it.</summary>
    public Guid PropertyId { get; init; }
}

/// <summary>
/// Opens the one way by which events go: those of an organisation before an instant, while there is a row here. It is written and removed
/// in the save of
/// the one use case that forgets events; triggers refuse every other deletion, and every change.
/// </summary>
public sealed class EventRetention
{
    public int OrganizationId { get; init; }
    public DateTime Before { get; init; }
}

/// <summary>The values behind an event that name a guest: keyed by the contact, gone with the contact.</summary>
public sealed class EventDetail
{
    public int OrganizationId { get; init; }

    /// <summary>The event's id.</summary>
    public Guid Id { get; init; }

    public Guid ContactId { get; init; }

    /// <summary>JSON: field → [before, after].</summary>
    public required string Detail { get; init; }
}

internal sealed class EventTable : IEntityTypeConfiguration<Event>
{
    public void Configure(EntityTypeBuilder<Event> table)
    {
        table.ToTable("events").HasKey(e => new { e.OrganizationId, e.Id });
        table.Property(e => e.WhoKind).HasConversion<string>().HasMaxLength(16);
        table.Property(e => e.WhoName).HasMaxLength(256);
        table.Property(e => e.Action).HasMaxLength(64);
        table.Property(e => e.EntityKind).HasMaxLength(32);
        table.Property(e => e.From).HasMaxLength(64);
        table.HasIndex(e => new
        {
            e.OrganizationId,
            e.EntityKind,
            e.EntityId,
            e.At,
            e.Id,
        });
    }
}

internal sealed class EventContactTable : IEntityTypeConfiguration<EventContact>
{
    public void Configure(EntityTypeBuilder<EventContact> table) =>
        table
            .ToTable("event_contacts")
            .HasKey(c => new
            {
                c.OrganizationId,
                c.ContactId,
                c.At,
                c.EventId,
            });
}

internal sealed class EventRetentionTable : IEntityTypeConfiguration<EventRetention>
{
    public void Configure(EntityTypeBuilder<EventRetention> table)
    {
        table.ToTable("event_retention").HasKey(r => r.OrganizationId);
        table.Property(r => r.OrganizationId).ValueGeneratedNever();
    }
}

internal sealed class EventDetailTable : IEntityTypeConfiguration<EventDetail>
{
    public void Configure(EntityTypeBuilder<EventDetail> table)
    {
        table.ToTable("event_details").HasKey(d => new { d.OrganizationId, d.Id });
        table.HasIndex(d => new { d.OrganizationId, d.ContactId });
    }
}
