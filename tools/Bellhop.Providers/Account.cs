namespace Bellhop.Providers;

/// <summary>A number, page, account or bot that a Bellhop has connected.</summary>
/// <param name="Kind"><c>whatsApp</c>, <c>messenger</c>, <c>instagram</c> or <c>telegram</c>.</param>
/// <param name="Id">The phone number id, page id or account id; of a bot, its token.</param>
/// <param name="Name">What the page calls it.</param>
/// <param name="Webhook">Where its events go.</param>
/// <param name="Secret">The app secret, or the bot's secret token.</param>
/// <param name="WabaId">The WhatsApp Business account of a number.</param>
public sealed record Account(string Kind, string Id, string Name, string Webhook, string Secret, string? WabaId = null)
{
    public bool IsTelegram => Kind == "telegram";

    /// <summary>How events reach the webhook; null for the network.</summary>
    internal HttpClient? Client { get; init; }

    /// <summary>Whether the stand-in tells by itself that a message was sent, delivered and, on Meta's other channels, echoed.</summary>
    public bool TellsStatus { get; init; } = true;
}

/// <summary>What a guest has got.</summary>
/// <param name="OwnId">What the sender gave along to know the message by.</param>
/// <param name="Body">The whole call, as JSON or as the fields of a form.</param>
/// <param name="File">The id of the file that came with it.</param>
public sealed record Received(
    string Account,
    string Guest,
    string Type,
    string? Text,
    string Id,
    string? OwnId,
    string Body,
    DateTime At,
    string? File = null
);

/// <summary>A file that a guest sends or has got.</summary>
/// <param name="Type">As its sender says, such as <c>image/png</c>.</param>
public sealed record SentFile(string Name, string Type, byte[] Content)
{
    /// <summary><c>image</c>, <c>video</c>, <c>audio</c> or <c>document</c>, as the sender says.</summary>
    public string Kind => Type.Split('/')[0] is "image" or "video" or "audio" ? Type.Split('/')[0] : "document";
}

/// <summary>What goes wrong at the next call that sends.</summary>
/// <param name="What"><c>refuse</c>: answers <paramref name="Status"/> with <paramref name="Body"/> and delivers nothing. <c>cut</c>:
/// delivers, and breaks the line instead of answering. <c>lose</c>: breaks the line and delivers nothing. <c>hang</c>: delivers, and
/// answers only when released. <c>fail</c>: takes it, and tells later that it failed with the code in <paramref name="Status"/>.
/// <c>plain</c>: delivers, and answers <paramref name="Status"/> with a page that is not the provider's.</param>
/// <param name="Times">So often.</param>
public sealed record Fault(string What, int Status = 500, string? Body = null, int Times = 1)
{
    /// <summary>An error as the Graph API writes it.</summary>
    public static Fault Graph(int code, int status = 400, int times = 1) =>
        new(
            "refuse",
            status,
            $"{{\"error\":{{\"code\":{code},\"message\":\"(#{code}) refused\",\"error_data\":{{\"details\":\"refused\"}}}}}}",
            times
        );

    /// <summary>An error as the Bot API writes it.</summary>
    public static Fault Bot(int code, int? retryAfter = null, int times = 1) =>
        new(
            "refuse",
            code,
            $"{{\"ok\":false,\"error_code\":{code},\"description\":\"refused\""
                + (retryAfter is null ? "}" : $",\"parameters\":{{\"retry_after\":{retryAfter}}}}}"),
            times
        );
}
