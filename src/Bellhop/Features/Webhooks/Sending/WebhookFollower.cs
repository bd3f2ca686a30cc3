using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Webhooks;

/// <summary>
/// Writes a delivery for each endpoint that asks for what happened, in the save in which it happens. An organisation without endpoints
/// writes nothing.
/// </summary>
internal sealed class WebhookFollower : Follower
{
    public const string DeliveryKind = "webhookDelivery";

    /// <summary>Told to open pages when a try has ended.</summary>
    public const string OutcomeKind = "webhookOutcome";
    private const string EndpointKind = "webhookEndpoint";

    public override IReadOnlyList<Type> Tables { get; } = [typeof(WebhookDelivery)];

    public override Task BulkInserted(BellhopDb db, IReadOnlyCollection<object> rows, CancellationToken cancel)
    {
        if (rows is IEnumerable<Event> events)
        {
            db.SaveContext.Events.AddRange(events);
        }

        return Task.CompletedTask;
    }

    public override async Task<bool> Follow(BellhopDb db, CancellationToken cancel)
    {
        if (db.SaveContext.Events.Count == 0)
        {
            return false;
        }

        var happened = db.SaveContext.Events.ToLookup(e => e.OrganizationId);
        db.SaveContext.Events.Clear();
        foreach (var some in happened)
        {
            // An import brings many events at once: without an endpoint nobody looks at them.
            if (
                !some.Any(e => WebhookEvent.Of(e.Action) is not null)
                || await Endpoints(some.Key, db, cancel) is not { Count: > 0 } endpoints
            )
            {
                continue;
            }

            var news = some.Select(News.Of).OfType<News>().DistinctBy(n => (n.Event, n.EntityId)).ToList();
            foreach (var endpoint in endpoints)
            {
                await Write(endpoint, news.FindAll(n => endpoint.Events.Contains(n.Event.Name)), db, cancel);
            }
        }

        return false; // deliveries are new rows
    }

    /// <summary>Called while the contact is still known to its properties.</summary>
    public override async Task ContactDeleted(BellhopDb db, int organizationId, Guid contactId, CancellationToken cancel)
    {
        var gone = WebhookEvent.Find(WebhookEvent.ContactDeleted)!;
        foreach (var endpoint in await Endpoints(organizationId, db, cancel))
        {
            if (endpoint.Events.Contains(gone.Name))
            {
                await Write(endpoint, [new(organizationId, gone, contactId, db.Now)], db, cancel);
            }
        }
    }

    // What is made in a save is news once, however often the save changes it.
    private static async Task Write(Listener endpoint, List<News> news, BellhopDb db, CancellationToken cancel)
    {
        var made = news.Where(n => n.Is("created")).Select(n => n.EntityId).ToHashSet();
        var heard = await Heard(endpoint, news, db, cancel);
        var written = news.Where(n => heard is null || heard.Contains(n.EntityId))
            .Where(n => !n.Is("updated") || !made.Contains(n.EntityId))
            .Select(n => new WebhookDelivery
            {
                OrganizationId = n.OrganizationId,
                EndpointId = endpoint.Id,
                Event = n.Event.Name,
                EntityId = n.EntityId,
                At = n.At,
                NextAt = n.At,
            })
            .ToList();
        if (written.Count > 0)
        {
            db.AddRange(written);
            db.TellOfMany(written[0].OrganizationId, DeliveryKind);
        }
    }

    /// <summary>The things that belong to the endpoint's properties; null for all.</summary>
    private static async Task<HashSet<Guid>?> Heard(Listener endpoint, List<News> news, BellhopDb db, CancellationToken cancel)
    {
        if (endpoint.Properties is not { } limited)
        {
            return null;
        }

        var heard = new HashSet<Guid>();
        foreach (var some in news.GroupBy(n => n.Event.Kind))
        {
            var (organizationId, ids) = (some.First().OrganizationId, some.Select(n => n.EntityId).ToList());
            var merged = some.Any(n => n.Event.Name == WebhookEvent.ContactMerged)
                ? await db
                    .Merges.Where(m => m.OrganizationId == organizationId && ids.Contains(m.FromId))
                    .ToDictionaryAsync(m => m.FromId, m => m.ContactId, cancel)
                : [];
            ids.AddRange(merged.Values);
            var there = some.Key switch
            {
                WebhookKind.Contact => db
                    .ContactsAtProperty.Where(a =>
                        a.OrganizationId == organizationId && ids.Contains(a.ContactId) && limited.Contains(a.PropertyId)
                    )
                    .Select(a => a.ContactId),
                WebhookKind.Booking => db
                    .Bookings.Where(b => b.OrganizationId == organizationId && ids.Contains(b.Id) && limited.Contains(b.PropertyId))
                    .Select(b => b.Id),
                _ => db
                    .Reviews.Where(r => r.OrganizationId == organizationId && ids.Contains(r.Id) && limited.Contains(r.PropertyId))
                    .Select(r => r.Id),
            };
            heard.UnionWith(await there.ToListAsync(cancel));
            heard.UnionWith(merged.Where(m => heard.Contains(m.Value)).Select(m => m.Key).ToList());
        }

        return heard;
    }

    /// <summary>
    /// The organisation's endpoints, as this process last read them: a save of an organisation without any costs no read.
    /// </summary>
    private static async Task<IReadOnlyList<Listener>> Endpoints(int organizationId, BellhopDb db, CancellationToken cancel) =>
        (
            await db.Host.OrganizationCache.Get(
                organizationId,
                "webhooks",
                async () =>
                {
                    var all = await db
                        .WebhookEndpoints.AsNoTracking()
                        .Where(e => e.OrganizationId == organizationId)
                        .OrderBy(e => e.Id)
                        .ToListAsync(cancel);
                    return new Listeners(
                        all.ConvertAll(e => new Listener(e.Id, e.Events.Split(',').ToHashSet(StringComparer.Ordinal), e.Properties))
                    );
                },
                EndpointKind
            )
        ).All;

    private readonly record struct Listeners(IReadOnlyList<Listener> All);

    /// <param name="Properties">Null for all.</param>
    private sealed record Listener(Guid Id, IReadOnlySet<string> Events, Guid[]? Properties);

    private sealed record News(int OrganizationId, WebhookEvent Event, Guid EntityId, DateTime At)
    {
        public bool Is(string verb) => Event.Name.EndsWith("." + verb, StringComparison.Ordinal);

        public static News? Of(Event happened) =>
            WebhookEvent.Of(happened.Action) is { } said && happened.EntityId is { } id
                ? new(happened.OrganizationId, said, id, happened.At)
                : null;
    }
}
