using System.Text.Json.Nodes;
using Bellhop.Data;
using Bellhop.Features.Loyalty;
using Bellhop.Platform;

namespace Bellhop.Tests.Guards;

/// <summary>A programme as the matrix saves it.</summary>
internal static class LoyaltyWorld
{
    private static SaveProgramme.Input Programme { get; } =
        new(true, "Keepers", 1.5m, new(0.01m, "EUR"), 50, 100, [new("silver", 400), new("gold", 1200), new("platinum", 4000)]);

    /// <summary>A programme at the property, with a member.</summary>
    public static async Task Make(Guid property, Guid contact, Actor who, BellhopDb db)
    {
        await Save(property, who, db);
        await Enrol.Run(property, new(contact), who, db, default);
    }

    /// <summary>A programme at the property.</summary>
    public static Task Save(Guid property, Actor who, BellhopDb db) =>
        SaveProgramme.Run(property, Programme, who, db, IfMatch.Any, default);

    public static JsonNode Body() =>
        JsonNode.Parse(
            """
            {"enabled":true,"name":"Keepers","pointsPerUnit":2,"pointValue":{"amount":0.01,"currency":"EUR"},"maxRedemptionPercent":50,
            "welcomeBonus":100,"tiers":[{"name":"silver","from":400},{"name":"gold","from":1200},{"name":"platinum","from":4000}]}
            """
        )!;
}
