namespace Bellhop.Features.Audit;

/// <summary>The kinds of rows that events are about, as the page offers them.</summary>
internal static class AuditKinds
{
    public static IReadOnlyList<string> All { get; } =
    [
        "contact",
        "booking",
        "payment",
        "note",
        "review",
        "programme",
        "tag",
        "segment",
        "import",
        "property",
        "rate",
        "organization",
        "member",
        "invitation",
        "role",
        "apiKey",
        "webhookEndpoint",
        "approvalRule",
        "session",
        "job",
        "connection",
        "conversation",
        "savedReply",
        "message",
    ];
}
