using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>
/// What the items that are read in one save share. What they need is read for all of them together: one by one, reading would take most of
/// the time.
/// </summary>
internal sealed class ReadingSave(Hook hook, Actor who, BellhopDb db)
{
    private readonly Dictionary<(AccountKind Kind, string? Id, string? Inside), (ChannelAccount? Account, string Wrong)> _accounts = [];
    private readonly HashSet<(Guid Account, string Id)> _asked = [];
    private readonly HashSet<(Guid Account, string Id)> _known = [];
    private readonly HashSet<(Guid Account, string Id)> _guests = [];
    private readonly Dictionary<Guid, Property> _properties = [];
    private readonly HashSet<(Guid Hook, Guid Contact)> _linked = [];
    private readonly HashSet<(Guid Hook, int Part, string Reason)> _parked = [];
    private bool? _hasForgotten;
    private bool? _hasEarly;

    /// <summary>The event whose item is read now.</summary>
    public Hook Hook { get; set; } = hook;

    /// <summary>The guests who are looked up already.</summary>
    public ChannelGuests Guests { get; } = new();

    /// <summary>The conversations whose rows this save holds already.</summary>
    public HashSet<Guid> Held { get; } = [];

    /// <summary>Reads what the items of some events need: which messages are there, the conversations and the guests.</summary>
    public async Task LookUp(IReadOnlyList<Guid> hooks, IReadOnlyList<ChannelItem> items, CancellationToken cancel)
    {
        var linked = await db
            .HookContacts.Where(h => h.OrganizationId == who.OrganizationId && hooks.Contains(h.HookId))
            .Select(h => new { h.HookId, h.ContactId })
            .ToListAsync(cancel);
        _linked.UnionWith(linked.Select(l => (l.HookId, l.ContactId)));
        var guests = new List<ChannelGuest>();
        foreach (var item in items)
        {
            var (id, guest, phone) = item switch
            {
                MessageItem message => (message.Id, message.From, message.OwnPhone),
                EchoItem echo => (echo.Id, echo.To, null),
                PastItem past => (past.Id, past.Guest, null),
                _ => (null, null, null),
            };
            if (id is null || guest is not { IsNamed: true } || (await Account(item, cancel)).Account is not { } account)
            {
                continue;
            }

            _asked.Add((account.Id, id));
            foreach (var name in NamesOf(guest))
            {
                _guests.Add((account.Id, name));
            }

            if (guest.IsPerson)
            {
                guests.Add(new Arrived(account, this, Hook.ReceivedAt, who, db).GuestOf(guest, phone));
            }
        }

        foreach (var some in _asked.GroupBy(a => a.Account, a => a.Id))
        {
            var ids = some.ToList();
            var stored = await db
                .Messages.Where(m => m.OrganizationId == who.OrganizationId && m.AccountId == some.Key && ids.Contains(m.ExternalId!))
                .Select(m => m.ExternalId!)
                .ToListAsync(cancel);
            _known.UnionWith(stored.Select(id => (some.Key, id)));
        }

        await HoldConversations(cancel);
        await Guests.LookUp(guests, who, db, cancel);
    }

    /// <summary>Whether a message is there, or is received earlier in this save; from now on it is.</summary>
    public async Task<bool> IsKnown(Guid accountId, string externalId, CancellationToken cancel)
    {
        if (!_known.Add((accountId, externalId)))
        {
            return true;
        }

        return !_asked.Contains((accountId, externalId))
            && await db.Messages.AnyAsync(
                m => m.OrganizationId == who.OrganizationId && m.AccountId == accountId && m.ExternalId == externalId,
                cancel
            );
    }

    /// <summary>Whether the guest's conversation on the account, where there is one, is tracked and held.</summary>
    public bool HasAsked(Guid accountId, Guest guest) => NamesOf(guest).All(name => _guests.Contains((accountId, name)));

    /// <summary>Whether messages of deleted guests are remembered at all.</summary>
    public async Task<bool> HasForgotten(CancellationToken cancel) =>
        _hasForgotten ??= await db.ForgottenMessages.AnyAsync(m => m.OrganizationId == who.OrganizationId, cancel);

    /// <summary>Whether changes of messages wait that are not there yet.</summary>
    public async Task<bool> HasEarly(CancellationToken cancel) =>
        (_hasEarly ??= await db.EarlyChanges.AnyAsync(c => c.OrganizationId == who.OrganizationId, cancel))
        || db.EarlyChanges.Local.Count > 0;

    /// <summary>The property of an account.</summary>
    public async Task<Property> PropertyOf(ChannelAccount account, CancellationToken cancel)
    {
        if (!_properties.TryGetValue(account.PropertyId, out var property))
        {
            property =
                await db.FindProperty(account.PropertyId, who, cancel)
                ?? throw new InvalidOperationException("An account has no property.");
            _properties[account.PropertyId] = property;
        }

        return property;
    }

    /// <summary>Whether the event is not yet linked to the contact; from now on it is.</summary>
    public bool Links(Guid contactId) => _linked.Add((Hook.Id, contactId));

    /// <summary>Whether the event's part is not yet parked for this reason; from now on it is.</summary>
    public bool Parks(int part, string reason) => _parked.Add((Hook.Id, part, reason));

    /// <summary>
    /// The account that the item was sent to, or the reason why there is none. It is one of the connection's: a valid event reaches no
    /// other's account.
    /// </summary>
    public async Task<(ChannelAccount? Account, string Wrong)> Account(ChannelItem item, CancellationToken cancel)
    {
        var key = (item.Kind, item.Account, item.AccountInside);
        if (_accounts.TryGetValue(key, out var known))
        {
            return known;
        }

        var ids =
            item.Kind == AccountKind.Telegram
                ? [Hook.ConnectionId.ToString("N")]
                : new[] { item.Account, item.AccountInside }.OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        var found = await db
            .ChannelAccounts.Where(a =>
                a.OrganizationId == who.OrganizationId
                && a.ConnectionId == Hook.ConnectionId
                && a.Kind == item.Kind
                && a.RemovedAt == null
                && ids.Contains(a.ExternalId)
            )
            .ToListAsync(cancel);
        return _accounts[key] =
            found.Count == 0 ? (null, "unknown-account")
            : found.Exists(a => a.PropertyId != found[0].PropertyId) ? (null, "several-accounts")
            : (found.Find(a => a.ExternalId == item.AccountInside) ?? found[0], "");
    }

    /// <summary>Reads the conversations of the guests, and holds their rows until the save ends.</summary>
    private async Task HoldConversations(CancellationToken cancel)
    {
        var ids = new HashSet<Guid>();
        foreach (var some in _guests.GroupBy(g => g.Account, g => g.Id))
        {
            var names = some.ToList();
            var theirs = db.Conversations.Where(c => c.OrganizationId == who.OrganizationId && c.AccountId == some.Key);
            ids.UnionWith(await theirs.Where(c => names.Contains(c.GuestId)).Select(c => c.Id).ToListAsync(cancel));
            ids.UnionWith(await theirs.Where(c => names.Contains(c.GuestNumber!)).Select(c => c.Id).ToListAsync(cancel));
        }

        if (ids.Count == 0)
        {
            return;
        }

        Held.UnionWith(ids);
        var held = ids.ToList();
        await db.LockRows($"conversations", who.OrganizationId, held, cancel);
        await db.Conversations.Where(c => c.OrganizationId == who.OrganizationId && held.Contains(c.Id)).LoadAsync(cancel);
    }

    private static IEnumerable<string> NamesOf(Guest guest) => new[] { guest.Id, guest.Number }.OfType<string>();
}
