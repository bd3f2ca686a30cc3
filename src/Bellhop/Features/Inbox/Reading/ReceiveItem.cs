using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Inbox;

/// <summary>Stores what one item of an event says. Runs inside the caller's save; the same item again changes nothing.</summary>
internal static class ReceiveItem
{
    /// <returns>Null, or the reason why the item cannot be stored and is parked.</returns>
    public static async Task<string?> Run(ChannelItem item, ReadingSave save, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandSystem();
        if (item is UnreadableItem unreadable)
        {
            return unreadable.Reason;
        }

        var hook = save.Hook;
        var at = item.At is { } said && said < hook.ReceivedAt ? said : hook.ReceivedAt;
        if (item is TemplateItem template)
        {
            await ReceiveTemplate.Run(template, hook.ConnectionId, at, who, db, cancel);
            return null;
        }

        var (account, wrong) = await save.Account(item, cancel);
        if (account is null)
        {
            // What changes nothing is not missed: a receipt of a number that another program has.
            return item is MessageItem or EchoItem or PastItem or GuestMovedItem ? wrong : null;
        }

        var call = new Arrived(account, save, at, who, db);
        switch (item)
        {
            case MessageItem message:
                await ReceiveMessage.Run(message, call, cancel);
                break;
            case EchoItem echo:
                await ReceiveMessage.Echo(echo, call, cancel);
                break;
            case PastItem past:
                await ReceiveHistory.Run(past, call, cancel);
                break;
            case ReactionItem reaction:
                await ChangeMessage.React(reaction, call, cancel);
                break;
            case EditItem edit:
                await ChangeMessage.Edit(edit, call, cancel);
                break;
            case WithdrawalItem withdrawal:
                await ChangeMessage.Withdraw(withdrawal, call, cancel);
                break;
            case StatusItem status:
                await ReceiveStatus.Run(status, call, cancel);
                break;
            case GuestMovedItem moved:
                await ReceiveGuest.Move(moved, call, cancel);
                break;
            case PreferenceItem preference:
                await ReceiveGuest.Prefer(preference, call, cancel);
                break;
            case CallItem called:
                await ReceiveGuest.Call(called, call, cancel);
                break;
            case ReachItem reach:
                await ReceiveGuest.Reach(reach, call, cancel);
                break;
        }

        return null;
    }
}

/// <summary>What every item brings along.</summary>
/// <param name="Account">The account that it was sent to.</param>
/// <param name="Save">What it shares with the items beside it.</param>
/// <param name="At">The provider's time, never later than the receipt.</param>
internal sealed record Arrived(ChannelAccount Account, ReadingSave Save, DateTime At, Actor Who, BellhopDb Db)
{
    public Hook Hook => Save.Hook;
    public int OrganizationId => Who.OrganizationId;

    /// <summary>The ids of a guest of this account, each with the scope in which the channel knows it.</summary>
    public ChannelGuest GuestOf(Guest guest, string? ownPhone = null)
    {
        List<ChannelId> ids = [];
        switch (Account.Kind)
        {
            case AccountKind.WhatsApp:
                if (guest.Id is { } user)
                {
                    ids.Add(new(IdentityKind.WhatsAppUser, Hook.ConnectionId.ToString("N"), user, guest.Username));
                }

                if (guest.Number is { } number)
                {
                    ids.Add(new(IdentityKind.WhatsApp, "", number, guest.Username));
                }

                break;
            case AccountKind.Telegram:
                ids.Add(new(IdentityKind.Telegram, "", guest.Id!, guest.Username));
                break;
            default:
                var kind = Account.Kind == AccountKind.Messenger ? IdentityKind.Messenger : IdentityKind.Instagram;
                ids.Add(new(kind, Account.ExternalId, guest.Id!, guest.Username));
                break;
        }

        return new(ids, guest.Name, ownPhone ?? guest.Number);
    }
}
