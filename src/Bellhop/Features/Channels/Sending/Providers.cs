namespace Bellhop.Features.Channels;

/// <summary>Calls whichever provider a message goes to.</summary>
public sealed class Providers(MetaClient meta, TelegramClient telegram)
{
    public MetaClient Meta => meta;
    public TelegramClient Telegram => telegram;

    /// <summary>Sends a message once; nothing here tries again.</summary>
    internal Task<SendAnswer> Send(Outgoing message, string token, CancellationToken cancel) =>
        message.Kind == AccountKind.Telegram ? telegram.Send(message, token, cancel) : meta.Send(message, token, cancel);
}
