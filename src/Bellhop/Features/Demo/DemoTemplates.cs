using Bellhop.Features.Channels;

namespace Bellhop.Features.Demo;

/// <summary>The WhatsApp templates that the demo's numbers have.</summary>
internal static class DemoTemplates
{
    private static readonly (string Name, string Language, string Status, string Body)[] All =
    [
        ("room_ready", "en_GB", TemplateText.Approved, "Hello {{guest}}, your room at {{property}} is ready from {{time}}. See you soon!"),
        ("room_ready", "pt_PT", TemplateText.Approved, "Olá {{guest}}, o seu quarto no {{property}} está pronto a partir das {{time}}."),
        (
            "arrival_time",
            "en_GB",
            TemplateText.Approved,
            "Hello {{guest}}, when do you arrive on {{arrival}}? The desk is open until {{time}}."
        ),
        ("winter_offer", "en_GB", "PAUSED", "Hello {{guest}}, three nights for two, all winter."),
    ];

    public static IEnumerable<MessageTemplate> Of(Connection connection, ChannelAccount account) =>
        (account.WabaId is null ? [] : All).Select(t => new MessageTemplate
        {
            OrganizationId = connection.OrganizationId,
            ConnectionId = connection.Id,
            WabaId = account.WabaId!,
            Name = t.Name,
            Language = t.Language,
            Category = t.Name == "winter_offer" ? "MARKETING" : "UTILITY",
            Status = t.Status,
            Quality = "GREEN",
            IsNamed = true,
            Components = System.Text.Json.JsonSerializer.Serialize(new[] { new { type = "BODY", text = t.Body } }),
            UpdatedAt = connection.UpdatedAt,
        });
}
