namespace Bellhop.Features.Channels;

/// <summary>A message on its way to a guest, as the channel needs it.</summary>
/// <param name="Account">The provider's id of the account that sends.</param>
/// <param name="GuestId">The guest's id at the account.</param>
/// <param name="GuestNumber">The guest's WhatsApp number, where it is known.</param>
/// <param name="OwnId">Our id of the try. The provider gives it back in what it tells of the message.</param>
/// <param name="ReplyTo">The provider's id of the message to quote.</param>
/// <param name="IsLate">The guest's last act is more than a day ago, and a person answers: Messenger and Instagram want to be told.</param>
/// <param name="IsMarketing">By WhatsApp's own call for advertising.</param>
/// <param name="Business">Telegram: the business account in whose name the bot answers.</param>
internal sealed record Outgoing(
    AccountKind Kind,
    string Account,
    string GuestId,
    string? GuestNumber,
    string OwnId,
    MessageType Type,
    string? Text,
    string? ReplyTo = null,
    OutgoingTemplate? Template = null,
    OutgoingFile? File = null,
    bool IsLate = false,
    bool IsMarketing = false,
    string? Business = null
);

/// <summary>A template with what stands in its blanks.</summary>
/// <param name="Values">By the names of <see cref="TemplateText"/>.</param>
internal sealed record OutgoingTemplate(string Name, string Language, bool IsNamed, IReadOnlyDictionary<string, string> Values);

/// <summary>A file of ours to send.</summary>
/// <param name="MediaId">The provider's id of it, once it is uploaded there.</param>
/// <param name="Path">Where it is kept.</param>
internal sealed record OutgoingFile(MessageType Type, string Name, string ContentType, string? MediaId, string Path);

internal enum SendOutcome
{
    /// <summary>The provider has it.</summary>
    Taken,

    /// <summary>The provider has said that it does not take it.</summary>
    Refused,

    /// <summary>Nothing of it left us.</summary>
    NotSent,

    /// <summary>It left us, and no answer came that says what became of it.</summary>
    Unknown,
}

/// <summary>What came of a call that sends.</summary>
/// <param name="ExternalId">The provider's id of the message.</param>
/// <param name="Code">Why it is refused; see <see cref="SendError"/>.</param>
/// <param name="Text">The provider's words for it.</param>
/// <param name="RetryAfter">How long the provider asks to wait.</param>
/// <param name="MovedTo">The guest's new id, where the provider names one.</param>
internal sealed record SendAnswer(
    SendOutcome Outcome,
    string? ExternalId = null,
    int? Code = null,
    string? Text = null,
    TimeSpan? RetryAfter = null,
    string? MovedTo = null
);
