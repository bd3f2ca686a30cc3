using Bellhop.Data;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>Assigns, snoozes, closes or opens a conversation, or says that it needs no answer.</summary>
public static class ChangeConversation
{
    /// <param name="State"><c>open</c>, <c>snoozed</c> (with <c>snoozedUntil</c>) or <c>closed</c>.</param>
    /// <param name="SnoozedUntil">UTC, in the future.</param>
    /// <param name="AssigneeId">A member who sees the property; null for nobody.</param>
    /// <param name="HandledBy"><c>staff</c> or <c>agent</c>.</param>
    /// <param name="Waiting">Only false: no answer is needed.</param>
    public sealed record Input(
        Optional<string> State = default,
        Optional<DateTime?> SnoozedUntil = default,
        Optional<Guid?> AssigneeId = default,
        Optional<string> HandledBy = default,
        Optional<bool> Waiting = default
    );

    /// <exception cref="Refusal">404; 412 where <paramref name="match"/> names another version; 400 listing every field at
    /// fault.</exception>
    public static async Task<Saved<ConversationRow>> Run(
        Guid id,
        Input input,
        Actor who,
        BellhopDb db,
        IfMatch match,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.ConversationsReply);
        return await db.Save(
            async () =>
            {
                var conversation = await ConversationSeenBy.ForChange(id, who, db, cancel);
                match.Demand(conversation.UpdatedAt);
                var errors = new ValidationErrors();
                var state = StateOf(input, conversation, errors);
                var until = SnoozedUntil(input, conversation, state, db.Now, errors);
                var handler = HandlerOf(input, conversation, errors);
                if (input.Waiting is { IsGiven: true, Value: true })
                {
                    errors.Add("waiting", "OneOf", "false");
                }

                errors.Refuse();
                if (input.AssigneeId is { IsGiven: true, Value: { } assignee } && assignee != conversation.AssigneeId)
                {
                    await DemandMember(assignee, conversation, who, db, cancel);
                }

                var changed = new List<string>();
                var (reopens, had) = (
                    conversation.State == ConversationState.Closed && state == ConversationState.Open,
                    conversation.AssigneeId
                );
                Set("state", conversation.State != state, () => conversation.State = state);
                if (reopens && !input.AssigneeId.IsGiven && had != who.Id)
                {
                    await OnDuty.Reopened(conversation, db, cancel);
                    Set("assigneeId", conversation.AssigneeId != had, () => { });
                }

                Set("snoozedUntil", conversation.SnoozedUntil != until, () => conversation.SnoozedUntil = until);
                Set(
                    "assigneeId",
                    input.AssigneeId.IsGiven && input.AssigneeId.Value != conversation.AssigneeId,
                    () => conversation.AssigneeId = input.AssigneeId.Value
                );
                Set("handledBy", conversation.HandledBy != handler, () => conversation.HandledBy = handler);
                if (input.Waiting.IsGiven && conversation.WaitingSince is not null)
                {
                    await Conversations.Answered(conversation, db.Now, db, cancel);
                    changed.Add("waiting");
                }

                if (changed.Count > 0)
                {
                    conversation.Touched(db.Now);
                    db.Happened(who, "conversation.updated", "conversation", id, changed);
                    await db.Flush(cancel);
                }

                var row = await GetConversation.Read(id, who, db, cancel) ?? throw Refusal.NotThere("conversation", id);
                return new Saved<ConversationRow>(row, row.UpdatedAt, ContactId: row.Contact?.Id);

                void Set(string field, bool differs, Action set)
                {
                    if (differs)
                    {
                        set();
                        changed.Add(field);
                    }
                }
            },
            cancel
        );
    }

    private static ConversationState StateOf(Input input, Conversation conversation, ValidationErrors errors)
    {
        if (!input.State.IsGiven)
        {
            return conversation.State;
        }

        foreach (var state in Enum.GetValues<ConversationState>())
        {
            if (state.ToString().ToLowerInvariant() == input.State.Value)
            {
                return state;
            }
        }

        errors.Add("state", "OneOf", "open, snoozed, closed");
        return conversation.State;
    }

    private static DateTime? SnoozedUntil(
        Input input,
        Conversation conversation,
        ConversationState state,
        DateTime now,
        ValidationErrors errors
    )
    {
        if (state != ConversationState.Snoozed)
        {
            if (input.SnoozedUntil is { IsGiven: true, Value: not null })
            {
                errors.Add("snoozedUntil", ErrorText.Of<InboxTexts>("NotSnoozed"));
            }

            return null;
        }

        var until = (input.SnoozedUntil.IsGiven ? input.SnoozedUntil.Value : conversation.SnoozedUntil)?.ToUniversalTime().ToMilliseconds();
        if (until is null)
        {
            errors.Add("snoozedUntil", "Required");
        }
        else if (until <= now && (input.SnoozedUntil.IsGiven || input.State.IsGiven))
        {
            errors.Add("snoozedUntil", ErrorText.Of<InboxTexts>("SnoozePast"));
        }

        return until;
    }

    private static Handler HandlerOf(Input input, Conversation conversation, ValidationErrors errors)
    {
        switch (input.HandledBy)
        {
            case { IsGiven: false }:
                return conversation.HandledBy;
            case { Value: "staff" }:
                return Handler.Staff;
            case { Value: "agent" }:
                return Handler.Agent;
            default:
                errors.Add("handledBy", "OneOf", "staff, agent");
                return conversation.HandledBy;
        }
    }

    /// <exception cref="Refusal">404 for somebody who is no member, or does not see the property.</exception>
    private static async Task DemandMember(Guid id, Conversation conversation, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var place = await db
            .Memberships.AsNoTracking()
            .SingleOrDefaultAsync(m => m.OrganizationId == who.OrganizationId && m.UserId == id && m.DisabledAt == null, cancel);
        if (place?.Sees(conversation.PropertyId) != true)
        {
            throw Refusal.NotThere("member", id);
        }
    }
}

/// <summary>Says that the caller has seen a conversation up to now. It is the caller's own mark and nobody else's business.</summary>
public static class SeeConversation
{
    /// <exception cref="Refusal">404.</exception>
    public static async Task Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ConversationsView);
        await db.Save(
            async () =>
            {
                await ConversationSeenBy.Demand(id, who, db, cancel);
                var mark = await db.ConversationsSeen.FindAsync([who.OrganizationId, id, who.Id], cancel);
                if (mark is null)
                {
                    mark = new()
                    {
                        OrganizationId = who.OrganizationId,
                        ConversationId = id,
                        PersonId = who.Id,
                    };
                    db.ConversationsSeen.Add(mark);
                }

                mark.SeenAt = db.Now;
            },
            cancel
        );
    }
}

/// <summary>Blocks a guest's conversation, or unblocks it. A blocked one is kept, and nobody waits in it.</summary>
public static class BlockConversation
{
    /// <exception cref="Refusal">404.</exception>
    public static Task Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel) => Set(id, true, who, db, cancel);

    internal static async Task Set(Guid id, bool blocked, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ConversationsReply);
        await db.Save(
            async () =>
            {
                var conversation = await ConversationSeenBy.ForChange(id, who, db, cancel);
                if (conversation.Blocked != blocked)
                {
                    conversation.Blocked = blocked;
                    if (blocked)
                    {
                        await Conversations.Answered(conversation, db.Now, db, cancel);
                    }

                    conversation.Touched(db.Now);
                    db.Happened(who, "conversation.updated", "conversation", id, "blocked");
                }
            },
            cancel
        );
    }
}

/// <summary>Unblocks a guest's conversation.</summary>
public static class UnblockConversation
{
    /// <exception cref="Refusal">404.</exception>
    public static Task Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel) => BlockConversation.Set(id, false, who, db, cancel);
}
