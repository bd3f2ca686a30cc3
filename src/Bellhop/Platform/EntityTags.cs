using Microsoft.Net.Http.Headers;

namespace Bellhop.Platform;

/// <summary>
/// Compares the entity tags of <c>If-Match</c> and <c>If-None-Match</c> as RFC 9110 says: a list of them, or <c>*</c> for any.
/// </summary>
internal static class EntityTags
{
    /// <summary>Whether the header has the present tag. One that cannot be read names none.</summary>
    /// <param name="header">The header's value; several lines are joined by commas.</param>
    /// <param name="present">The resource's tag.</param>
    /// <param name="weakly">Whether <c>W/"1"</c> names <c>"1"</c>: for who reads, and not for who writes.</param>
    public static bool Match(string header, string present, bool weakly) =>
        EntityTagHeaderValue.TryParseList([header], out var tags)
        && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(EntityTagHeaderValue.Parse(present), !weakly));
}
