using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>A saved reply as it is shown.</summary>
/// <param name="Text">With placeholders such as <c>{guest}</c>.</param>
/// <param name="Language">As BCP 47 writes it; null for none in particular.</param>
/// <param name="Shared">For everybody who replies; else for the caller alone.</param>
/// <param name="PropertyId">Only for guests of this property; null for all.</param>
public sealed record SavedReplyRow(
    Guid Id,
    string Name,
    string Text,
    string? Language,
    bool Shared,
    Guid? PropertyId,
    DateTime CreatedAt,
    DateTime UpdatedAt
)
{
    internal static SavedReplyRow Of(SavedReply r) =>
        new(r.Id, r.Name, r.Text, r.Language, r.Shared, r.PropertyId, r.CreatedAt, r.UpdatedAt);
}

/// <summary>The caller's own saved replies and the shared ones, by name.</summary>
public static class ListSavedReplies
{
    /// <exception cref="Refusal">403; 400.</exception>
    public static async Task<Page<SavedReplyRow>> Run(PageQuery query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.Demand(Permission.ConversationsReply);
        query.Refuse();
        var binding = $"savedReplies/{who.OrganizationId}/{who.Id}";
        var after = query.After(cursors, binding)?.Split('\n');
        var mine = db.SavedReplies.AsNoTracking().VisibleTo(who);
        if (after is [var key, var last] && Guid.TryParse(last, out var lastId))
        {
            mine = mine.Where(r => string.Compare(r.NameKey, key) > 0 || (r.NameKey == key && r.Id > lastId));
        }

        var rows = await mine.OrderBy(r => r.NameKey).ThenBy(r => r.Id).Take(query.Limit + 1).ToListAsync(cancel);
        var page = query.Page(rows, r => $"{r.NameKey}\n{r.Id}", cursors, binding);
        return new([.. page.Items.Select(SavedReplyRow.Of)], page.NextCursor);
    }
}
