namespace Bellhop.Features.Channels;

/// <summary>What kind of account on a channel a guest writes to.</summary>
public enum AccountKind
{
    WhatsApp,
    Messenger,
    Instagram,
    Telegram,
}

/// <summary>The type of a message, as the API names it.</summary>
public enum MessageType
{
    Text,
    Image,
    Video,
    Audio,
    Document,
    Sticker,
    Location,
    Contacts,
    Interactive,
    Template,
    Reaction,
    Unsupported,
    System,
}

/// <summary>How far a message of ours came. A later name in this list wins over an earlier one, whatever the order of arrival.</summary>
public enum DeliveryStatus
{
    Sent,
    Failed,
    Delivered,
    Read,
}

/// <summary>One thing that a provider's payload says. Texts are storable, bounded, and have their card numbers masked.</summary>
public abstract record ChannelItem
{
    public const int IdMax = 300;
    public const int TextMax = 20_000;

    /// <summary>The part of the payload that says it, see <see cref="Channel.Cut"/>.</summary>
    public int Part { get; init; }

    public AccountKind Kind { get; init; }

    /// <summary>The provider's id of the account: a phone number id, page id or Instagram account id. Null for Telegram.</summary>
    public string? Account { get; init; }

    /// <summary>A second id that the account may have: Meta's test events name one page outside and another one inside.</summary>
    public string? AccountInside { get; init; }

    /// <summary>The provider's time, UTC, clamped by nobody yet. Null when it gives none, or none that a date can hold.</summary>
    public DateTime? At { get; init; }
}

/// <summary>What a payload says of the guest who acts.</summary>
/// <param name="Id">The id that names the guest at this account: a business-scoped id, a page-scoped id, a Telegram user id.</param>
/// <param name="Number">WhatsApp's own id of the guest, which is the phone number's digits. Null where the provider hides it.</param>
/// <param name="Name">As the guest writes it in the provider's app.</param>
/// <param name="Username">A label only: guests change it.</param>
/// <param name="IsPerson">False where the provider gives a name for one visit instead of the person's id.</param>
public sealed record Guest(string? Id, string? Number = null, string? Name = null, string? Username = null, bool IsPerson = true)
{
    /// <summary>Whether there is any id to know the guest by.</summary>
    public bool IsNamed => Id is not null || Number is not null;
}

/// <summary>A file that hangs on a message. It is fetched later: ids and links expire.</summary>
/// <param name="Kind"><c>image</c>, <c>video</c>, <c>audio</c>, <c>document</c> or <c>sticker</c>, or the provider's own word.</param>
/// <param name="MediaId">The provider's id of the file.</param>
/// <param name="Url">Where the provider has it, if it says so.</param>
public sealed record Attachment(
    string Kind,
    string? MediaId = null,
    string? Url = null,
    string? FileName = null,
    string? ContentType = null,
    long? Bytes = null
);

/// <summary>The advertisement or link that brought the guest.</summary>
public sealed record Referral(string? SourceId, string? SourceType, string? SourceUrl, string? Headline, string? ClickId, string? Ref);

/// <summary>A message of a guest.</summary>
/// <param name="Id">The provider's id, unique within the account.</param>
/// <param name="Text">What the guest wrote, tapped or put below a picture; null if nothing.</param>
/// <param name="ReplyTo">The id of the message that it answers.</param>
/// <param name="Card">What the message carries beside text: a place, cards of third persons, a story. JSON; null if nothing.</param>
/// <param name="OwnPhone">The guest's own number, proven by the provider.</param>
public sealed record MessageItem(
    Guest From,
    string Id,
    MessageType Type,
    string? Text = null,
    string? ReplyTo = null,
    IReadOnlyList<Attachment>? Attachments = null,
    string? Card = null,
    Referral? Referral = null,
    string? OwnPhone = null
) : ChannelItem;

/// <summary>A message that the business sent, told back to us: by our own sending, or from staff's phone or another program.</summary>
/// <param name="To">The guest who gets it.</param>
/// <param name="OwnId">Our id of the message, where we sent it.</param>
public sealed record EchoItem(
    Guest To,
    string Id,
    MessageType Type,
    string? Text,
    IReadOnlyList<Attachment>? Attachments = null,
    string? OwnId = null
) : ChannelItem;

/// <summary>A message of either side from before the account was connected. It is no news to anybody.</summary>
/// <param name="Guest">With whom it was; no ids where the event does not say.</param>
/// <param name="IsGuests">Whether the guest wrote it.</param>
/// <param name="Status">How far it came, where it is our side's.</param>
public sealed record PastItem(
    Guest Guest,
    string Id,
    bool IsGuests,
    MessageType Type,
    string? Text,
    string? ReplyTo,
    IReadOnlyList<Attachment>? Attachments,
    string? Card,
    DeliveryStatus Status
) : ChannelItem;

/// <summary>A reaction to a message; an empty <paramref name="Emoji"/> takes the earlier one back.</summary>
public sealed record ReactionItem(Guest From, string On, string Emoji) : ChannelItem;

/// <summary>The text of a message is another one now.</summary>
public sealed record EditItem(string On, string? Text) : ChannelItem;

/// <summary>The sender took a message back.</summary>
public sealed record WithdrawalItem(string On) : ChannelItem;

/// <summary>How far messages of ours came: one named message, or all to a guest up to an instant or a message.</summary>
/// <param name="Ids">The messages; empty where <paramref name="UpTo"/> or <paramref name="UpToId"/> says which.</param>
/// <param name="OwnId">Our id of the message, as we gave it to the provider.</param>
/// <param name="ErrorCode">The provider's code, if it failed.</param>
public sealed record StatusItem(
    Guest To,
    IReadOnlyList<string> Ids,
    DeliveryStatus Status,
    DateTime? UpTo = null,
    string? UpToId = null,
    string? OwnId = null,
    int? ErrorCode = null,
    string? ErrorText = null
) : ChannelItem;

/// <summary>The provider says that a guest has another number or id from now on.</summary>
public sealed record GuestMovedItem(Guest From, Guest To) : ChannelItem;

/// <summary>The guest says whether marketing may reach them. <paramref name="SignupId"/> proves that they asked for it.</summary>
public sealed record PreferenceItem(Guest From, bool Wants, string? SignupId) : ChannelItem;

/// <summary>The guest blocks our account, or lets it in again.</summary>
public sealed record ReachItem(Guest From, bool IsReachable) : ChannelItem;

/// <summary>The guest calls our account: no message, and an act of theirs all the same.</summary>
public sealed record CallItem(Guest From) : ChannelItem;

/// <summary>News of a template. It names the business account and no number.</summary>
/// <param name="Business">The WhatsApp Business account.</param>
/// <param name="Status">The provider's word; null where the news says nothing of it. So with the others.</param>
/// <param name="Quality"><c>GREEN</c>, <c>YELLOW</c> or <c>RED</c>.</param>
public sealed record TemplateItem(
    string Business,
    string Name,
    string Language,
    string? Status = null,
    string? Quality = null,
    string? Category = null
) : ChannelItem;

/// <summary>Something of a kind that we read, yet without what it needs.</summary>
/// <param name="Reason">What is missing: a word of ours, never the guest's.</param>
public sealed record UnreadableItem(string Reason) : ChannelItem;
