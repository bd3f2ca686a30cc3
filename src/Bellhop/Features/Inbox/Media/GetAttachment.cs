using System.Reflection;
using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>
/// A file of a conversation, asked by the conversation's right each time. The file as it was sent is only ever a download; what may be
/// shown is its preview, which we have made.
/// </summary>
public static class GetAttachment
{
    /// <param name="IsPreview">The small picture instead of the file.</param>
    public sealed record Query(bool IsPreview)
    {
        internal static readonly string[] Parameters = ["preview"];

        private ValidationErrors? Wrong { get; init; }

        public static ValueTask<Query?> BindAsync(HttpContext http, ParameterInfo _)
        {
            var errors = new ValidationErrors();
            var isPreview = new QueryReading(http.Request.Query, errors).YesNo("preview") ?? false;
            return ValueTask.FromResult<Query?>(new(isPreview) { Wrong = errors });
        }

        internal void Refuse() => Wrong?.Refuse();
    }

    /// <exception cref="Refusal">404 for a file that the actor does not see, that is not here, or that has no preview; 400.</exception>
    public static async Task<IResult> Run(Guid id, Query query, Actor who, BellhopDb db, MediaFolder folder, CancellationToken cancel)
    {
        who.Demand(Permission.ConversationsView);
        query.Refuse();
        var found = await Find(id, who, db, cancel);
        var path =
            found is null ? null
            : !query.IsPreview ? folder.PathOf(who.OrganizationId, id)
            : found.HasPreview ? folder.PreviewOf(who.OrganizationId, id)
            : null;
        if (path is null || !File.Exists(path))
        {
            throw Refusal.NotThere("attachment", id);
        }

        return query.IsPreview
            ? Results.File(path, Previews.ContentType)
            : Results.File(path, found!.ContentType ?? MediaContent.Unknown, found.FileName ?? "file");
    }

    private static async Task<Found?> Find(Guid id, Actor who, BellhopDb db, CancellationToken cancel) =>
        await MediaSeenBy
            .Files(who, db)
            .AsNoTracking()
            .Where(f => f.Id == id && f.State == MediaState.Kept)
            .Select(f => new Found(f.ContentType, f.FileName, f.HasPreview))
            .SingleOrDefaultAsync(cancel)
        // What is not sent yet is its uploader's alone.
        ?? await db
            .Uploads.AsNoTracking()
            .Where(u => u.OrganizationId == who.OrganizationId && u.Id == id && u.UploaderId == who.Id)
            .Where(u => db.Conversations.VisibleTo(who).Any(c => c.Id == u.ConversationId))
            .Select(u => new Found(u.ContentType, u.FileName, u.HasPreview))
            .SingleOrDefaultAsync(cancel);

    private sealed record Found(string? ContentType, string? FileName, bool HasPreview);
}
