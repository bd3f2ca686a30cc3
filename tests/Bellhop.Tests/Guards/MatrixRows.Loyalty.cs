using System.Text.Json.Nodes;
using Bellhop.Platform;

namespace Bellhop.Tests.Guards;

internal static partial class MatrixRows
{
    /// <summary>The rows of loyalty programmes.</summary>
    private static MatrixRow[] Loyalty =>
        [
            new("GET /api/v1/loyalty/{propertyId}", Permission.ContactsView, w => new($"/loyalty/{w.Property}")),
            new("PUT /api/v1/loyalty/{propertyId}", Permission.LoyaltyManage, w => new($"/loyalty/{w.Property}", LoyaltyWorld.Body())),
            new("GET /api/v1/loyalty/{propertyId}/members", Permission.ContactsView, w => new($"/loyalty/{w.Property}/members")),
            new(
                "POST /api/v1/loyalty/{propertyId}/members",
                Permission.LoyaltyManage,
                w => new($"/loyalty/{w.Property}/members", new JsonObject { ["contactId"] = w.OtherContact.ToString() }),
                201
            ),
            new(
                "PATCH /api/v1/loyalty/{propertyId}/members/{contactId}",
                Permission.LoyaltyManage,
                w => new($"/loyalty/{w.Property}/members/{w.Contact}", new JsonObject { ["tier"] = "Gold" })
            ),
            new(
                "DELETE /api/v1/loyalty/{propertyId}/members/{contactId}",
                Permission.LoyaltyManage,
                w => new($"/loyalty/{w.Property}/members/{w.Contact}"),
                204
            ),
            new("GET /api/v1/contacts/{id}/loyalty", Permission.ContactsView, w => new($"/contacts/{w.Contact}/loyalty")),
            new(
                "POST /api/v1/contacts/{id}/loyalty/entries",
                Permission.LoyaltyManage,
                w =>
                    new(
                        $"/contacts/{w.Contact}/loyalty/entries",
                        new JsonObject
                        {
                            ["propertyId"] = w.Property.ToString(),
                            ["kind"] = "adjustment",
                            ["points"] = 5,
                            ["reason"] = "A cold shower",
                        }
                    ),
                201
            ),
        ];
}
