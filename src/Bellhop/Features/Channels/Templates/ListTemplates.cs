using System.Text.Json;
using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Channels;

/// <summary>A WhatsApp template as lists show it.</summary>
/// <param name="Category">The provider's word, such as <c>UTILITY</c>.</param>
/// <param name="Status">The provider's word; only <c>APPROVED</c> ones can be sent.</param>
/// <param name="Quality"><c>GREEN</c>, <c>YELLOW</c> or <c>RED</c>; null while unknown.</param>
/// <param name="Components">Its parts, as the provider has them.</param>
/// <param name="Parameters">The names of its blanks, as a message gives them.</param>
/// <param name="WabaId">The WhatsApp Business account that it belongs to.</param>
public sealed record TemplateRow(
    string Name,
    string Language,
    string Category,
    string Status,
    string? Quality,
    JsonElement Components,
    IReadOnlyList<string> Parameters,
    string WabaId
)
{
    internal static TemplateRow Of(MessageTemplate template)
    {
        using var components = JsonDocument.Parse(template.Components);
        return new(
            template.Name,
            template.Language,
            template.Category,
            template.Status,
            template.Quality,
            components.RootElement.Clone(),
            TemplateText.BlanksOf(template),
            template.WabaId
        );
    }
}

/// <summary>The templates of a connection's numbers, by name: of those numbers whose property the actor sees.</summary>
public static class ListTemplates
{
    /// <exception cref="Refusal">404 for a connection without an account that the actor sees.</exception>
    public static async Task<Page<TemplateRow>> Run(
        Guid id,
        PageQuery page,
        Actor who,
        BellhopDb db,
        Cursors cursors,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.ConversationsView);
        var connected = db
            .ChannelAccounts.AsNoTracking()
            .Where(a => a.OrganizationId == who.OrganizationId && a.ConnectionId == id && a.RemovedAt == null)
            .Where(a => db.Connections.Any(c => c.OrganizationId == a.OrganizationId && c.Id == id && c.DeletedAt == null));
        var accounts = await (who.Properties is { } limited ? connected.Where(a => limited.Contains(a.PropertyId)) : connected).ToListAsync(
            cancel
        );
        if (accounts.Count == 0)
        {
            throw Refusal.NotThere("connection", id);
        }

        var seen = accounts.Select(a => a.WabaId).OfType<string>().ToList();
        var templates = await db
            .MessageTemplates.AsNoTracking()
            .Where(t => t.OrganizationId == who.OrganizationId && t.ConnectionId == id && seen.Contains(t.WabaId))
            .ToListAsync(cancel);
        return page.Of(templates.Select(TemplateRow.Of), $"templates/{id}", t => $"{t.Name}\n{t.Language}\n{t.WabaId}", who, cursors);
    }
}
