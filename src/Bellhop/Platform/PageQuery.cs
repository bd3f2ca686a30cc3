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

    private Faults? Wrong { get; init; }

    /// <summary>Lets a route take a page as a plain parameter.</summary>
    public static ValueTask<PageQuery?> BindAsync(HttpContext http, ParameterInfo _) => ValueTask.FromResult<PageQuery?>(Read(http.Request.Query, new Faults()));

    /// <summary>Reads <c>limit</c> and <c>cursor</c>; what is wrong is refused by the use case, after its permission.</summary>
    /// <param name="query">The request's parameters.</param>
    /// <param name="faults">What is wrong with the others.</param>
    /// <param name="others">Names of the others.</param>
    public static PageQuery Read(IQueryCollection query, Faults faults, params IEnumerable<string> others)
    {
        QueryReading.RefuseOthers(query, faults, others.Concat(["limit", "cursor"]));
        var read = new QueryReading(query, faults);
        return new(read.Whole("limit", 1, MostLimit) ?? UsualLimit, read.One("cursor")) { Wrong = faults };
    }

    /// <exception cref="Refusal">400 listing everything wrong with the parameters.</exception>
    public void Refuse() => Wrong?.Refuse();

    /// <summary>The place after which the page begins; null for the first page.</summary>
    /// <exception cref="Refusal">400 where the cursor was not made for this list.</exception>
    public string? After(Cursors cursors, string binding) =>
        Cursor is null ? null
        : cursors.Read(binding, Cursor) is { } place ? Encoding.UTF8.GetString(place)
        : throw Refusal.Invalid("cursor", Fault.Of<PlatformTexts>("Fault.Cursor"));

    /// <summary>A page of the rows read, one more than asked for where there is more.</summary>
    public Page<T> Page<T>(IReadOnlyList<T> rows, Func<T, string> place, Cursors cursors, string binding) =>
        rows.Count <= Limit ? new(rows, null) : new([.. rows.Take(Limit)], cursors.Write(binding, Encoding.UTF8.GetBytes(place(rows[Limit - 1]))));
}
