using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Webhooks;

/// <summary>Why an endpoint gets nothing at present.</summary>
public enum WebhookPause
{
    /// <summary>A person paused it.</summary>
    Asked,

    /// <summary>No call succeeded for three days.</summary>
    Failing,

    /// <summary>It answered 410: it wants no more calls.</summary>
    Gone,
}

/// <summary>An address of another program that wants to hear what happens.</summary>
public sealed class WebhookEndpoint
{
    public const int UrlMax = 2000;

    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Url { get; set; }

    /// <summary>Names of <see cref="WebhookEvent.All"/>, separated by commas.</summary>
    public required string Events { get; set; }

    /// <summary>It hears only of what belongs to these properties; null for all, later ones too.</summary>
    public Guid[]? Properties { get; set; }

    /// <summary>Null for an endpoint that is called.</summary>
    public WebhookPause? Paused { get; set; }

    /// <summary>The secret that signs, encrypted.</summary>
    public required string Secret { get; set; }

    /// <summary>The secret before, which signs too until <see cref="OldEndsAt"/>, encrypted.</summary>
    public string? OldSecret { get; set; }
    public DateTime? OldEndsAt { get; set; }
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; set; }

    /// <summary>Calls that failed since the last one that succeeded.</summary>
    public int Failures { get; set; }
    public DateTime? FailingSince { get; set; }

    /// <summary>After several failures in a row, it is not called before this instant.</summary>
    public DateTime? HoldUntil { get; set; }

    /// <summary>The process that calls it at present. Only one does, so that news arrives in its order.</summary>
    public string? LeasedBy { get; set; }

    /// <summary>Until this instant the endpoint is this process's; in the past if nobody calls it.</summary>
    public DateTime LeasedUntil { get; set; }

    /// <summary>Whether the endpoint asks for this news.</summary>
    public bool Hears(string name) => Events.Split(',').Contains(name, StringComparer.Ordinal);

    /// <summary>Calls it as if it had never failed.</summary>
    internal void Forgive() => (Failures, FailingSince, HoldUntil) = (0, null, null);
}

/// <summary>Which endpoints an actor may see and change.</summary>
internal static class WebhookRights
{
    /// <summary>The organisation's endpoints that hear only of properties that the actor sees.</summary>
    public static async Task<List<WebhookEndpoint>> Seen(Actor who, BellhopDb db, CancellationToken cancel)
    {
        var all = await db.WebhookEndpoints.AsNoTracking().Where(e => e.OrganizationId == who.OrganizationId).ToListAsync(cancel);
        return all.FindAll(e => who.Covers(e.Properties));
    }

    /// <summary>One endpoint; tracked inside a save.</summary>
    /// <exception cref="Refusal">404 for an endpoint that does not exist, or that hears of properties that the actor does not
    /// see.</exception>
    public static async Task<WebhookEndpoint> Endpoint(Guid id, Actor who, BellhopDb db, CancellationToken cancel) =>
        await db.WebhookEndpoints.SingleOrDefaultAsync(e => e.OrganizationId == who.OrganizationId && e.Id == id, cancel) is { } there
        && who.Covers(there.Properties)
            ? there
            : throw Refusal.NotThere("webhookEndpoint", id);

    /// <summary>One delivery, with its endpoint; both tracked inside a save.</summary>
    /// <exception cref="Refusal">404 as for its endpoint.</exception>
    public static async Task<(WebhookDelivery Delivery, WebhookEndpoint Endpoint)> Delivery(
        Guid id,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var found =
            await db.WebhookDeliveries.SingleOrDefaultAsync(d => d.OrganizationId == who.OrganizationId && d.Id == id, cancel)
            ?? throw Refusal.NotThere("webhookDelivery", id);
        var endpoint = await db.WebhookEndpoints.SingleOrDefaultAsync(
            e => e.OrganizationId == who.OrganizationId && e.Id == found.EndpointId,
            cancel
        );
        return endpoint is not null && who.Covers(endpoint.Properties) ? (found, endpoint) : throw Refusal.NotThere("webhookDelivery", id);
    }

    /// <summary>Nobody sends out what they may not see themselves.</summary>
    /// <exception cref="Refusal">403 for news that shows more than the actor may see.</exception>
    public static void DemandOwn(IEnumerable<WebhookEvent> events, Actor who) =>
        Rights.DemandOwn(new(events.Select(e => e.Needs).Distinct()), who);
}

internal sealed class WebhookEndpointTable : IEntityTypeConfiguration<WebhookEndpoint>
{
    public void Configure(EntityTypeBuilder<WebhookEndpoint> table)
    {
        table.ToTable("webhook_endpoints").HasKey(e => new { e.OrganizationId, e.Id });
        table.IsAudited(
            "webhookEndpoint",
            e => e.Id,
            [
                nameof(WebhookEndpoint.Failures),
                nameof(WebhookEndpoint.FailingSince),
                nameof(WebhookEndpoint.HoldUntil),
                nameof(WebhookEndpoint.LeasedBy),
                nameof(WebhookEndpoint.LeasedUntil),
            ]
        );
        table.HasOne<Organization>().WithMany().HasForeignKey(e => e.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        table.Property(e => e.Url).HasMaxLength(WebhookEndpoint.UrlMax);
        table.Property(e => e.Events).HasMaxLength(1000);
        table.Property(e => e.Paused).HasConversion<string>().HasMaxLength(16);
        table.Property(e => e.LeasedBy).HasMaxLength(64);
    }
}
