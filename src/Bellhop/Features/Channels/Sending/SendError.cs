namespace Bellhop.Features.Channels;

/// <summary>What follows from a provider's refusal.</summary>
internal enum SendAction
{
    /// <summary>It is refused for good; staff decide what to do.</summary>
    Fail,

    /// <summary>The account is too fast: all of it slows down, and the same message goes again.</summary>
    SlowAccount,

    /// <summary>Too much to one guest at once: the guest's messages wait a little.</summary>
    SlowGuest,

    /// <summary>The provider has a passing fault and has not taken the message: it goes again.</summary>
    Again,

    /// <summary>Nothing can be sent from the account until somebody mends it: its messages wait.</summary>
    Hold,

    /// <summary>It goes again to the guest's other address, or by the provider's other call.</summary>
    OtherWay,

    /// <summary>Its file is uploaded once more.</summary>
    UploadAgain,
}

/// <summary>What a provider's code means, in the words of <see cref="ChannelTexts"/>, and what can help.</summary>
/// <param name="Words">The key of the words, behind <c>Send.</c></param>
/// <param name="Retry"><c>no</c>, <c>later</c>, <c>template</c> or <c>reconnect</c>.</param>
/// <param name="Action">What follows when the provider answers with it.</param>
internal sealed record SendError(string Words, string Retry, SendAction Action)
{
    /// <summary>Ours: for so long nothing could be sent that the message is given up. Nothing of it has left.</summary>
    public const int NotSent = -1;

    /// <summary>Ours: the account is no longer connected.</summary>
    public const int NoAccount = -2;

    /// <summary>Ours: the file to send is no longer there.</summary>
    public const int NoFile = -3;

    /// <summary>Telegram's statuses, which Meta has no codes like.</summary>
    public const int TokenRefused = 401;
    public const int Blocked = 403;
    public const int TooMany = 429;

    private static SendError Fail(string words, string retry = "no") => new(words, retry, SendAction.Fail);

    private static SendError Hold(string words, string retry = "reconnect") => new(words, retry, SendAction.Hold);

    /// <summary>https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes and the Messenger platform's list.</summary>
    public static SendError Of(int code) =>
        code switch
        {
            NotSent => Fail("NotSent", "later"),
            NoAccount => Fail("NoAccount", "reconnect"),
            NoFile => Fail("NoFile"),
            4 or 32 or 613 or 80007 or 130429 or TooMany => new("TooFast", "later", SendAction.SlowAccount),
            131056 => new("GuestTooFast", "later", SendAction.SlowGuest),
            1 or 2 or 131000 or 131016 or 135000 => new("Passing", "later", SendAction.Again),
            131048 or 131064 => Fail("Spam", "later"),
            131049 => Fail("Capped", "later"),
            131050 => Fail("Stopped"),
            130472 => Fail("Experiment"),
            131021 => Fail("Self"),
            131030 => Fail("TestList"),
            131026 or 551 or 2018108 or 2018001 => Fail("NotReachable"),
            Blocked => Fail("Blocked"),
            131047 or 2534022 or 2018278 => Fail("Window", "template"),
            131051 => Fail("FileType"),
            131052 => Fail("FileDownload"),
            131053 => new("FileUpload", "later", SendAction.UploadAgain),
            131062 => new("NumberNeeded", "no", SendAction.OtherWay),
            131063 => new("MarketingOnly", "no", SendAction.OtherWay),
            132000 or 132008 or 132012 => Fail("TemplateBlanks"),
            132001 => Fail("TemplateAbsent"),
            132005 => Fail("TemplateLong"),
            132007 => Fail("TemplatePolicy"),
            132015 => Fail("TemplatePaused", "later"),
            132016 => Fail("TemplateDisabled"),
            100 or 131008 or 131009 => Fail("Wrong"),
            131042 => Hold("Payment"),
            131031 or 368 => Hold("Locked"),
            130497 => Hold("Country"),
            131045 or 133010 => Hold("Unregistered"),
            131057 => Hold("Maintenance", "later"),
            0 or 3 or 10 or 33 or 190 or (>= 200 and <= 299) or TokenRefused => Hold("Token"),
            _ => Fail("Refused"),
        };
}
