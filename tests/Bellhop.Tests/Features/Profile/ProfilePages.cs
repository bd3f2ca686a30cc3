using Bellhop.Features.Bookings;
using Bellhop.Platform;

namespace Bellhop.Tests.Features.Profile;

/// <summary>A section of a profile, read page after page to its end.</summary>
internal static class ProfilePages
{
    internal static async Task<List<T>> ReadPages<T>(int limit, Func<PageQuery, Task<Page<T>>> ask)
    {
        var rows = new List<T>();
        string? cursor = null;
        do
        {
            var page = await ask(new(limit, cursor));
            page.Items.Count.ShouldBeLessThanOrEqualTo(limit);
            rows.AddRange(page.Items);
            cursor = page.NextCursor;
        } while (cursor is not null);

        return rows;
    }
}
