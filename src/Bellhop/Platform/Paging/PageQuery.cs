using System.Reflection;
using System.Text;

namespace Bellhop.Platform;

/// <summary>Which page of a list: how many, and after which cursor.</summary>
/// <param name="Limit">1 to 100.</param>
/// <param name="Cursor">Where an earlier page of the same list ended.</param>
public sealed record PageQuery(int Limit = PageQuery.UsualLimit, string? Cursor = null)
{
    public const int UsualLimit = 25;
    public const int MostLimit = 100;

    /// <summary>The names of its query parameters.</summary>
    public static readonly string[] Names = ["limit", "cursor"];

    private ValidationErrors? Wrong { get; init; }

    /// <summary>Lets a route take a page as a plain parameter.</summary>
    public static ValueTask<PageQuery?> BindAsync(HttpContext http, ParameterInfo _) =>
        ValueTask.FromResult<PageQuery?>(Read(http.Request.Query, new ValidationErrors()));

    /// <summary>Reads <c>limit</c> and <c>cursor</c>. It does not refuse; the use case does, after its permission check.</summary>
    /// <param name="query">The request's parameters.</param>
    /// <param name="errors">What is wrong with the others.</param>
    /// <param name="others">Names of the others.</param>
    public static PageQuery Read(IQueryCollection query, ValidationErrors errors, params IEnumerable<string> others)
    {
        QueryReading.RefuseOthers(query, errors, others.Concat(Names));
        var read = new QueryReading(query, errors);
        return new(read.Whole("limit", 1, MostLimit) ?? UsualLimit, read.One("cursor")) { Wrong = errors };
    }

    /// <exception cref="Refusal">400 listing everything wrong with the parameters.</exception>
    public void Refuse() => Wrong?.Refuse();

    /// <summary>The place after which the page begins; null for the first page.</summary>
    /// <exception cref="Refusal">400 where the cursor was not made for this list.</exception>
    public string? After(Cursors cursors, string binding) =>
        Cursor is null ? null
        : cursors.Read(binding, Cursor) is { } place ? Encoding.UTF8.GetString(place)
        : throw Refusal.Invalid("cursor", ErrorText.Of<PlatformTexts>("Error.Cursor"));

    /// <summary>Makes a page from the rows read. The caller reads one row more than asked for, to see if there is a next page.</summary>
    public Page<T> Page<T>(IReadOnlyList<T> rows, Func<T, string> place, Cursors cursors, string binding) =>
        rows.Count <= Limit
            ? new(rows, null)
            : new([.. rows.Take(Limit)], cursors.Write(binding, Encoding.UTF8.GetBytes(place(rows[Limit - 1]))));

    /// <summary>Cuts a page from a whole list that is short enough to be read at once, in the order of its keys.</summary>
    /// <param name="list">The list's name; with the actor's organisation and properties it binds the cursor.</param>
    /// <param name="key">What the list is ordered by: of one shape, unique.</param>
    /// <exception cref="Refusal">400 for a limit or cursor that cannot be taken.</exception>
    public Page<T> Of<T>(IEnumerable<T> all, string list, Func<T, string> key, Actor who, Cursors cursors)
    {
        Refuse();
        var binding = $"{list} {who.OrganizationId} {(who.Properties is null ? "all" : string.Join(',', who.Properties.Order()))}";
        var after = After(cursors, binding);
        var rest = all.Select(item => (Key: key(item), Item: item))
            .OrderBy(i => i.Key, StringComparer.Ordinal)
            .Where(i => after is null || string.CompareOrdinal(i.Key, after) > 0)
            .Select(i => i.Item);
        return Page([.. rest.Take(Limit + 1)], key, cursors, binding);
    }
}
