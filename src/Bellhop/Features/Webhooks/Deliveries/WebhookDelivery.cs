using System.Buffers.Binary;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Webhooks;

public enum DeliveryState
{
    /// <summary>Waits for its first or its next try.</summary>
    Pending,

    /// <summary>The receiver took it.</summary>
    Delivered,

    /// <summary>The receiver refused it for three days; a person can send it again.</summary>
    Failed,

    /// <summary>Nothing was sent, because it is about what the endpoint may no longer hear of.</summary>
    Skipped,
}

/// <summary>
/// One piece of news for one endpoint. The save that makes the news writes this row. It holds only ids: each try makes the body anew.
/// </summary>
public sealed class WebhookDelivery
{
    public int OrganizationId { get; init; }

    /// <summary>Grows with the time of the news. Receivers get it as <c>webhook-id</c>, the same at each try.</summary>
    public Guid Id { get; init; } = DeliveryIds.Next();
    public Guid EndpointId { get; init; }

    /// <summary>A name of <see cref="WebhookEvent.All"/>, or <see cref="WebhookEvent.Test"/>.</summary>
    public required string Event { get; init; }

    /// <summary>The contact, booking or review.</summary>
    public Guid EntityId { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public DateTime At { get; init; }
    public DeliveryState State { get; set; }

    /// <summary>Not before this instant; null if no try is to come.</summary>
    public DateTime? NextAt { get; set; }

    /// <summary>All tries so far.</summary>
    public int Attempts { get; set; }

    /// <summary>Failed tries since it was made, or since a person asked for it again: the pause grows with it.</summary>
    public int Step { get; set; }

    /// <summary>The HTTP status of the last try; null if there was no answer.</summary>
    public int? LastStatusCode { get; set; }

    /// <summary>Why the last try had no answer: a name of <see cref="Platform.Web.OutsideFailure"/>.</summary>
    public string? LastFailure { get; set; }

    /// <summary>When the last try ended, UTC.</summary>
    public DateTime? TriedAt { get; set; }

    /// <summary>Sends it at once, with all its tries.</summary>
    internal void SendAgain(DateTime now) => (State, NextAt, Step) = (DeliveryState.Pending, now, 0);
}

/// <summary>Ids of version 7 that this process makes in growing order; the framework's have no order within a millisecond.</summary>
internal static class DeliveryIds
{
    private static readonly Lock Gate = new();
    private static long last;

    public static Guid Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7().TryWriteBytes(bytes, bigEndian: true, out _);
        lock (Gate)
        {
            // The first eight bytes: the milliseconds, the version, and twelve bits that count.
            last = Math.Max(last + 1, BinaryPrimitives.ReadInt64BigEndian(bytes) & ~0xFFFL);
            if ((last & 0xF000) != 0x7000)
            {
                last = (last & ~0xFFFFL) + 0x7000; // more than 4096 in a millisecond: the carry went into the version
            }

            BinaryPrimitives.WriteInt64BigEndian(bytes, last);
        }

        return new(bytes, bigEndian: true);
    }
}

internal sealed class WebhookDeliveryTable : IEntityTypeConfiguration<WebhookDelivery>
{
    private const string Waiting = "state = 'Pending'";

    public void Configure(EntityTypeBuilder<WebhookDelivery> table)
    {
        // No foreign key to the endpoint: a save never fails because somebody deletes an endpoint meanwhile.
        table.ToTable("webhook_deliveries").HasKey(d => new { d.OrganizationId, d.Id });
        table.Property(d => d.Event).HasMaxLength(32);
        table.Property(d => d.State).HasConversion<string>().HasMaxLength(16);
        table.Property(d => d.LastFailure).HasMaxLength(16);
        table.HasIndex(d => new
        {
            d.OrganizationId,
            d.EndpointId,
            d.Id,
        });
        table
            .HasIndex(d => new
            {
                d.OrganizationId,
                d.EndpointId,
                d.NextAt,
            })
            .HasFilter(Waiting)
            .HasDatabaseName("ix_webhook_deliveries_due");
        table
            .HasIndex(d => new
            {
                d.OrganizationId,
                d.EntityId,
                d.EndpointId,
                d.Id,
            })
            .HasFilter(Waiting)
            .HasDatabaseName("ix_webhook_deliveries_waiting");
        table.HasIndex(d => d.At);
    }
}
