using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Channels;

/// <summary>Says whether guests can write at all.</summary>
public static class SeeChannels
{
    /// <summary>Whether some account is connected at a property that the actor sees.</summary>
    /// <exception cref="Refusal">403 without conversations.view.</exception>
    public static async Task<bool> Any(Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ConversationsView);
        return await db.Any(
            $"""
            SELECT 1 FROM channel_accounts a
            JOIN connections n ON n.organization_id = a.organization_id AND n.id = a.connection_id AND n.deleted_at IS NULL
            WHERE a.organization_id = {who.OrganizationId}{Sql.AndIn($"a.property_id", who.Properties)}{SqlDialect.Limit(1)}
            """,
            cancel
        );
    }
}
