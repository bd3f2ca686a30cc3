using Bellhop.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Platform;

/// <summary>
/// One thing that happened. The save that makes it happen writes it, and the database refuses every later change. The audit log, the
/// timeline and outgoing webhooks read it. It names the entity and its fields, never a guest's values; <see cref="EventDetail"/> has those.
/// </summary>
public sealed class Event
{
    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = OrderedId.Next();
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

    /// <summary>An event that is not recorded yet: <c>db.Happened</c> records one of the current save.</summary>
    internal static Event By(Actor who, string action, string kind, Guid? id, DateTime at, params IEnumerable<string> fields) =>
        new()
        {
            OrganizationId = who.OrganizationId,
            At = at,
            WhoKind = who.Kind,
            WhoId = who.Id,
            WhoName = who.Name,
            Action = action,
            EntityKind = kind,
            EntityId = id,
            From = who.From,
            Fields = string.Join(',', fields),
        };
}

/// <summary>
/// Puts an event on a guest's timeline that is about something else, such as a booking or a property that came to know the guest. It is
/// deleted with the contact.
/// </summary>
public sealed class EventContact
{
    public int OrganizationId { get; init; }
    public Guid ContactId { get; init; }

    /// <summary>The event's instant. It is in the key, so that a timeline is read in order.</summary>
    public DateTime At { get; init; }
    public Guid EventId { get; init; }

    /// <summary>The property where it happened. Only those who see this property see the event on a timeline.</summary>
    public Guid PropertyId { get; init; }
}

/// <summary>
/// While this row exists, an organisation's events before an instant may be deleted. Only the use case that forgets events writes and
/// removes the row, in one save. Triggers refuse every other deletion and every change of an event.
/// </summary>
public sealed class EventRetention
{
    public int OrganizationId { get; init; }
    public DateTime Before { get; init; }
}

/// <summary>An event's values that name a guest. They are deleted with the contact.</summary>
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
            e.EntityId, // no two kinds share an id
            e.At,
            e.Id,
        });
    }
}

internal sealed class EventContactTable : IEntityTypeConfiguration<EventContact>
{
    public void Configure(EntityTypeBuilder<EventContact> table) =>
        table
            .WhenMerged(new(OnMerge.Moves, nameof(EventContact.ContactId)))
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
        table.WhenMerged(new(OnMerge.Moves, nameof(EventDetail.ContactId)));
        table.ToTable("event_details").HasKey(d => new { d.OrganizationId, d.Id });
        table.HasIndex(d => new { d.OrganizationId, d.ContactId });
    }
}
