using System.Collections.Concurrent;
using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>Sends messages of one account at the provider's pace: takes them, calls the provider, and notes what came of it.</summary>
public sealed class OutboxCalls(
    IDbContextFactory<BellhopDb> dbs,
    DbHost host,
    ConnectionSecrets secrets,
    Providers providers,
    MediaFolder media
)
{
    private const int AtOnce = 8;

    private readonly ConcurrentDictionary<Guid, DateTime> _written = [];

    /// <summary>Called at each point of a try, so that a test can stop the process there.</summary>
    internal Func<string, Task> At { get; set; } = _ => Task.CompletedTask;

    /// <summary>Sends what is due now.</summary>
    /// <returns>False when nothing more is due, or another process has the account.</returns>
    internal async Task<bool> SendSome(int organizationId, Guid accountId, string me, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await At("before claim");
        var taken = await db.Save(() => Take(organizationId, accountId, me, db, cancel), cancel);
        if (taken.Count == 0)
        {
            return false;
        }

        await At("after claim");
        var pace = Task.Delay(PauseAfter(taken.Count, taken[0].Message.Kind), host.Clock, cancel);
        await Task.WhenAll(taken.Select(one => SendOne(one)));
        await pace.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return true;
    }

    // Below what the providers allow: WhatsApp 80 a second (20 beside the phone's app), Telegram 30.
    private static TimeSpan PauseAfter(int count, AccountKind kind) =>
        TimeSpan.FromSeconds((double)count / (kind is AccountKind.Telegram or AccountKind.Instagram ? 20 : 40));

    /// <summary>
    /// Takes tries that are due, at most one of each conversation, and none that an earlier one of its conversation stands before.
    /// </summary>
    private async Task<List<Taken>> Take(int organizationId, Guid accountId, string me, BellhopDb db, CancellationToken cancel)
    {
        var (now, until) = (db.Now, db.Now + Outbox.Lease);
        var isMine =
            await db
                .AccountOutboxes.Where(o => o.OrganizationId == organizationId && o.AccountId == accountId && o.LeasedBy == me)
                .Where(o => o.HoldUntil == null || o.HoldUntil <= now)
                .ExecuteUpdateAsync(set => set.SetProperty(o => o.LeasedUntil, until).SetProperty(o => o.LastAt, now), cancel) == 1;
        var account = isMine
            ? await db.ChannelAccounts.AsNoTracking().SingleAsync(a => a.OrganizationId == organizationId && a.Id == accountId, cancel)
            : null;
        if (
            account is null
            || await db
                .Connections.AsNoTracking()
                .SingleAsync(c => c.OrganizationId == organizationId && c.Id == account.ConnectionId, cancel)
                is not { Paused: false } connection
        )
        {
            return [];
        }

        var attempts = await db
            .MessageAttempts.Where(a => a.OrganizationId == organizationId && a.AccountId == accountId)
            .Where(a => a.State == AttemptState.Queued && a.DueAt <= now)
            .Where(a =>
                !db.MessageAttempts.Any(o =>
                    o.OrganizationId == organizationId
                    && o.ConversationId == a.ConversationId
                    && (o.State == AttemptState.Queued || o.State == AttemptState.Sending)
                    && o.CreatedAt < a.CreatedAt
                )
            )
            .OrderBy(a => a.DueAt)
            .ThenBy(a => a.CreatedAt)
            .Take(AtOnce)
            .ToListAsync(cancel);
        var token = connection.DeletedAt is null && account.RemovedAt is null ? secrets.Decrypt(connection.Secrets).AccessToken : null;
        var taken = new List<Taken>();
        foreach (var attempt in attempts.DistinctBy(a => a.ConversationId))
        {
            var message = await db.Messages.SingleAsync(m => m.OrganizationId == organizationId && m.Id == attempt.MessageId, cancel);
            var conversation = await db.Conversations.SingleAsync(
                c => c.OrganizationId == organizationId && c.Id == attempt.ConversationId,
                cancel
            );
            if (token is null)
            {
                await SendOutcomes.Fail(attempt, message, conversation, new(SendOutcome.Refused, Code: SendError.NoAccount), db, cancel);
                continue;
            }

            if (account.Kind == AccountKind.Telegram && WasJustWrittenTo(attempt, now))
            {
                attempt.DueAt = now.AddSeconds(1);
                continue;
            }

            (attempt.State, attempt.ClaimedBy, attempt.ClaimedAt) = (AttemptState.Sending, me, now);
            (message.Status, message.ErrorCode, message.ErrorText) = (MessageStatus.Sending, null, null);
            message.Attempts++;
            var outgoing = await OutgoingOf(attempt, message, conversation, account, db, cancel);
            taken.Add(new(attempt.Id, organizationId, outgoing, token));
        }

        db.TellOfMany(organizationId, "conversation");
        return taken;
    }

    // Telegram takes one message a second in a chat. An account is one process's at a time, so its memory is enough.
    private bool WasJustWrittenTo(MessageAttempt attempt, DateTime now)
    {
        foreach (var old in _written.Where(w => w.Value <= now.AddSeconds(-1)).ToList())
        {
            _written.TryRemove(old);
        }

        return !_written.TryAdd(attempt.ConversationId, now);
    }

    private async Task<Outgoing> OutgoingOf(
        MessageAttempt attempt,
        Message message,
        Conversation conversation,
        ChannelAccount account,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var file = await db
            .MessageFiles.AsNoTracking()
            .Where(f => f.OrganizationId == message.OrganizationId && f.MessageId == message.Id)
            .OrderBy(f => f.Place)
            .FirstOrDefaultAsync(cancel);
        return new(
            account.Kind,
            account.ExternalId,
            conversation.GuestId,
            conversation.GuestNumber,
            attempt.Id.ToString(),
            message.Type,
            message.Text,
            message.ReplyTo,
            message.Type == MessageType.Template ? await TemplateOf(message, account, db, cancel) : null,
            file is null
                ? null
                : new(
                    message.Type,
                    file.FileName ?? "file",
                    file.ContentType ?? "application/octet-stream",
                    file.MediaId,
                    media.PathOf(message.OrganizationId, file.Id)
                ),
            IsLate: SendMessage.WindowOf(conversation, db.Now)?.Kind is "humanOnly" or "closed"
                && account.Kind is AccountKind.Messenger or AccountKind.Instagram
                && message.AuthorKind == AuthorKind.Staff,
            IsMarketing: attempt.ErrorCode == 131063,
            Business: account.Kind == AccountKind.Telegram ? await BusinessOf(conversation, db, cancel) : null
        );
    }

    private static async Task<OutgoingTemplate> TemplateOf(Message message, ChannelAccount account, BellhopDb db, CancellationToken cancel)
    {
        var said = JsonSerializer.Deserialize<SendMessage.TemplateInput>(message.Card!, JsonSerializerOptions.Web)!;
        var isNamed = await db
            .MessageTemplates.Where(t => t.OrganizationId == message.OrganizationId && t.ConnectionId == account.ConnectionId)
            .Where(t => t.WabaId == account.WabaId && t.Name == said.Name && t.Language == said.Language)
            .Select(t => t.IsNamed)
            .SingleOrDefaultAsync(cancel);
        return new(said.Name, said.Language, isNamed, said.Parameters ?? new Dictionary<string, string>());
    }

    /// <summary>The business account that the guest last wrote to by Telegram; null where they wrote to the bot itself.</summary>
    private static async Task<string?> BusinessOf(Conversation conversation, BellhopDb db, CancellationToken cancel)
    {
        var card = await db
            .Messages.Where(m => m.OrganizationId == conversation.OrganizationId && m.ConversationId == conversation.Id)
            .Where(m => m.Direction == Direction.In)
            .OrderByDescending(m => m.At)
            .ThenByDescending(m => m.Id)
            .Select(m => m.Card)
            .FirstOrDefaultAsync(cancel);
        if (card is null)
        {
            return null;
        }

        using var parsed = JsonDocument.Parse(card);
        return parsed.RootElement.TryGetProperty("businessConnection", out var business) ? business.GetString() : null;
    }

    private async Task SendOne(Taken one)
    {
        var (answer, mediaId) = await Call(one);
        await At("after answer");
        await using var db = await dbs.CreateDbContextAsync(CancellationToken.None);
        await db.Save(
            () => SendOutcomes.Note(one.OrganizationId, one.AttemptId, answer, mediaId, db, CancellationToken.None),
            CancellationToken.None
        );
    }

    private async Task<(SendAnswer Answer, string? MediaId)> Call(Taken one)
    {
        var message = one.Message;
        if (message.File is { } file)
        {
            if (!File.Exists(file.Path))
            {
                return (new(SendOutcome.Refused, Code: SendError.NoFile), null);
            }

            if (message.Kind != AccountKind.Telegram && file.MediaId is null)
            {
                var uploaded = await providers.Meta.Upload(message, one.Token, CancellationToken.None);
                if (uploaded.Outcome != SendOutcome.Taken)
                {
                    return (uploaded, null);
                }

                message = message with { File = file with { MediaId = uploaded.ExternalId } };
            }
        }

        return (await providers.Send(message, one.Token, CancellationToken.None), message.File?.MediaId);
    }

    private sealed record Taken(Guid AttemptId, int OrganizationId, Outgoing Message, string Token);
}
