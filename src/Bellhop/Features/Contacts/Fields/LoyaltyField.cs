using System.Text.Json;
using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Contacts;

/// <summary>A guest's place in a loyalty programme. No guest has one yet.</summary>
internal static class LoyaltyField
{
    public static Column<LoyaltyStanding?> Column { get; } =
        new("loyalty", r => r.Loyalty, (json, value) => JsonSerializer.Serialize(json, value, Json.Options), static _ => null);
}
