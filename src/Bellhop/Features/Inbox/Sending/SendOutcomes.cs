using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>Writes down what came of a try, inside the caller's save.</summary>
internal static class SendOutcomes
{
    private const int MostDelays = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);
    internal static readonly TimeSpan Hold = TimeSpan.FromMinutes(15);

    /// <summary>What a process that died had under way may have left: nobody knows.</summary>
    public static async Task ForgetInFlight(int organizationId, Guid accountId, BellhopDb db, CancellationToken cancel)
    {
        var inFlight = db
            .MessageAttempts.Where(a => a.OrganizationId == organizationId && a.AccountId == accountId)
            .Where(a => a.State == AttemptState.Sending);
        await db.LockRows($"messages", organizationId, await inFlight.Select(a => a.MessageId).ToListAsync(cancel), cancel);
        var attempts = await inFlight.ToListAsync(cancel);
        foreach (var attempt in attempts)
        {
            attempt.End(AttemptState.Unknown, db.Now);
            var message = await db.Messages.SingleAsync(m => m.OrganizationId == organizationId && m.Id == attempt.MessageId, cancel);
            ReceiveStatus.Raise(message, MessageStatus.Unknown);
            db.TellOfMany(organizationId, "conversation");
        }
    }

    /// <summary>
    /// Settles the try by the provider's answer. It may come after others have settled it: by a status, or as of unknown fate.
    /// </summary>
    public static async Task Note(
        int organizationId,
        Guid attemptId,
        SendAnswer answer,
        string? mediaId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var attempt = await db.MessageAttempts.SingleOrDefaultAsync(a => a.OrganizationId == organizationId && a.Id == attemptId, cancel);
        if (attempt is null || attempt.State == AttemptState.Queued)
        {
            return; // its guest was deleted meanwhile
        }

        var conversation = await db.Conversations.SingleAsync(
            c => c.OrganizationId == organizationId && c.Id == attempt.ConversationId,
            cancel
        );
        await Conversations.Hold(conversation, db, cancel);
        await db.LockRows($"messages", organizationId, [attempt.MessageId], cancel); // a status may come at the same time
        await db.Entry(attempt).ReloadAsync(cancel);
        var message = await db.Messages.SingleAsync(m => m.OrganizationId == organizationId && m.Id == attempt.MessageId, cancel);
        await KeepMedia(message, answer.Code == 131053 ? null : mediaId, db, cancel);
        switch (answer.Outcome)
        {
            case SendOutcome.Taken:
                attempt.End(AttemptState.Sent, db.Now);
                await Sent(message, answer.ExternalId!, db, cancel);
                await Account(
                    attempt,
                    db,
                    o => (o.Slowed, o.HoldUntil, o.HoldCode) = o.HoldUntil > db.Now ? (o.Slowed, o.HoldUntil, o.HoldCode) : (0, null, null),
                    cancel
                );
                break;
            case SendOutcome.Unknown when attempt.State == AttemptState.Sending:
                attempt.End(AttemptState.Unknown, db.Now);
                ReceiveStatus.Raise(message, MessageStatus.Unknown);
                break;
            case SendOutcome.NotSent when attempt.State == AttemptState.Sending:
                await NotSent(attempt, message, conversation, db, cancel);
                break;
            case SendOutcome.Refused when await IsOvertaken(attempt, db, cancel):
                attempt.End(AttemptState.Failed, db.Now);
                break;
            case SendOutcome.Refused when attempt.State is AttemptState.Sending or AttemptState.Unknown:
                await Refused(attempt, message, conversation, answer, db, cancel);
                break;
        }

        conversation.Touched(db.Now);
        db.TellOfMany(organizationId, "conversation");
    }

    /// <summary>The message is refused for good, and the guest waits again.</summary>
    public static async Task Fail(
        MessageAttempt attempt,
        Message message,
        Conversation conversation,
        SendAnswer answer,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        attempt.End(AttemptState.Failed, db.Now);
        attempt.ErrorCode = answer.Code;
        if (!ReceiveStatus.Raise(message, MessageStatus.Failed))
        {
            return;
        }

        (message.ErrorCode, message.ErrorText) = (
            answer.Code,
            Text.Beginning(answer.Text ?? "", 200) is { Length: > 0 } words ? words : null
        );
        Conversations.WaitsAgain(conversation, attempt);
        await SendConsequences.Draw(message, conversation, answer.Code, db.Now, db, cancel);
        db.TellOfMany(attempt.OrganizationId, "conversation");
    }

    /// <summary>Whether staff have had the message sent again since.</summary>
    public static Task<bool> IsOvertaken(MessageAttempt attempt, BellhopDb db, CancellationToken cancel) =>
        db.MessageAttempts.AnyAsync(
            a =>
                a.OrganizationId == attempt.OrganizationId
                && a.MessageId == attempt.MessageId
                && a.Id != attempt.Id
                && a.CreatedAt > attempt.CreatedAt,
            cancel
        );

    /// <summary>The message is known to be with the provider: tries of it that still wait are taken back.</summary>
    public static async Task TakeBackWaiting(Message message, BellhopDb db, CancellationToken cancel)
    {
        foreach (
            var waiting in await db
                .MessageAttempts.Where(a => a.OrganizationId == message.OrganizationId && a.MessageId == message.Id)
                .Where(a => a.State == AttemptState.Queued)
                .ToListAsync(cancel)
        )
        {
            waiting.End(AttemptState.Sent, db.Now);
        }
    }

    private static async Task Sent(Message message, string externalId, BellhopDb db, CancellationToken cancel)
    {
        await TakeBackWaiting(message, db, cancel);
        // The provider's echo may have been faster, and may not have named our id: it is the same message.
        var echo = await db.Messages.SingleOrDefaultAsync(
            m =>
                m.OrganizationId == message.OrganizationId
                && m.AccountId == message.AccountId
                && m.ExternalId == externalId
                && m.Id != message.Id,
            cancel
        );
        if (echo is not null)
        {
            await DeleteMedia.Of(echo, db, cancel); // ours are the files
            db.Messages.Remove(echo);
            await db.Flush(cancel);
        }

        message.ExternalId = externalId;
        ReceiveStatus.Raise(message, echo is null ? MessageStatus.Sent : echo.Status);
    }

    private static async Task NotSent(
        MessageAttempt attempt,
        Message message,
        Conversation conversation,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        if (db.Now - attempt.CreatedAt > Patience)
        {
            await Fail(attempt, message, conversation, new(SendOutcome.NotSent, Code: SendError.NotSent), db, cancel);
            return;
        }

        PutOff(attempt, message, TimeSpan.FromSeconds(Math.Min(60, Math.Pow(2, Math.Min(attempt.Delays, 6)))), null, db);
    }

    private static async Task Refused(
        MessageAttempt attempt,
        Message message,
        Conversation conversation,
        SendAnswer answer,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        if (answer.MovedTo is { } movedTo && attempt.ErrorCode is null)
        {
            conversation.GuestId = movedTo;
            PutOff(attempt, message, TimeSpan.Zero, answer, db);
            return;
        }

        var error = SendError.Of(answer.Code ?? 0);
        var doubling = Math.Pow(2, Math.Min(attempt.Delays, 6));
        var again = error.Action switch
        {
            SendAction.SlowAccount => TimeSpan.FromSeconds(2 * doubling),
            SendAction.SlowGuest => TimeSpan.FromSeconds(6 * doubling),
            SendAction.Again => TimeSpan.FromSeconds(2 * doubling),
            SendAction.Hold => Hold,
            SendAction.OtherWay when answer.Code == 131063 && attempt.ErrorCode != 131063 => TimeSpan.Zero,
            SendAction.UploadAgain when attempt.ErrorCode != 131053 => TimeSpan.Zero,
            _ => (TimeSpan?)null,
        };
        if (again is not { } pause || (attempt.Delays >= MostDelays && error.Action != SendAction.Hold))
        {
            await Fail(attempt, message, conversation, answer, db, cancel);
            return;
        }

        pause = answer.RetryAfter > pause ? answer.RetryAfter.Value : pause;
        var isAccount = error.Action is SendAction.SlowAccount or SendAction.Hold;
        PutOff(attempt, message, isAccount ? TimeSpan.Zero : pause, answer, db); // the account's hold is over when somebody mends it
        if (error.Action == SendAction.Hold)
        {
            attempt.Delays--; // what holds the account is no fault of the message
            await Look(attempt.OrganizationId, attempt.AccountId, db, cancel);
        }

        if (isAccount)
        {
            var until = db.Now + pause;
            await Account(
                attempt,
                db,
                o =>
                {
                    o.Slowed++;
                    o.HoldUntil = until;
                    o.HoldCode = error.Action == SendAction.Hold ? answer.Code : null;
                },
                cancel
            );
        }
    }

    /// <summary>What holds an account back concerns its whole connection: those who can mend it are told.</summary>
    internal static async Task Look(int organizationId, Guid accountId, BellhopDb db, CancellationToken cancel)
    {
        var connection = await db
            .ChannelAccounts.Where(a => a.OrganizationId == organizationId && a.Id == accountId)
            .Select(a => a.ConnectionId)
            .SingleAsync(cancel);
        await CheckConnections.Queue(organizationId, connection, CheckConnections.Kind, db, cancel);
    }

    /// <summary>The same try, later: nothing of it has reached the guest.</summary>
    private static void PutOff(MessageAttempt attempt, Message message, TimeSpan pause, SendAnswer? answer, BellhopDb db)
    {
        attempt.State = AttemptState.Queued;
        attempt.DueAt = db.Now + pause;
        attempt.Delays++;
        (attempt.ClaimedBy, attempt.ErrorCode) = (null, answer?.Code);
        if (message.Status is MessageStatus.Sending or MessageStatus.Unknown)
        {
            (message.Status, message.ErrorCode) = (MessageStatus.Queued, answer?.Code);
        }

        db.TellOfMany(attempt.OrganizationId, MessageAttempts.Kind);
    }

    private static async Task Account(MessageAttempt attempt, BellhopDb db, Action<AccountOutbox> change, CancellationToken cancel)
    {
        if (await db.AccountOutboxes.FindAsync([attempt.OrganizationId, attempt.AccountId], cancel) is { } outbox)
        {
            change(outbox);
        }
    }

    private static async Task KeepMedia(Message message, string? mediaId, BellhopDb db, CancellationToken cancel)
    {
        var file = await db.MessageFiles.FirstOrDefaultAsync(
            f => f.OrganizationId == message.OrganizationId && f.MessageId == message.Id,
            cancel
        );
        if (file is not null)
        {
            file.MediaId = mediaId;
        }
    }
}
