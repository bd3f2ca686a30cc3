using System.Text.Json.Nodes;
using Bellhop.Platform;
using Bellhop.Tests.Features.Inbox.Media;

namespace Bellhop.Tests.Guards;

internal static partial class MatrixRows
{
    /// <summary>Connections to providers, and conversations with guests.</summary>
    private static MatrixRow[] Inbox =>
        [
            new("GET /api/v1/connections", Permission.SettingsManage, _ => new("/connections")) { HasIds = false },
            new(
                "POST /api/v1/connections",
                Permission.SettingsManage,
                w =>
                    new(
                        "/connections",
                        new JsonObject
                        {
                            ["kind"] = "telegram",
                            ["name"] = "Bot",
                            ["propertyId"] = w.Property.ToString(),
                        }
                    ),
                201
            ),
            new("GET /api/v1/connections/{id}", Permission.SettingsManage, w => new($"/connections/{w.Connection}")),
            new(
                "PATCH /api/v1/connections/{id}",
                Permission.SettingsManage,
                w => new($"/connections/{w.Connection}", new JsonObject { ["paused"] = true })
            ),
            new("DELETE /api/v1/connections/{id}", Permission.SettingsManage, w => new($"/connections/{w.Connection}"), 204),
            new(
                "POST /api/v1/connections/{id}/rotations",
                Permission.SettingsManage,
                w =>
                    new(
                        $"/connections/{w.Connection}/rotations",
                        new JsonObject { ["secrets"] = new JsonObject { ["appSecret"] = "another" } }
                    ),
                201
            ),
            new("GET /api/v1/connections/{id}/parked", Permission.SettingsManage, w => new($"/connections/{w.Connection}/parked")),
            new("GET /api/v1/connections/{id}/traffic", Permission.SettingsManage, w => new($"/connections/{w.Connection}/traffic")),
            new(
                "POST /api/v1/connections/{id}/trials",
                Permission.SettingsManage,
                w => new($"/connections/{w.Connection}/trials", new JsonObject { ["form"] = "ota" }),
                409 // it is to Meta
            ),
            new("GET /api/v1/connections/{id}/templates", Permission.ConversationsView, w => new($"/connections/{w.Connection}/templates")),
            new(
                "POST /api/v1/connections/{id}/templates/refreshes",
                Permission.SettingsManage,
                w => new($"/connections/{w.Connection}/templates/refreshes"),
                200
            ),
            new("POST /api/v1/connections/{id}/tests", Permission.SettingsManage, w => new($"/connections/{w.Connection}/tests")),
            new("POST /api/v1/parked/{id}/replays", Permission.SettingsManage, w => new($"/parked/{w.ParkedItem}/replays"), 202),
            new("DELETE /api/v1/parked/{id}", Permission.SettingsManage, w => new($"/parked/{w.ParkedItem}"), 204),
            new("GET /api/v1/team/names", Permission.ConversationsView, _ => new("/team/names")) { HasIds = false },
            new("GET /api/v1/contacts/{id}/conversations", Permission.ContactsView, w => new($"/contacts/{w.Contact}/conversations")),
            new("GET /api/v1/conversations", Permission.ConversationsView, w => new($"/conversations?propertyId={w.Property}")),
            new("GET /api/v1/conversations/{id}", Permission.ConversationsView, w => new($"/conversations/{w.Conversation}")),
            new(
                "PATCH /api/v1/conversations/{id}",
                Permission.ConversationsReply,
                w => new($"/conversations/{w.Conversation}", new JsonObject { ["state"] = "closed" })
            ),
            new(
                "GET /api/v1/conversations/{id}/messages",
                Permission.ConversationsView,
                w => new($"/conversations/{w.Conversation}/messages")
            ),
            new("GET /api/v1/conversations/{id}/draft", Permission.ConversationsReply, w => new($"/conversations/{w.Conversation}/draft")),
            new(
                "PUT /api/v1/conversations/{id}/draft",
                Permission.ConversationsReply,
                w => new($"/conversations/{w.Conversation}/draft", new JsonObject { ["text"] = "Dear gue" })
            ),
            new(
                "DELETE /api/v1/conversations/{id}/draft",
                Permission.ConversationsReply,
                w => new($"/conversations/{w.Conversation}/draft"),
                204
            ),
            new("GET /api/v1/saved-replies", Permission.ConversationsReply, _ => new("/saved-replies")) { HasIds = false },
            new(
                "POST /api/v1/saved-replies",
                Permission.ConversationsReply,
                w =>
                    new(
                        "/saved-replies",
                        new JsonObject
                        {
                            ["name"] = "Welcome",
                            ["text"] = "Welcome, {guest}!",
                            ["propertyId"] = w.Property.ToString(),
                        }
                    ),
                201
            ),
            new(
                "PATCH /api/v1/saved-replies/{id}",
                Permission.ConversationsReply,
                w => new($"/saved-replies/{w.SavedReply}", new JsonObject { ["name"] = "Hello" })
            )
            {
                Fully = true,
            },
            new("DELETE /api/v1/saved-replies/{id}", Permission.ConversationsReply, w => new($"/saved-replies/{w.SavedReply}"), 204)
            {
                Fully = true,
            },
            new(
                "POST /api/v1/conversations/{id}/messages",
                Permission.ConversationsReply,
                w => new($"/conversations/{w.Conversation}/messages", new JsonObject { ["text"] = "Welcome" }),
                201
            ),
            new(
                "POST /api/v1/attachments",
                Permission.ConversationsReply,
                w => new("/attachments") { File = () => Uploads.Form(w.Conversation.ToString(), "map.txt", "By the river"u8.ToArray()) },
                201
            ),
            new("GET /api/v1/attachments/{id}", Permission.ConversationsView, w => new($"/attachments/{w.Files.Kept}")),
            new("DELETE /api/v1/attachments/{id}", Permission.ConversationsReply, w => new($"/attachments/{w.Files.Upload}"), 204),
            new(
                "POST /api/v1/attachments/{id}/fetches",
                Permission.ConversationsReply,
                w => new($"/attachments/{w.Files.Failed}/fetches"),
                202
            ),
            new(
                "POST /api/v1/messages/{id}/attempts",
                Permission.ConversationsReply,
                w => new($"/messages/{w.Message}/attempts", new JsonObject { ["confirm"] = true }),
                201
            ),
            new(
                "POST /api/v1/messages/{id}/settlements",
                Permission.ConversationsReply,
                w => new($"/messages/{w.Message}/settlements", new JsonObject { ["as"] = "sent" }),
                201
            ),
            new(
                "POST /api/v1/conversations/{id}/notes",
                Permission.ConversationsReply,
                w => new($"/conversations/{w.Conversation}/notes", new JsonObject { ["text"] = "Wants a late check-out" }),
                201
            ),
            new(
                "PUT /api/v1/conversations/{id}/seen",
                Permission.ConversationsView,
                w => new($"/conversations/{w.Conversation}/seen"),
                204
            ),
            new(
                "PUT /api/v1/conversations/{id}/block",
                Permission.ConversationsReply,
                w => new($"/conversations/{w.Conversation}/block"),
                204
            ),
            new(
                "DELETE /api/v1/conversations/{id}/block",
                Permission.ConversationsReply,
                w => new($"/conversations/{w.Conversation}/block"),
                204
            ),
        ];
}
