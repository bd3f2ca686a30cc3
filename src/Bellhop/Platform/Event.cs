using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Platform;

/// <summary>
/// One thing that happened, written in the save that made it happen and never changed: audit log, timeline and outgoing webhooks are three
/// reads of it.
/// It names what and which fields, never a guest's values; those lie in <see cref="EventDetail"/>.
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

    /// <summary>
    /// Of a changed booking, whose it was then: a guest's timeline is read by it. Null for everything else, for a booking of nobody, and
    /// once the contact is deleted.
    /// </summary>
    public Guid? ContactId { get; set; }

    /// <summary>The network address it came from, or null for Bellhop's own work.</summary>
    public string? From { get; init; }

    /// <summary>Names of the fields that changed, comma-separated.</summary>
    public string Fields { get; init; } = "";
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
        table
            .HasIndex(e => new
            {
                e.OrganizationId,
                e.ContactId,
                e.At,
                e.Id,
            })
            .HasFilter("contact_id IS NOT NULL");
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
