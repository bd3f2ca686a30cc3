using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>
/// One condition of a filter, on one value or on a least and a most: how it is read, compared, shown and edited. Chips and the panel show
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

    /// <summary>The name in the keys of labels: <c>Field_rating</c>, <c>Field_rating_filter</c>, <c>Field_rating_segment</c>.</summary>
    public string Name { get; }
    internal IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The text of its chip; by default its values.</summary>
    internal Func<ContactFilter, FilterWords, string> Chip { get; init; }

    /// <summary>How it is edited; null when panels do not have it.</summary>
    internal Editor? Editor { get; init; }

    /// <summary>Whether the filter panel has it too. Otherwise only segments have it.</summary>
    internal bool InPanel { get; init; } = true;

    /// <summary>Its name in the choice of segment conditions; null when segments do not have it.</summary>
    internal string? Kind { get; init; }

    /// <summary>Its place in that choice.</summary>
    internal int KindPlace { get; init; } = Unplaced;

    /// <summary>The filter that a new segment condition begins with, before anything is filled in.</summary>
    internal ContactFilter? Begin { get; init; }

    /// <summary>The tests that the database may be asked.</summary>
    internal IReadOnlyList<Test> Tests { get; init; } = [];

    /// <summary>The index that a list of few guests may start from.</summary>
    internal StartingIndex? Start { get; init; }

    /// <summary>
    /// Chooses the tests and their values. Null when <see cref="Beside"/> or <see cref="ContactQuery"/> handles the condition.
    /// </summary>
    internal Action<Asked>? Ask { get; init; }

    /// <summary>Asks of more than the guest's columns, by SQL that is made anew; null when it does not.</summary>
    internal Func<ContactFilter, ContactScope, BellhopDb, CancellationToken, Task<BesideGuest>>? Beside { get; init; }

    /// <summary>Whether the condition needs the organisation's currency or days.</summary>
    internal bool NeedsHouse { get; init; }

    /// <summary>The same filter with days instead of numbers of days before today.</summary>
    internal Func<ContactFilter, DateOnly, ContactFilter>? AsOf { get; init; }

    /// <summary>Puts the least before the most, in whichever order they were typed. For a request it can report an error instead.</summary>
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

    /// <summary>The first filter with this condition taken from the second.</summary>
    internal ContactFilter Take(ContactFilter to, ContactFilter from) => Parameters.Aggregate(to, (all, p) => p.Take(all, from));
}

/// <summary>One test that the database does on a guest.</summary>
internal sealed class Test
{
    private static int _made = -1;

    private readonly Func<Sql, Sql, Sql> _sql;
    private readonly Sql _value;

    /// <summary>Compares a column with a value.</summary>
    /// <param name="column">The column.</param>
    /// <param name="sql">Makes the SQL from the column and the value.</param>
    public Test(GuestColumn column, Func<Sql, Sql, Sql> sql)
        : this(sql) => Column = column;

    /// <summary>Tests a column without a value.</summary>
    public Test(GuestColumn column, Func<Sql, Sql> sql)
        : this(column, (of, _) => sql(of)) { }

    /// <summary>A test that compares no column of the guest, on the contact <c>c</c>.</summary>
    public Test(Sql sql)
        : this((_, _) => sql) { }

    private Test(Func<Sql, Sql, Sql> sql) => (_sql, _value) = (sql, SqlHole.For<GuestValues>(v => v.Query.ValueOf(this)));

    /// <summary>The test's own bit. No other test has it.</summary>
    public ulong Bit { get; } = 1UL << (Interlocked.Increment(ref _made) is < 64 and var bit ? bit : throw new InvalidOperationException());

    /// <summary>The column; null when the test does not compare one.</summary>
    public GuestColumn? Column { get; }

    /// <summary>The test as SQL, with a hole for its value.</summary>
    /// <param name="column">The column as SQL; not used when the test has none.</param>
    public Sql Of(Sql column) => _sql(column, _value);
}

/// <summary>A set of tests.</summary>
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

/// <summary>An index that a list may start from when few guests match.</summary>
/// <param name="Column">The column that is first in the index, or second after <paramref name="Empty"/>.</param>
/// <param name="Empty">The column that is 1 when the value is missing; null when it never is.</param>
/// <param name="Tests">The tests that may use it. None for the source, which is one of several values.</param>
internal sealed record StartingIndex(GuestColumn Column, GuestColumn? Empty, params Test[] Tests);

/// <summary>A query while its conditions are added.</summary>
/// <param name="Filter">The filter with the values.</param>
/// <param name="House">The organisation, when a condition needs it.</param>
/// <param name="Take">Adds a test with its value. Without a value it adds nothing.</param>
/// <param name="Add">Adds a test that has no value.</param>
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
