namespace Bellhop.Tests.Guards;

/// <summary>What every answer tells a browser, so that it does nothing with the answer that we did not mean.</summary>
internal static class BrowserBounds
{
    /// <summary>What an answer lacks; null where nothing is missing.</summary>
    public static string? Missing(HttpResponseMessage answer)
    {
        var missing = new List<string>();
        Demand("X-Content-Type-Options", "nosniff");
        Demand("Referrer-Policy", "no-referrer");
        Demand("Content-Security-Policy", "frame-ancestors 'none'");
        Demand("X-Frame-Options", "DENY");
        Demand("Cross-Origin-Opener-Policy", "same-origin");
        if (answer.IsSuccessStatusCode && answer.Headers.CacheControl?.NoStore != true)
        {
            missing.Add("no-store");
        }

        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            if (!cookie.Contains("samesite", StringComparison.OrdinalIgnoreCase))
            {
                missing.Add("SameSite on " + cookie.Split('=')[0]);
            }
        }

        return missing.Count == 0 ? null : "lacks " + string.Join(", ", missing);

        void Demand(string name, string value)
        {
            if (!answer.Headers.TryGetValues(name, out var all) || !all.Single().Contains(value, StringComparison.Ordinal))
            {
                missing.Add(name);
            }
        }
    }
}
