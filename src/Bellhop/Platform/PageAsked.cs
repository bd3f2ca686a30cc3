using System.Reflection;
using System.Text;

namespace Bellhop.Platform;

/// <summary>Which page of a short list a caller asks for: its size and where the one before ended.</summary>
/// <param name="Limit">1 to 100.</param>
/// <param name="Cursor">Where an earlier page of the same list ended.</param>
public sealed record PageAsked(int Limit = PageAsked.Usual, string? Cursor = null)
{
    public const int Usual = 25;
    public const int Most = 100;

    /// <summary>The names of its query parameters.</summary>
    public static readonly string[] Names = ["limit", "cursor"];

    /// <summary>What is wrong with the parameters: refused after the permission.</summary>
    private Faults? Wrong { get; init; }

    public static ValueTask<PageAsked?> BindAsync(HttpContext http, ParameterInfo _)
    {
        var faults = new Faults();
        var read = new QueryReading(http.Request.Query, faults);
        return ValueTask.FromResult<PageAsked?>(new(read.Whole("limit", 1, Most) ?? Usual, read.One("cursor")) { Wrong = faults });
    }

    /// <summary>Cuts the page out of a whole list that is short enough to be read at once, in the order of its keys.</summary>
    /// <param name="list">The list's name; with the actor's organisation and properties it binds the cursor.</param>
    /// <param name="key">What the list is ordered by: of one shape, unique.</param>
    /// <exception cref="Refusal">400 for a limit or cursor that cannot be taken.</exception>
    public Page<T> Of<T>(IEnumerable<T> all, string list, Func<T, string> key, Actor who, Cursors cursors)
    {
        Wrong?.Refuse();
        var binding = $"{list} {who.OrganizationId} {(who.Properties is null ? "all" : string.Join(',', who.Properties.Order()))}";
        var after = Cursor is null ? null
            : cursors.Read(binding, Cursor) is { } place ? Encoding.UTF8.GetString(place) : throw Refusal.Invalid("cursor", Fault.Of<PlatformTexts>("Fault.Cursor"));
        var rest = all.Select(item => (Key: key(item), Item: item)).OrderBy(i => i.Key, StringComparer.Ordinal).Where(i => after is null || string.CompareOrdinal(i.Key, after) > 0).Take(Limit + 1).ToList();
        var next = rest.Count > Limit ? cursors.Write(binding, Encoding.UTF8.GetBytes(rest[Limit - 1].Key)) : null;
        return new([.. rest.Take(Limit).Select(i => i.Item)], next);
    }
}
