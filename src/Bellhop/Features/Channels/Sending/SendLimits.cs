namespace Bellhop.Features.Channels;

/// <summary>What a channel takes. The composer tells it before anything is sent.</summary>
/// <param name="Text">The longest text, in characters.</param>
/// <param name="Caption">The longest text beside a file; 0 where a text is a message of its own.</param>
/// <param name="Image">The largest picture, in bytes; so for the kinds that follow.</param>
public sealed record SendLimits(int Text, int Caption, int Image, int Video, int Audio, int Document)
{
    private const int Mb = 1024 * 1024;

    public static SendLimits Of(AccountKind kind) =>
        kind switch
        {
            AccountKind.WhatsApp => new(4096, 1024, 5 * Mb, 16 * Mb, 16 * Mb, 100 * Mb),
            AccountKind.Messenger => new(2000, 0, 8 * Mb, 25 * Mb, 25 * Mb, 25 * Mb),
            AccountKind.Instagram => new(1000, 0, 8 * Mb, 25 * Mb, 25 * Mb, 25 * Mb),
            _ => new(4096, 1024, 10 * Mb, 50 * Mb, 50 * Mb, 50 * Mb),
        };

    /// <summary>The largest file of a type, in bytes.</summary>
    public int Of(MessageType type) =>
        type switch
        {
            MessageType.Image => Image,
            MessageType.Video => Video,
            MessageType.Audio => Audio,
            _ => Document,
        };

    /// <summary>The largest file of any type, in bytes.</summary>
    public int Largest => Math.Max(Document, Video);
}
