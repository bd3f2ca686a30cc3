using System.Text.Json;
using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Channels;

/// <summary>Asks WhatsApp which templates a connection's numbers have now.</summary>
public static class RefreshTemplates
{
    private const string Fields = "id,name,language,status,category,quality_score,parameter_format,components";
    private const int MostPages = 40;

    /// <param name="Templates">How many there are now.</param>
    public sealed record Result(int Templates);

    /// <exception cref="Refusal">404 for a connection that the actor does not see whole; 409 <c>provider-refused</c> with its
    /// <c>code</c>; 503 if it does not answer. Nothing is changed then.</exception>
    public static async Task<Answered<Result>> Run(
        Guid id,
        Actor who,
        BellhopDb db,
        ConnectionSecrets secrets,
        Providers providers,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.SettingsManage);
        var connection = await Connections.ForChange(id, who, db, cancel);
        var businesses = await db
            .ChannelAccounts.Where(a => a.OrganizationId == who.OrganizationId && a.ConnectionId == id && a.RemovedAt == null)
            .Where(a => a.WabaId != null)
            .Select(a => a.WabaId!)
            .Distinct()
            .ToListAsync(cancel);
        var token = secrets.Decrypt(connection.Secrets).AccessToken ?? "";
        var found = new List<MessageTemplate>();
        foreach (var business in businesses)
        {
            found.AddRange(await Ask(connection, business, token, db.Now, providers, cancel));
        }

        return await db.Save(
            async () =>
            {
                _ = await Connections.ForChange(id, who, db, cancel);
                await Keep(id, found, who, db, cancel);
                db.Happened(who, "connection.refreshed", "connection", id);
                return new Answered<Result>(new(found.Count));
            },
            cancel
        );
    }

    private static async Task<List<MessageTemplate>> Ask(
        Connection connection,
        string business,
        string token,
        DateTime now,
        Providers providers,
        CancellationToken cancel
    )
    {
        var found = new List<MessageTemplate>();
        var after = "";
        for (var page = 0; page < MostPages; page++)
        {
            var path = $"{Uri.EscapeDataString(business)}/message_templates?limit=100&fields={Fields}{after}";
            var (status, body) = await providers.Meta.Get(AccountKind.WhatsApp, path, token, cancel);
            if (body.In("error") is { ValueKind: JsonValueKind.Object } error)
            {
                var code = MetaMessage.ErrorOf(error).Code!.Value;
                throw Refusal.Conflict("provider-refused", ErrorText.Of<ChannelTexts>("Send." + SendError.Of(code).Words), ("code", code));
            }

            if (status != 200)
            {
                throw Refusal.Of(503, "provider-away", ErrorText.Of<ChannelTexts>("ProviderAway"), retryAfter: 30);
            }

            found.AddRange(body.All("data").Select(t => Read(connection, business, t, now)).OfType<MessageTemplate>());
            if (body.In("paging").In("cursors").Id("after") is not { } next || !body.In("paging").Has("next"))
            {
                break;
            }

            after = "&after=" + Uri.EscapeDataString(next);
        }

        return [.. found.DistinctBy(t => (t.WabaId, t.Name, t.Language))];
    }

    private static MessageTemplate? Read(Connection connection, string business, JsonElement said, DateTime now) =>
        said.Id("name") is { Length: <= MessageTemplate.NameMax } name && said.Id("language") is { Length: <= 16 } language
            ? new()
            {
                OrganizationId = connection.OrganizationId,
                ConnectionId = connection.Id,
                WabaId = business,
                ExternalId = said.Id("id") is { Length: <= 64 } id ? id : null,
                Name = name,
                Language = language,
                Category = Text.Beginning(said.Word("category"), 32),
                Status = Text.Beginning(said.Word("status"), 32),
                Quality = said.In("quality_score").Word("score") is "GREEN" or "YELLOW" or "RED"
                    ? said.In("quality_score").Word("score")
                    : null,
                IsNamed = said.Word("parameter_format") == "NAMED",
                Components = said.In("components") is { ValueKind: JsonValueKind.Array } parts ? parts.GetRawText() : "[]",
                UpdatedAt = now,
            }
            : null;

    /// <summary>Those that are found, and no others.</summary>
    private static async Task Keep(Guid id, List<MessageTemplate> found, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var known = await db
            .MessageTemplates.Where(t => t.OrganizationId == who.OrganizationId && t.ConnectionId == id)
            .ToListAsync(cancel);
        foreach (var template in found)
        {
            var same = known.Find(t => (t.WabaId, t.Name, t.Language) == (template.WabaId, template.Name, template.Language));
            if (same is null)
            {
                db.MessageTemplates.Add(template);
                continue;
            }

            known.Remove(same);
            (same.ExternalId, same.Category, same.Status, same.Quality, same.IsNamed, same.Components, same.UpdatedAt) = (
                template.ExternalId,
                template.Category,
                template.Status,
                template.Quality,
                template.IsNamed,
                template.Components,
                template.UpdatedAt
            );
        }

        db.RemoveRange(known);
    }
}
