namespace Bellhop.Tests.Guards;

internal static partial class MatrixRows
{
    /// <summary>What is mapped beside the API: pages and what they need, each with tests of its own.</summary>
    public static readonly string[] Open =
    [
        "* /health/live",
        "* /health/ready",
        "POST /sign-in",
        "POST /sign-out",
        "POST /language",
        "GET /api/v1/me", // a person's own; no key may
        "PATCH /api/v1/me",
        "GET /api/v1/me/views/{list}",
        "PUT /api/v1/me/views/{list}",
        "POST /api/v1/team/ownership", // no key may, whatever its rights
        "GET /invite/{token}",
        "POST /invite/{token}",
        "GET /review/{token}",
        "POST /review/{token}",
        "GET /reviews",
        "POST /reviews",
        "GET /reports",
        "POST /reports",
        "GET /",
        "GET /contacts",
        "GET /contacts/{Profile:guid}",
        "POST /contacts/{Profile:guid}",
        "GET /contacts/segments",
        "POST /contacts/segments",
        "GET /contacts/imports",
        "POST /contacts/imports",
        "GET /contacts/imports/{Id:guid}",
        "POST /contacts/imports/{Id:guid}",
        "GET /today",
        "POST /today",
        "GET /bookings/{Id:guid}",
        "GET /bookings",
        "POST /bookings",
        "GET /settings/tags",
        "POST /settings/tags",
        "GET /settings/properties",
        "POST /settings/properties",
        "GET /settings/team",
        "POST /settings/team",
        "GET /settings/roles",
        "POST /settings/roles",
        "GET /settings/keys",
        "POST /settings/keys",
        "GET /setup",
        "GET /sign-in",
        "GET /not-found",
        "POST /",
        "POST /contacts",
        "POST /bookings/{Id:guid}",
        "POST /setup",
        "POST /not-found",
        "GET /book/{property}",
        "POST /book/{property}",
        "GET /openapi/{documentName}.json",
        "GET /api",
        "POST /api",
    ];

    /// <summary>Static files and the framework's own script and channel.</summary>
    public static bool IsFile(string route) =>
        route.Contains("/_", StringComparison.Ordinal)
        || route.Contains(".js", StringComparison.Ordinal)
        || route.Contains(".css", StringComparison.Ordinal)
        || (route.Contains(".svg", StringComparison.Ordinal) && !route.Contains("/api", StringComparison.Ordinal))
        || route.EndsWith("/{**path:file}", StringComparison.Ordinal);
}
