using System.Text.Json.Serialization;
using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Bellhop.Features.Inbox;

/// <summary>A message or a note of staff, as a thread shows it.</summary>
/// <param name="ExternalId">The provider's id; null for a note and for what the provider has not taken yet.</param>
/// <param name="Direction"><c>in</c>, <c>out</c> or <c>note</c>.</param>
/// <param name="Type"><c>text</c>, <c>image</c>, <c>video</c>, <c>audio</c>, <c>document</c>, <c>sticker</c>, <c>location</c>,
/// <c>contacts</c>, <c>interactive</c>, <c>template</c>, <c>reaction</c>, <c>unsupported</c> or <c>system</c>.</param>
/// <param name="Text">Null for a message without words, and for one that was taken back.</param>
/// <param name="ReplyTo">The provider's id of the message that it answers.</param>
/// <param name="Status"><c>received</c>, <c>queued</c>, <c>sending</c>, <c>sent</c>, <c>delivered</c>, <c>read</c>, <c>failed</c> or
/// <c>unknown</c>; null for a note.</param>
/// <param name="Attempts">How often it was sent.</param>
/// <param name="At">UTC.</param>
/// <param name="DeletedAt">When its sender took it back.</param>
public sealed record MessageRow(
    Guid Id,
    string? ExternalId,
    string Direction,
    MessageRow.By Author,
    string Type,
    string? Text,
    IReadOnlyList<MessageRow.File> Attachments,
    string? ReplyTo,
    IReadOnlyList<MessageRow.Reacted> Reactions,
    string? Status,
    MessageRow.Wrong? Error,
    int Attempts,
    DateTime At,
    DateTime? EditedAt,
    DateTime? DeletedAt
)
{
    /// <summary>What it carries beside text and files, as a page shows it; the API does not read it.</summary>
    [JsonIgnore]
    public string? Card { get; init; }

    /// <param name="Kind"><c>guest</c>, <c>staff</c>, <c>agent</c>, <c>phoneApp</c>, <c>campaign</c> or <c>system</c>.</param>
    public sealed record By(string Kind, Guid? Id, string? Name);

    /// <param name="Kind">The provider's kind, such as <c>image</c>.</param>
    /// <param name="ContentType">As the content says; until the file is kept, as the provider says.</param>
    /// <param name="Url">Where the file is to be had; null until it is kept, and where the provider no longer had it.</param>
    /// <param name="PreviewUrl">Where a small picture of it is to be had; null where there is none.</param>
    public sealed record File(
        Guid Id,
        string Kind,
        string? FileName,
        string? ContentType,
        long? Bytes,
        string? Url,
        string? PreviewUrl = null
    )
    {
        /// <summary>Whether it is here, as a page shows it.</summary>
        [JsonIgnore]
        public MediaState State { get; init; }

        /// <summary>Where a link of the channel leads, as a page shows it.</summary>
        [JsonIgnore]
        public string? Link { get; init; }
    }

    /// <param name="By"><c>guest</c>.</param>
    public sealed record Reacted(string Emoji, string By);

    /// <param name="Code">The provider's code; ours are below 0.</param>
    /// <param name="Title">What it means, in plain words.</param>
    /// <param name="Retry"><c>no</c>, <c>later</c>, <c>template</c> or <c>reconnect</c>: what can help.</param>
    public sealed record Wrong(int Code, string? Title, string Retry);

    internal static readonly Sql Columns = $"""
        m.id, m.external_id, m.direction, m.author_kind, m.author_id, m.author_name, m.type, m.text, m.reply_to, m.reaction, m.status,
        m.error_code, m.error_text, m.attempts, m.at, m.edited_at, m.deleted_at, m.card
        """;

    /// <summary>A message alone; null if there is none. Inside a save, it reads what the save has written.</summary>
    internal static async Task<MessageRow?> Read(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var rows = await db.Read(
            $"SELECT {Columns} FROM messages m WHERE m.organization_id = {who.OrganizationId} AND m.id = {id}",
            Of,
            cancel
        );
        return (await WithFiles(rows, who, db, cancel)).SingleOrDefault();
    }

    /// <summary>Writes what the save has changed so far, and answers it with the message as it stands then.</summary>
    internal static async Task<Saved<MessageRow>> Answer(
        Guid id,
        Conversation conversation,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        await db.Flush(cancel);
        var row = await Read(id, who, db, cancel);
        return new(row!, row!.At, $"/conversations/{conversation.Id}/messages", conversation.ContactId);
    }

    /// <summary>The rows with their files.</summary>
    internal static async Task<IReadOnlyList<MessageRow>> WithFiles(
        IReadOnlyList<MessageRow> rows,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        if (rows.Count == 0)
        {
            return rows;
        }

        var files = (
            await db.Read(
                $"""
                SELECT f.message_id, f.id, f.kind, f.file_name, f.content_type, f.bytes, f.state, f.has_preview, f.provider_url
                FROM message_files f
                WHERE f.organization_id = {who.OrganizationId} AND {db.Dialect.Among($"f.message_id", rows.Select(r => r.Id))}
                ORDER BY f.message_id, f.place
                """,
                row => (Message: row.Id(), File: FileOf(row)),
                cancel
            )
        ).ToLookup(f => f.Message, f => f.File);
        return [.. rows.Select(r => files.Contains(r.Id) ? r with { Attachments = [.. files[r.Id]] } : r)];
    }

    private static File FileOf(SqlRow row)
    {
        var (id, kind, name, type) = (row.Id(), row.Text(), row.TextOrNull(), row.TextOrNull());
        var (bytes, state, hasPreview, link) = (row.LongOrNull(), row.Name<MediaState>(), row.Flag(), row.TextOrNull());
        return Shown(id, kind, name, type, bytes, state, hasPreview) with { Link = state == MediaState.Link ? link : null };
    }

    /// <summary>A file of a message.</summary>
    internal static File Shown(MessageFile file) =>
        Shown(file.Id, file.Kind, file.FileName, file.ContentType, file.Bytes, file.State, file.HasPreview);

    /// <summary>A file that is not sent yet.</summary>
    internal static File Shown(Upload file) =>
        Shown(file.Id, Lower(file.Type.ToString()), file.FileName, file.ContentType, file.Bytes, MediaState.Kept, file.HasPreview);

    private static File Shown(Guid id, string kind, string? name, string? type, long? bytes, MediaState state, bool hasPreview)
    {
        var url = state == MediaState.Kept ? $"{Web.Prefix}/attachments/{id}" : null;
        return new(id, kind, name, type, bytes, url, url is not null && hasPreview ? url + "?preview=true" : null) { State = state };
    }

    internal static MessageRow Of(SqlRow row)
    {
        var (id, externalId, direction) = (row.Id(), row.TextOrNull(), row.Text());
        var author = new By(Lower(row.Text()), row.IdOrNull(), row.TextOrNull());
        var (type, text, replyTo, reaction) = (Lower(row.Text()), row.TextOrNull(), row.TextOrNull(), row.TextOrNull());
        var (status, code, title) = (row.TextOrNull(), row.NumberOrNull(), row.TextOrNull());
        return new(
            id,
            externalId,
            Lower(direction),
            author,
            type,
            text,
            [],
            replyTo,
            reaction is null ? [] : [new(reaction, "guest")],
            status is null ? null : Lower(status),
            code is { } number ? new(number, title, SendError.Of(number).Retry) : null,
            row.Number(),
            row.Instant(),
            row.InstantOrNull(),
            row.InstantOrNull()
        )
        {
            Card = row.TextOrNull(),
        };
    }

    /// <summary>A note: its id, author, author's name, text and time.</summary>
    internal static MessageRow OfNote(SqlRow row)
    {
        var (id, author, text, at) = (row.Id(), new By("staff", row.Id(), row.Text()), row.Text(), row.Instant());
        return new(id, null, "note", author, "text", text, [], null, [], null, null, 0, at, null, null);
    }

    /// <summary>With what is wrong in plain words. What we have no words for is in the provider's.</summary>
    internal MessageRow InWords(IStringLocalizer<ChannelTexts> texts) =>
        Error is null || (SendError.Of(Error.Code).Words is "Refused" && Error.Title is not null)
            ? this
            : this with
            {
                Error = Error with { Title = texts["Send." + SendError.Of(Error.Code).Words] },
            };

    private static string Lower(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
