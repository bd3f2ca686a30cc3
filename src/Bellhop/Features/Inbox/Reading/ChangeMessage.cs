using Bellhop.Data;
using Bellhop.Features.Channels;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>
/// Applies what providers say of messages that are there: reactions, edits, withdrawals. The latest by the provider's time wins, whatever
/// comes first; a change of a message that is not there yet waits for it.
/// </summary>
internal static class ChangeMessage
{
    public static Task React(ReactionItem item, Arrived call, CancellationToken cancel) =>
        Change(item.On, EarlyKind.Reaction, item.Emoji, call, cancel);

    public static Task Edit(EditItem item, Arrived call, CancellationToken cancel) =>
        Change(item.On, EarlyKind.Edit, item.Text, call, cancel);

    public static Task Withdraw(WithdrawalItem item, Arrived call, CancellationToken cancel) =>
        Change(item.On, EarlyKind.Withdrawal, null, call, cancel);

    /// <summary>Applies to a new message what came before it.</summary>
    public static async Task ApplyEarly(Message message, Arrived call, CancellationToken cancel)
    {
        if (!await call.Save.HasEarly(cancel))
        {
            return;
        }

        var early = await call
            .Db.EarlyChanges.Where(c =>
                c.OrganizationId == call.OrganizationId && c.AccountId == call.Account.Id && c.ExternalId == message.ExternalId
            )
            .OrderBy(c => c.At)
            .ToListAsync(cancel);
        foreach (
            var change in early
                .Concat(
                    call.Db.EarlyChanges.Local.Where(c => c.AccountId == call.Account.Id && c.ExternalId == message.ExternalId)
                        .Except(early)
                )
                .ToList()
        )
        {
            Apply(message, change.Kind, change.Text, change.At);
            call.Db.EarlyChanges.Remove(change);
        }
    }

    /// <summary>The message of the account with the provider's id; null if it is not there.</summary>
    internal static async Task<Message?> Find(string externalId, Arrived call, CancellationToken cancel) =>
        call.Db.Messages.Local.FirstOrDefault(m => m.AccountId == call.Account.Id && m.ExternalId == externalId)
        ?? await call.Db.Messages.SingleOrDefaultAsync(
            m => m.OrganizationId == call.OrganizationId && m.AccountId == call.Account.Id && m.ExternalId == externalId,
            cancel
        );

    private static async Task Change(string externalId, EarlyKind kind, string? text, Arrived call, CancellationToken cancel)
    {
        var db = call.Db;
        var message = await Find(externalId, call, cancel);
        if (message is null)
        {
            await Keep(externalId, kind, text, call, cancel);
            return;
        }

        Apply(message, kind, text, call.At);
        if (kind == EarlyKind.Withdrawal)
        {
            await DeleteMedia.Of(message, db, cancel);
        }

        if (await db.Conversations.FindAsync([call.OrganizationId, message.ConversationId], cancel) is { } conversation)
        {
            conversation.Touched(db.Now);
            Conversations.Link(conversation.ContactId, call);
        }

        db.TellOfMany(call.OrganizationId, "conversation");
    }

    private static async Task Keep(string externalId, EarlyKind kind, string? text, Arrived call, CancellationToken cancel)
    {
        var hash = ConversationFollower.HashOf(call.Account.Id, externalId);
        var isKept = await call.Db.EarlyChanges.AnyAsync(
            c =>
                c.OrganizationId == call.OrganizationId
                && c.AccountId == call.Account.Id
                && c.ExternalId == externalId
                && c.Kind == kind
                && c.At == call.At,
            cancel
        );
        if (
            !isKept
            && !call.Db.EarlyChanges.Local.Any(c => c.ExternalId == externalId && c.Kind == kind && c.At == call.At)
            && !await call.Db.ForgottenMessages.AnyAsync(m => m.OrganizationId == call.OrganizationId && m.Hash == hash, cancel)
        )
        {
            call.Db.EarlyChanges.Add(
                new()
                {
                    OrganizationId = call.OrganizationId,
                    AccountId = call.Account.Id,
                    ExternalId = externalId,
                    Kind = kind,
                    Text = text,
                    At = call.At,
                    CreatedAt = call.Db.Now,
                }
            );
        }
    }

    private static void Apply(Message message, EarlyKind kind, string? text, DateTime at)
    {
        switch (kind)
        {
            case EarlyKind.Withdrawal:
                message.DeletedAt ??= at;
                message.Write(null);
                message.Reaction = null;
                break;
            case EarlyKind.Edit when message.DeletedAt is null && !(message.EditedAt >= at):
                message.EditedAt = at;
                message.Write(text);
                break;
            case EarlyKind.Reaction when message.DeletedAt is null && !(message.ReactedAt >= at):
                (message.Reaction, message.ReactedAt) = (string.IsNullOrEmpty(text) ? null : Platform.Text.Beginning(text, 100), at);
                break;
        }
    }
}
