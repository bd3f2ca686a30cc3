namespace Bellhop.Data;

/// <summary>Writes a list of ids as a column stores it: with hyphens, separated by commas; empty for no ids.</summary>
/// <remarks>SQL that removes an id from the text leaves an extra comma.</remarks>
internal static class GuidText
{
    public static string Write(IEnumerable<Guid> ids) => string.Join(',', ids.Select(id => id.ToString("D")));

    public static Guid[] Read(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => Guid.ParseExact(id, "D"))];
}
