using System.Text.Json.Nodes;
using Bellhop.Features.Loyalty;

namespace Bellhop.Tests.Guards;

/// <summary>A programme as the matrix saves it.</summary>
internal static class LoyaltyWorld
{
    public static SaveProgramme.Input Programme { get; } =
        new(true, "Keepers", 1.5m, new(0.01m, "EUR"), 50, 100, [new("silver", 400), new("gold", 1200), new("platinum", 4000)]);

    public static JsonNode Body() =>
        JsonNode.Parse(
            """
            {"enabled":true,"name":"Keepers","pointsPerUnit":2,"pointValue":{"amount":0.01,"currency":"EUR"},"maxRedemptionPercent":50,
            "welcomeBonus":100,"tiers":[{"name":"silver","from":400},{"name":"gold","from":1200},{"name":"platinum","from":4000}]}
            """
        )!;
}
