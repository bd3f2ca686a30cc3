using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>
/// One thing that a filter asks, of one value or of a least and a most: how it is read, compared, told and edited. Chips and the panel show
/// conditions in their order.
/// </summary>
public sealed class Condition
{
    private const int Unplaced = 50;

    internal Condition(string name, params Parameter[] parameters)
    {
        (Name, Parameters) = (name, parameters);
        Chip = (filter, _) => string.Join(", ", Parameters.SelectMany(p => p.Write(filter)));
        Kind = char.ToUpperInvariant(name[0]) + name[1..];
    }

    /// <summary>Labels are found by it: <c>Field_rating</c>, <c>Field_rating_filter</c>, <c>Field_rating_segment</c>.</summary>
    public string Name { get; }
    internal IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>What a chip says of it: its values, where nothing else is said.</summary>
    internal Func<ContactFilter, FilterWords, string> Chip { get; init; }

    /// <summary>How it is edited; null where panels do not have it.</summary>
    internal Editor? Editor { get; init; }

    /// <summary>Whether the panel of filters has it, too, and not segments alone.</summary>
    internal bool InPanel { get; init; } = true;

    /// <summary>What segments call it in their choice; null where they do not have it.</summary>
    internal string? Kind { get; init; }

    /// <summary>Where it stands in that choice.</summary>
    internal int KindPlace { get; init; } = Unplaced;

    /// <summary>What a segment asks of it before anything is filled in.</summary>
    internal ContactFilter? Begin { get; init; }

    /// <summary>What the database may be asked.</summary>
    internal IReadOnlyList<Test> Tests { get; init; } = [];

    /// <summary>The index that a list of few may start from.</summary>
    internal StartingIndex? Start { get; init; }

    /// <summary>Chooses the tests and their values; null where <see cref="ContactQuery"/> asks by itself.</summary>
    internal Action<Asked>? Ask { get; init; }

    /// <summary>Whether the organisation's currency or days are needed to ask it.</summary>
    internal bool NeedsHouse { get; init; }

    /// <summary>The same question with days in place of numbers of days before today.</summary>
    internal Func<ContactFilter, DateOnly, ContactFilter>? AsOf { get; init; }

    /// <summary>Puts the least before the most, whichever way round they were typed; or refuses, where a request says so.</summary>
    internal FilterRange? Range { get; init; }

    internal bool IsAsked(ContactFilter filter)
    {
        foreach (var parameter in Parameters)
        {
            if (parameter.IsAsked(filter))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The filter with this condition alone.</summary>
    internal ContactFilter Of(ContactFilter filter) => Take(ContactFilter.None, filter);

    /// <summary>The first with what the second asks here.</summary>
    internal ContactFilter Take(ContactFilter to, ContactFilter from) => Parameters.Aggregate(to, (all, p) => p.Take(all, from));
}

/// <summary>What the database is asked of a guest.</summary>
/// <param name="column">Over <c>c</c> and <c>f</c>; empty where the test is no comparison of a column.</param>
/// <param name="sql">Behind the column.</param>
/// <param name="value">The parameter in it; null where there is none.</param>
internal sealed class Test(string column, string sql, string? value = null)
{
    private static int _made = -1;

    /// <summary>Its own, among all tests there are.</summary>
    public ulong Bit { get; } = 1UL << (Interlocked.Increment(ref _made) is < 64 and var bit ? bit : throw new InvalidOperationException());

    public string Column { get; } = column;
    public string Sql { get; } = value is null ? sql : $"{sql}@{value}";
    public string Value => value!;
}

/// <summary>Some of the tests.</summary>
internal readonly record struct TestSet(ulong Bits)
{
    public static TestSet None => default;

    public bool Has(Test test) => (Bits & test.Bit) != 0;

    public bool HasAny(IReadOnlyList<Test> tests)
    {
        foreach (var test in tests)
        {
            if (Has(test))
            {
                return true;
            }
        }

        return false;
    }

    public TestSet And(Test test) => new(Bits | test.Bit);

    public static TestSet Of(params IEnumerable<Test> tests) => tests.Aggregate(None, (all, test) => all.And(test));
}

/// <summary>What a list may start from where few match it.</summary>
/// <param name="Column">First in the index, behind <paramref name="Before"/>.</param>
/// <param name="Before">What stands before that in the index, as a condition.</param>
/// <param name="Tests">What asks for it; for the source, which is one of several, none.</param>
internal sealed record StartingIndex(string Column, string Before, params Test[] Tests);

/// <summary>A question while its conditions are asked.</summary>
/// <param name="Filter">Who asks what.</param>
/// <param name="House">The organisation, where a condition needs it.</param>
/// <param name="Take">Asks a test with its value; without one the test is not asked.</param>
/// <param name="Add">Asks a test that has no value.</param>
internal readonly record struct Asked(
    ContactFilter Filter,
    Reporting? House,
    BellhopDb Db,
    ValidationErrors Errors,
    Action<Test, object?> Take,
    Action<Test> Add
)
{
    /// <summary>The zone of the organisation's days.</summary>
    public TimeZoneInfo Zone => Clock.Zone(House!.TimeZone)!;
}
