using System.Text.Json.Nodes;
using Bellhop.Platform;

namespace Bellhop.Tests.Guards;

internal static partial class MatrixRows
{
    /// <summary>Members, invitations, roles and keys.</summary>
    private static MatrixRow[] Team =>
        [
            new("GET /api/v1/team", Permission.TeamManage, _ => new("/team")) { HasIds = false },
            new("POST /api/v1/team", Permission.TeamManage, _ => new("/team"), 410) { HasIds = false },
            new("GET /api/v1/team/invitations", Permission.TeamManage, _ => new("/team/invitations")) { HasIds = false },
            new(
                "POST /api/v1/team/invitations",
                Permission.TeamManage,
                w =>
                    new(
                        "/team/invitations",
                        new JsonObject
                        {
                            ["email"] = $"new{w.Property:N}@example.org",
                            ["role"] = "Viewer",
                            ["properties"] = new JsonArray(w.Property.ToString()),
                        }
                    ),
                202
            )
            {
                Fully = true,
            },
            new("DELETE /api/v1/team/invitations/{id}", Permission.TeamManage, w => new($"/team/invitations/{w.Invitation}"), 204)
            {
                Fully = true,
            },
            new(
                "POST /api/v1/team/invitations/{id}/resends",
                Permission.TeamManage,
                w => new($"/team/invitations/{w.Invitation}/resends"),
                202
            )
            {
                Fully = true,
            },
            new("GET /api/v1/team/{id}", Permission.TeamManage, w => new($"/team/{w.Member}")),
            new("PATCH /api/v1/team/{id}", Permission.TeamManage, w => new($"/team/{w.Member}", new JsonObject { ["role"] = "Marketing" }))
            {
                Fully = true,
            },
            new("DELETE /api/v1/team/{id}", Permission.TeamManage, w => new($"/team/{w.Member}"), 204) { Fully = true },
            new("GET /api/v1/roles", Permission.TeamManage, _ => new("/roles")) { HasIds = false },
            new(
                "POST /api/v1/roles",
                Permission.TeamManage,
                _ => new("/roles", new JsonObject { ["name"] = "Matrix role", ["permissions"] = new JsonArray("team.manage") }),
                201
            )
            {
                HasIds = false,
            },
            new("GET /api/v1/roles/{id}", Permission.TeamManage, w => new($"/roles/{w.Role}")) { ByProperty = false },
            new(
                "PATCH /api/v1/roles/{id}",
                Permission.TeamManage,
                w => new($"/roles/{w.Role}", new JsonObject { ["name"] = "Another name" })
            )
            {
                ByProperty = false,
                Fully = true,
            },
            new("DELETE /api/v1/roles/{id}", Permission.TeamManage, w => new($"/roles/{w.Role}"), 204) { ByProperty = false, Fully = true },
            new("GET /api/v1/api-keys", Permission.TeamManage, _ => new("/api-keys")) { HasIds = false },
            new(
                "POST /api/v1/api-keys",
                Permission.TeamManage,
                w => new("/api-keys", new JsonObject { ["name"] = "new", ["properties"] = new JsonArray(w.Property.ToString()) }),
                201
            ),
            new("GET /api/v1/api-keys/{id}", Permission.TeamManage, w => new($"/api-keys/{w.Key}")),
            new(
                "POST /api/v1/api-keys/{id}/rotations",
                Permission.TeamManage,
                w => new($"/api-keys/{w.Key}/rotations", new JsonObject { ["overlapHours"] = 1 }),
                201
            )
            {
                Fully = true,
            },
            new("DELETE /api/v1/api-keys/{id}", Permission.TeamManage, w => new($"/api-keys/{w.Key}"), 204) { Fully = true },
        ];
}
