using Bellhop.Data;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Properties;

/// <summary>What an organisation's pages look like, beyond what is the same for all.</summary>
/// <param name="Accent">Its colour, as <c>#rrggbb</c>; null for Bellhop's own.</param>
/// <param name="Logo">Names the content of its logo; null when it has none.</param>
public readonly record struct Look(string? Accent, string? Logo)
{
    /// <summary>The style sheet of the accent; null for Bellhop's own. Its address is the colour, so that it never changes.</summary>
    public string? Stylesheet => Accent is null ? null : $"/accent/{Accent[1..]}.css";

    /// <summary>Every page asks, so the answer is kept for some seconds. 0 is nobody's organisation.</summary>
    public static async ValueTask<Look> Of(int organizationId, BellhopDb db, CancellationToken cancel) =>
        organizationId == 0
            ? default
            : await db.Host.OrganizationCache.Get(
                organizationId,
                "look",
                async () =>
                    await db.ReadFirst(
                        $"""
                        SELECT o.accent, l.version FROM organizations o LEFT JOIN logos l ON l.organization_id = o.id
                        WHERE o.id = {organizationId}
                        """,
                        row => new Look(row.TextOrNull(), row.TextOrNull()),
                        cancel
                    )
            );
}

/// <summary>The style sheets of accents.</summary>
internal static class AccentRoutes
{
    /// <summary>Maps the style sheets of every accent. Anybody may ask: they say nothing of an organisation.</summary>
    public static void MapAccents(this RouteGroupBuilder app)
    {
        app.MapGet("/accent/{name}", Sheet)
            .WithHead()
            .WithName("AccentStyles")
            .WithSummary("The style sheet of a colour")
            .ExcludeFromDescription();
    }

    private static IResult Sheet(string name, HttpContext http)
    {
        var colour = name.EndsWith(".css", StringComparison.Ordinal) ? "#" + name[..^4] : "";
        if (!Bellhop.Ui.Accent.IsColour(colour))
        {
            return TypedResults.NotFound();
        }

        http.Response.Headers.CacheControl = "max-age=31536000, immutable";
        return TypedResults.Text(Bellhop.Ui.Accent.Style(colour), "text/css");
    }
}
