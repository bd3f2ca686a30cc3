using System.Globalization;

namespace Bellhop.Platform;

/// <summary>
/// The answer of a write: the resource as GET shows it, with its version. The route's filter turns it into 201 or 200, <c>Location</c> and
/// <c>ETag</c>.
/// </summary>
/// <param name="Value">The resource.</param>
/// <param name="Version">The instant it last changed.</param>
/// <param name="Created">The path of the new resource under <c>/api/v1</c>; null if nothing was created.</param>
/// <param name="ContactId">The contact whose data is in the value, if any.</param>
public sealed record Saved<T>(T Value, DateTime Version, string? Created = null, Guid? ContactId = null) : ISaved
{
    object? ISaved.Value => Value;

    object? ISaved.Keep => Keep ?? Value;

    /// <summary>The value to keep for a repeated call, without the secret that is shown only once.</summary>
    public T? Keep { get; init; }

    public string ETag => Versions.ETag(Version);
}

/// <summary>A <see cref="Saved{T}"/> of any type, for the filters.</summary>
public interface ISaved
{
    object? Value { get; }
    object? Keep { get; }
    string ETag { get; }
    string? Created { get; }
    Guid? ContactId { get; }
}

public static class Versions
{
    /// <summary>The strong entity tag of a version.</summary>
    public static string ETag(DateTime version) =>
        string.Create(CultureInfo.InvariantCulture, $"\"{new DateTimeOffset(version).ToUnixTimeMilliseconds():x}\"");

    /// <summary>The next version: now, or one millisecond after the present version if the clock has not moved on.</summary>
    public static DateTime After(this DateTime now, DateTime present) => now > present ? now : present.AddMilliseconds(1);
}

/// <summary>The versions that a caller accepts to change (<c>If-Match</c>). Without the header any version is accepted.</summary>
public sealed record IfMatch(string? Tags)
{
    public static readonly IfMatch Any = new((string?)null);

    public static ValueTask<IfMatch?> BindAsync(HttpContext http, System.Reflection.ParameterInfo _) =>
        ValueTask.FromResult<IfMatch?>(http.Request.Headers.IfMatch is { Count: > 0 } tags ? new(tags.ToString()) : Any);

    /// <exception cref="Refusal">412 if the present version is not one of them.</exception>
    public void Demand(DateTime present)
    {
        if (Tags is not null && !EntityTags.Match(Tags, Versions.ETag(present), weakly: false))
        {
            throw Refusal.Changed();
        }
    }
}
