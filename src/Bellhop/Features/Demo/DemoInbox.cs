using System.Globalization;
using System.Security.Cryptography;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Channels;
using Bellhop.Features.Inbox;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Demo;

/// <summary>
/// Connects the demo's channels and lets its guests write, by the same door as a provider's event: contacts and sources follow from it.
/// </summary>
internal static class DemoInbox
{
    public static async Task Write(
        IReadOnlyDictionary<string, Guid> properties,
        ConnectionSecrets secrets,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        secrets.Prepare();
        var team = await db
            .Users.AsNoTracking()
            .Join(db.Memberships.Where(m => m.OrganizationId == who.OrganizationId), u => u.Id, m => m.UserId, (u, m) => u)
            .ToDictionaryAsync(u => u.DisplayName!.Split(' ')[0], u => (u.Id, Name: u.DisplayName!), StringComparer.Ordinal, cancel);
        await db.Save(
            async () =>
            {
                foreach (var (house, place) in properties)
                {
                    AddChannelManager(house, place, secrets, who, db);
                }

                Dictionary<(AccountKind, Guid), (ChannelAccount, ReadingSave)> accounts = [];
                HashSet<Guid> writers = [];
                foreach (var chat in DemoChats.All)
                {
                    var place = properties[chat.House.Name];
                    if (!accounts.TryGetValue((chat.Channel, place), out var account))
                    {
                        accounts[(chat.Channel, place)] = account = Connect(chat.Channel, chat.House.Name, place, secrets, who, db);
                        await db.Flush(cancel);
                        await ConnectionHealths.Keep(who.OrganizationId, account.Item1.ConnectionId, [], db, cancel); // not asked yet
                    }

                    if (await GuestOf(chat, accounts.Count, place, writers, who, db, cancel) is { } guest)
                    {
                        await Talk(chat, guest, account.Item1, account.Item2, team, who, db, cancel);
                    }
                }
            },
            cancel
        );
    }

    /// <summary>A connection that only the providers' stand-in sends bookings to.</summary>
    private static void AddChannelManager(string house, Guid place, ConnectionSecrets secrets, Actor who, BellhopDb db)
    {
        var connection = new Connection
        {
            OrganizationId = who.OrganizationId,
            Kind = ConnectionKind.ChannelManager,
            Name = $"Channel manager · {house}",
            PropertyId = place,
            Secrets = secrets.Encrypt(new(SharedSecret: "demo")),
            CreatedAt = db.Now.AddDays(-30),
            UpdatedAt = db.Now.AddDays(-30),
        };
        db.Connections.Add(connection);
        db.ConnectionOwners.Add(new() { ConnectionId = connection.Id, OrganizationId = who.OrganizationId });
        db.Happened(who, "connection.created", "connection", connection.Id);
    }

    private static (ChannelAccount, ReadingSave) Connect(
        AccountKind kind,
        string house,
        Guid place,
        ConnectionSecrets secrets,
        Actor who,
        BellhopDb db
    )
    {
        var isBot = kind == AccountKind.Telegram;
        var connection = new Connection
        {
            OrganizationId = who.OrganizationId,
            Kind = isBot ? ConnectionKind.Telegram : ConnectionKind.Meta,
            Name = $"{(kind == AccountKind.Messenger ? "Facebook" : kind.ToString())} · {house}",
            PropertyId = place,
            // Only the providers' stand-in takes these. A bot is known by its token.
            Secrets = secrets.Encrypt(isBot ? new(AccessToken: $"demo-{place:N}", SecretToken: "demo") : new("demo", "demo", "demo")),
            LastEventAt = db.Now.AddMinutes(-19),
            CreatedAt = db.Now.AddDays(-30),
            UpdatedAt = db.Now.AddDays(-30),
        };
        var account = new ChannelAccount
        {
            OrganizationId = who.OrganizationId,
            ConnectionId = connection.Id,
            Kind = kind,
            ExternalId = isBot ? connection.Id.ToString("N") : $"demo-{kind}-{place:N}",
            Name = house,
            PropertyId = place,
            WabaId = kind == AccountKind.WhatsApp ? $"demo-waba-{place:N}" : null,
        };
        db.AddRange(DemoTemplates.Of(connection, account));
        var hook = new Hook
        {
            OrganizationId = who.OrganizationId,
            ConnectionId = connection.Id,
            Digest = RandomNumberGenerator.GetBytes(32),
            Body = "{}"u8.ToArray(),
            ReceivedAt = db.Now,
            ReadAt = db.Now,
        };
        db.AddRange(connection, account, hook);
        db.ConnectionOwners.Add(new() { ConnectionId = connection.Id, OrganizationId = who.OrganizationId });
        db.Happened(who, "connection.created", "connection", connection.Id);
        return (account, new(hook, who, db));
    }

    /// <summary>A guest of the demo who is around now, or somebody new. Null where no guest fits.</summary>
    private static async Task<Guest?> GuestOf(
        DemoChats.Chat chat,
        int number,
        Guid place,
        HashSet<Guid> writers,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        if (chat.Phones is not { } begins)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"9{number:D2}{chat.Lines[0].Ago:D7}");
            return new(chat.Channel == AccountKind.WhatsApp ? $"XX.{id}" : id, Name: chat.Name);
        }

        var today = DateOnly.FromDateTime(db.Now);
        var around = await db
            .Bookings.AsNoTracking()
            .Where(b =>
                b.OrganizationId == who.OrganizationId
                && b.PropertyId == place
                && b.Arrival <= today
                && b.Departure > today.AddDays(-3)
                && (b.Status == BookingStatus.InHouse || b.Status == BookingStatus.Completed)
            )
            .Join(
                db.Contacts.Where(c => c.OrganizationId == who.OrganizationId && c.Phone != null && c.Phone.StartsWith(begins)),
                b => b.ContactId,
                c => c.Id,
                (b, c) =>
                    new
                    {
                        c.Id,
                        c.Name,
                        c.Phone,
                        b.Status,
                        b.Arrival,
                    }
            )
            .OrderByDescending(c => c.Status == BookingStatus.InHouse)
            .ThenBy(c => c.Arrival)
            .ThenBy(c => c.Phone)
            .ToListAsync(cancel);
        var guest = around.Find(c => !writers.Contains(c.Id));
        if (guest is null)
        {
            return null;
        }

        writers.Add(guest.Id);
        return new(null, guest.Phone![1..], guest.Name);
    }

    private static async Task Talk(
        DemoChats.Chat chat,
        Guest guest,
        ChannelAccount account,
        ReadingSave save,
        Dictionary<string, (Guid Id, string Name)> team,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var now = db.Now;
        var has = team[chat.Has ?? (chat.House == DemoProperty.Hotel ? "Tereza" : "Rita")];
        string? lastOfGuest = null;
        for (var i = 0; i < chat.Lines.Length; i++)
        {
            var line = chat.Lines[i];
            var call = new Arrived(account, save, now.AddMinutes(-line.Ago), who, db);
            var id = $"demo:{account.ExternalId}:{guest.Id ?? guest.Number}:{i}";
            switch (line.By)
            {
                case DemoChats.By.Guest:
                    lastOfGuest = id;
                    await ReceiveMessage.Run(new(guest, id, MessageType.Text, line.Text), call, cancel);
                    break;
                case DemoChats.By.Phone:
                    await ReceiveMessage.Echo(new(guest, id, MessageType.Text, line.Text), call, cancel);
                    break;
                default:
                    var conversation = (await Conversations.Find(guest, call, cancel))!;
                    if (line.By == DemoChats.By.Note)
                    {
                        Note(conversation, line.Text, has, call);
                    }
                    else
                    {
                        await Answer(conversation, line, line.Answers ? lastOfGuest : null, id, has, call, cancel);
                    }

                    break;
            }

            await db.Flush(cancel);
        }

        var thread = (await Conversations.Find(guest, new(account, save, now, who, db), cancel))!;
        thread.AssigneeId = chat.Has is null ? null : has.Id;
        switch (chat.Then)
        {
            case DemoChats.ThenWhat.Snoozed:
                (thread.State, thread.SnoozedUntil) = (ConversationState.Snoozed, now.AddHours(3));
                break;
            case DemoChats.ThenWhat.Closed:
                await Conversations.Answered(thread, now, db, cancel);
                thread.State = ConversationState.Closed;
                break;
            case DemoChats.ThenWhat.Blocked:
                await Conversations.Answered(thread, now, db, cancel);
                (thread.State, thread.Blocked) = (ConversationState.Closed, true);
                break;
        }
    }

    private static void Note(Conversation conversation, string text, (Guid Id, string Name) author, Arrived call) =>
        call.Db.ConversationNotes.Add(
            new()
            {
                OrganizationId = call.OrganizationId,
                ConversationId = conversation.Id,
                Text = text,
                AuthorId = author.Id,
                AuthorName = author.Name,
                At = call.At,
            }
        );

    private static async Task Answer(
        Conversation conversation,
        DemoChats.Line line,
        string? replyTo,
        string id,
        (Guid Id, string Name) author,
        Arrived call,
        CancellationToken cancel
    )
    {
        var isDone = line.End is DemoChats.DemoEnd.Usual or DemoChats.DemoEnd.Delivered;
        var message = new Message
        {
            OrganizationId = call.OrganizationId,
            ConversationId = conversation.Id,
            AccountId = conversation.AccountId,
            ExternalId = isDone ? id : null,
            Direction = Direction.Out,
            AuthorKind = AuthorKind.Staff,
            AuthorId = author.Id,
            AuthorName = author.Name,
            Type = MessageType.Text,
            ReplyTo = replyTo,
            Status = line.End switch
            {
                DemoChats.DemoEnd.Delivered => MessageStatus.Delivered,
                DemoChats.DemoEnd.Failed => MessageStatus.Failed,
                DemoChats.DemoEnd.Unknown => MessageStatus.Unknown,
                _ => MessageStatus.Read,
            },
            ErrorCode = line.End == DemoChats.DemoEnd.Failed ? 131000 : null,
            Attempts = 1,
            At = call.At,
            CreatedAt = call.At,
        };
        message.Write(line.Text);
        call.Db.Messages.Add(message);
        conversation.Last(message);
        if (isDone)
        {
            await Conversations.Answered(conversation, call.At, call.Db, cancel);
        }
    }
}
