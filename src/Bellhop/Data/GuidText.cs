namespace Bellhop.Data;

/// <summary>A list of ids as it stands in a column: each with hyphens, commas between, nothing for none.</summary>
/// <remarks>One that SQL took out leaves its comma behind.</remarks>
internal static class GuidText
{
    public static string Write(IEnumerable<Guid> ids) => string.Join(',', ids.Select(id => id.ToString("D")));

    public static Guid[] Read(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => Guid.ParseExact(id, "D"))];
}
