using System.Text.Json.Nodes;
using Bellhop.Platform;

namespace Bellhop.Tests.Guards;

internal static partial class MatrixRows
{
    /// <summary>Endpoints of webhooks and what was sent to them.</summary>
    private static MatrixRow[] Webhooks =>
        [
            new("GET /api/v1/webhook-endpoints", Permission.SettingsManage, _ => new("/webhook-endpoints")) { HasIds = false },
            new(
                "POST /api/v1/webhook-endpoints",
                Permission.SettingsManage,
                w =>
                    new(
                        "/webhook-endpoints",
                        new JsonObject
                        {
                            ["url"] = "https://hooks.example.org/",
                            ["events"] = new JsonArray("review.created"),
                            ["propertyIds"] = new JsonArray(w.Property.ToString()),
                            ["paused"] = true,
                        }
                    ),
                201
            )
            {
                Fully = true,
            },
            new("GET /api/v1/webhook-endpoints/{id}", Permission.SettingsManage, w => new($"/webhook-endpoints/{w.Endpoint}")),
            new(
                "PATCH /api/v1/webhook-endpoints/{id}",
                Permission.SettingsManage,
                w => new($"/webhook-endpoints/{w.Endpoint}", new JsonObject { ["events"] = new JsonArray("booking.created") })
            )
            {
                Fully = true,
            },
            new("DELETE /api/v1/webhook-endpoints/{id}", Permission.SettingsManage, w => new($"/webhook-endpoints/{w.Endpoint}"), 204),
            new(
                "POST /api/v1/webhook-endpoints/{id}/rotations",
                Permission.SettingsManage,
                w => new($"/webhook-endpoints/{w.Endpoint}/rotations", new JsonObject { ["overlapHours"] = 1 }),
                201
            ),
            new(
                "POST /api/v1/webhook-endpoints/{id}/tests",
                Permission.SettingsManage,
                w => new($"/webhook-endpoints/{w.Endpoint}/tests"),
                202
            ),
            new(
                "GET /api/v1/webhook-endpoints/{id}/deliveries",
                Permission.SettingsManage,
                w => new($"/webhook-endpoints/{w.Endpoint}/deliveries")
            ),
            new("POST /api/v1/deliveries/{id}/replays", Permission.SettingsManage, w => new($"/deliveries/{w.Delivery}/replays"), 202),
        ];
}
