using System.Text.Json.Serialization;
using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Inbox;

/// <summary>A conversation as lists show it.</summary>
/// <param name="Contact">Null for a visitor who is no contact.</param>
/// <param name="Visitor">What a visitor is called who is no contact.</param>
/// <param name="Channel"><c>whatsApp</c>, <c>messenger</c>, <c>instagram</c> or <c>telegram</c>.</param>
/// <param name="State"><c>open</c>, <c>snoozed</c> or <c>closed</c>.</param>
/// <param name="SnoozedUntil">UTC.</param>
/// <param name="WaitingSince">The guest's first message that nobody has answered, UTC; null when nobody waits.</param>
/// <param name="Seen">Whether the caller has seen it up to its last message.</param>
/// <param name="HandledBy"><c>staff</c> or <c>agent</c>.</param>
/// <param name="Last">The last message.</param>
/// <param name="Window">How long one may answer freely; null where the channel has no such limit.</param>
/// <param name="Blocked">Staff have blocked the guest.</param>
/// <param name="Version">Grows with every change.</param>
public sealed record ConversationRow(
    Guid Id,
    ConversationRow.Named? Contact,
    string? Visitor,
    string Channel,
    ConversationRow.Named Connection,
    PropertyName Property,
    string State,
    DateTime? SnoozedUntil,
    DateTime? WaitingSince,
    bool Seen,
    ConversationRow.Named? Assignee,
    string HandledBy,
    ConversationRow.LastMessage? Last,
    ConversationRow.AnswerWindow? Window,
    bool Blocked,
    int Version,
    DateTime CreatedAt,
    DateTime UpdatedAt
)
{
    private const int PreviewMax = 200;

    /// <summary>What a page shows beside; the API does not read it.</summary>
    [JsonIgnore]
    public OnPage Shown { get; init; } = new(default, null, null, null, null, false);

    /// <param name="LastAt">Where it stands in a list by time.</param>
    /// <param name="LastType">The last message's type; null where there is no message.</param>
    /// <param name="LastStatus">How far the last message came.</param>
    /// <param name="LastAuthor">Who wrote the last message.</param>
    /// <param name="GuestNumber">The guest's number, where it is known.</param>
    /// <param name="Unreachable">The guest blocks us.</param>
    public sealed record OnPage(
        DateTime LastAt,
        MessageType? LastType,
        MessageStatus? LastStatus,
        AuthorKind? LastAuthor,
        string? GuestNumber,
        bool Unreachable
    );

    public sealed record Named(Guid Id, string? Name);

    /// <param name="Direction"><c>in</c> or <c>out</c>.</param>
    /// <param name="Preview">The beginning of its text; null for one without words.</param>
    public sealed record LastMessage(Guid Id, DateTime At, string Direction, string? Preview);

    /// <param name="ClosesAt">UTC.</param>
    /// <param name="Kind"><c>free</c>; <c>humanOnly</c>, when only people may still answer; or <c>closed</c>.</param>
    public sealed record AnswerWindow(DateTime ClosesAt, string Kind);

    internal static readonly Sql Columns = $"""
        c.id, c.contact_id, g.name, c.visitor, c.channel, a.connection_id, n.name, c.property_id, p.name, c.state, c.snoozed_until,
        c.waiting_since, s.seen_at, e.seen_at, c.assignee_id, u.display_name, u.email, c.handled_by, c.last_id, c.last_at,
        m.direction, m.text, c.last_guest_at, c.last_ad_at, c.blocked, c.version, c.created_at, c.updated_at,
        m.type, m.status, m.author_kind, c.guest_number, c.unreachable
        """;

    /// <summary>The tables of the columns, for those who may see the conversations <c>c</c>.</summary>
    internal static Sql From(Actor who) => $" FROM conversations c{Joined(who)}{Mine(who)}";

    /// <summary>The tables of the columns beside the conversations <c>c</c>.</summary>
    internal static Sql Joined(Actor who) =>
        $"""

            JOIN channel_accounts a ON a.organization_id = c.organization_id AND a.id = c.account_id
            JOIN connections n ON n.organization_id = a.organization_id AND n.id = a.connection_id
            JOIN properties p ON p.organization_id = c.organization_id AND p.id = c.property_id
            LEFT JOIN contacts g ON g.organization_id = c.organization_id AND g.id = c.contact_id
            LEFT JOIN conversation_seen s ON s.organization_id = c.organization_id AND s.conversation_id = c.id AND s.person_id = {who.Id}
            LEFT JOIN conversation_seen e ON e.organization_id = c.organization_id AND e.conversation_id = c.id
                AND e.person_id = {ConversationSeen.Everybody}
            LEFT JOIN users u ON u.id = c.assignee_id
            LEFT JOIN messages m ON m.organization_id = c.organization_id AND m.id = c.last_id
            """;

    /// <summary>Those that the actor may see.</summary>
    internal static Sql Mine(Actor who) => $" WHERE c.organization_id = {who.OrganizationId}{Sql.AndIn($"c.property_id", who.Properties)}";

    internal static ConversationRow Of(SqlRow row, DateTime now)
    {
        var (id, contactId, contactName, visitor) = (row.Id(), row.IdOrNull(), row.TextOrNull(), row.TextOrNull());
        var channel = row.Name<AccountKind>();
        var connection = new Named(row.Id(), row.Text());
        var property = new PropertyName(row.Id(), row.Text());
        var (state, snoozedUntil) = (row.Name<ConversationState>(), row.InstantOrNull());
        var (waiting, seenAt, byAll) = (row.InstantOrNull(), row.InstantOrNull(), row.InstantOrNull());
        var (assignee, displayName, email) = (row.IdOrNull(), row.TextOrNull(), row.TextOrNull());
        var handledBy = row.Name<Handler>();
        var (lastId, lastAt, direction, text) = (row.IdOrNull(), row.Instant(), row.TextOrNull(), row.TextOrNull());
        var (guestAt, adAt) = (row.InstantOrNull(), row.InstantOrNull());
        var (blocked, version, createdAt, updatedAt) = (row.Flag(), row.Number(), row.Instant(), row.Instant());
        var shown = new OnPage(
            lastAt,
            NameOrNull<MessageType>(row),
            NameOrNull<MessageStatus>(row),
            NameOrNull<AuthorKind>(row),
            row.TextOrNull(),
            row.Flag()
        );
        var isOver = state == ConversationState.Snoozed && snoozedUntil <= now; // nothing needs to wake it
        return new(
            id,
            contactId is { } contact ? new(contact, contactName) : null,
            visitor,
            AccountKinds.Name(channel),
            connection,
            property,
            isOver ? "open" : state.ToString().ToLowerInvariant(),
            isOver ? null : snoozedUntil,
            waiting,
            seenAt >= lastAt || byAll >= lastAt,
            assignee is { } user ? new(user, displayName ?? email) : null,
            handledBy.ToString().ToLowerInvariant(),
            lastId is { } last && direction is not null
                ? new(last, lastAt, direction.ToLowerInvariant(), text is null ? null : Text.Beginning(text, PreviewMax))
                : null,
            WindowOf(channel, guestAt, adAt, createdAt, now),
            blocked,
            version,
            createdAt,
            updatedAt
        )
        {
            Shown = shown,
        };
    }

    private static T? NameOrNull<T>(SqlRow row)
        where T : struct, Enum => row.TextOrNull() is { } name ? Enum.Parse<T>(name) : null;

    /// <summary>
    /// Counted from the guest's last act: a day on every channel of Meta, three days on WhatsApp after an advertisement, and on Messenger
    /// and Instagram a week for people. The provider's refusal decides, not this.
    /// </summary>
    internal static AnswerWindow? WindowOf(AccountKind channel, DateTime? guestAt, DateTime? adAt, DateTime createdAt, DateTime now)
    {
        if (channel == AccountKind.Telegram)
        {
            return null;
        }

        if (guestAt is not { } last)
        {
            return new(createdAt, "closed"); // the guest has not written yet
        }

        var free = last.AddHours(24);
        if (channel == AccountKind.WhatsApp)
        {
            var closes = adAt?.AddHours(72) is { } byAd && byAd > free ? byAd : free;
            return new(closes, now < closes ? "free" : "closed");
        }

        var human = free.AddDays(6);
        return now < free ? new(free, "free")
            : now < human ? new(human, "humanOnly")
            : new(human, "closed");
    }
}
