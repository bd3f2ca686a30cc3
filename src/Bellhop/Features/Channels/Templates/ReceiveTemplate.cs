using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Channels;

/// <summary>Stores what WhatsApp tells of a template, in the caller's save. The same news again changes nothing.</summary>
internal static class ReceiveTemplate
{
    /// <param name="item">The news.</param>
    /// <param name="connectionId">Where it came. Of another connection's business account it says nothing.</param>
    /// <param name="at">When the provider said it, never later than the receipt.</param>
    public static async Task Run(TemplateItem item, Guid connectionId, DateTime at, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandSystem();
        var isOurs = await db.ChannelAccounts.AnyAsync(
            a =>
                a.OrganizationId == who.OrganizationId
                && a.ConnectionId == connectionId
                && a.WabaId == item.Business
                && a.RemovedAt == null,
            cancel
        );
        if (!isOurs)
        {
            return;
        }

        var template = await db.MessageTemplates.SingleOrDefaultAsync(
            t =>
                t.OrganizationId == who.OrganizationId
                && t.ConnectionId == connectionId
                && t.WabaId == item.Business
                && t.Name == item.Name
                && t.Language == item.Language,
            cancel
        );
        if (template is null || item is { Status: null, Quality: null, Category: null })
        {
            // Its text is new to us, and no news says all of it.
            await RefreshTemplatesJob.Queue(who.OrganizationId, connectionId, db, cancel);
            return;
        }

        if (template.UpdatedAt > at)
        {
            return; // older than what we know
        }

        template.Status = Text.Beginning(item.Status ?? template.Status, 32);
        template.Category = Text.Beginning(item.Category ?? template.Category, 32);
        template.Quality = item.Quality switch
        {
            "GREEN" or "YELLOW" or "RED" => item.Quality,
            null => template.Quality,
            _ => null,
        };
        template.UpdatedAt = at;
        db.TellOfMany(who.OrganizationId, "connection");
    }
}

/// <summary>Asks WhatsApp for a connection's templates, after news of one that is not known.</summary>
public sealed class RefreshTemplatesJob(ConnectionSecrets secrets, Providers providers)
{
    public const string Kind = "refreshTemplates";

    public JobHandler Handler => new(Kind, Run);

    internal static Task Queue(int organizationId, Guid connectionId, BellhopDb db, CancellationToken cancel) =>
        db.Queue(Actor.System(organizationId), Kind, connectionId.ToString(), once: connectionId.ToString(), cancel: cancel);

    private async Task Run(Job job, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandSystem();
        try
        {
            await RefreshTemplates.Run(Guid.Parse(job.Argument), who, db, secrets, providers, cancel);
        }
        catch (Refusal)
        {
            // The connection is gone, or the provider does not let us ask: its health says so.
        }
    }
}
