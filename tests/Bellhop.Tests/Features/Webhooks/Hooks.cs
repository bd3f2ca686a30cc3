using Bellhop.Data;
using Bellhop.Features.Contacts;
using Bellhop.Features.Webhooks;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bellhop.Tests.Features.Webhooks;

/// <summary>A house with a receiver on loopback, and what sends to it.</summary>
internal sealed class Hooks : IAsyncDisposable
{
    private static readonly string[] All = [.. WebhookEvent.All.Select(e => e.Name)];

    private readonly List<IDisposable> _used = [];

    private Hooks(TestHouse house, Receiver receiver) => (House, Receiver) = (house, receiver);

    public TestHouse House { get; }
    public Receiver Receiver { get; }
    public WebhookSecrets Secrets { get; } = new(new EphemeralDataProtectionProvider());

    /// <summary>Calls loopback too, and waits for an answer no longer than a second.</summary>
    public OutsideHttp Outside { get; } = MakeOutside("127.0.0.0/8");

    public static async Task<Hooks> Make(string engine) => new(await TestHouse.Make(engine), await Receiver.Start());

    public static OutsideHttp MakeOutside(string networks, int seconds = 1) =>
        new(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        [OutsideHttp.NetworksSetting] = networks,
                        [OutsideHttp.TimeoutSetting] = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    }
                )
                .Build()
        );

    /// <summary>An endpoint at the receiver, with its secret.</summary>
    public async Task<WebhookEndpointRow> Add(IReadOnlyList<string>? events = null, params Guid[] properties)
    {
        await using var db = House.Open();
        var input = new AddWebhookEndpoint.Input(Receiver.Url, events ?? All, properties.Length == 0 ? null : properties);
        return (await AddWebhookEndpoint.Run(input, House.Owner, db, Outside, Secrets, default)).Value;
    }

    /// <summary>What sends, as one more process has it.</summary>
    /// <param name="outside">Where it is not <see cref="Outside"/>.</param>
    public WebhookSender Sender(OutsideHttp? outside = null)
    {
        var host = new DbHost(House.Clock);
        var sender = new WebhookSender(House, host, outside ?? Outside, Secrets, NullLogger<WebhookSender>.Instance);
        _used.AddRange([sender, host]);
        return sender;
    }

    /// <summary>Sends all that is due.</summary>
    public Task Send() => Sender().SendDue(TestContext.Current.CancellationToken);

    public async Task<Guid> AddGuest(string phone, bool inLisbon = true)
    {
        await using var db = House.Open();
        var added = await AddContact.Run(new(phone, inLisbon ? House.Lisbon : House.Auckland, "Ana"), House.Owner, db, default);
        return added.Value.Id;
    }

    public async Task Delete(Guid contact)
    {
        await using var db = House.Open();
        await DeleteContact.Run(contact, House.Owner, db, IfMatch.Any, default);
    }

    /// <summary>Every delivery, in its order.</summary>
    public async Task<List<WebhookDelivery>> Deliveries()
    {
        await using var db = House.Open();
        return await db.WebhookDeliveries.AsNoTracking().OrderBy(d => d.Id).ToListAsync();
    }

    public async Task<WebhookEndpoint> Endpoint(Guid id)
    {
        await using var db = House.Open();
        return await db.WebhookEndpoints.AsNoTracking().SingleAsync(e => e.Id == id);
    }

    /// <summary>Moves the clock to where the next try is due, and sends.</summary>
    public async Task SendWhenDue()
    {
        var waiting = (await Deliveries()).Where(d => d.State == DeliveryState.Pending).Min(d => d.NextAt)!.Value;
        await using var db = House.Open();
        var held = await db.WebhookEndpoints.MaxAsync(e => e.HoldUntil) ?? waiting;
        House.Clock.SetUtcNow(new(DateTime.SpecifyKind(waiting > held ? waiting : held, DateTimeKind.Utc)));
        await Send();
    }

    public async ValueTask DisposeAsync()
    {
        _used.ForEach(u => u.Dispose());
        Outside.Dispose();
        await Receiver.DisposeAsync();
        await House.DisposeAsync();
    }
}
