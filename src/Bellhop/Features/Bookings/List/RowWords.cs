using System.Text;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Bookings;

/// <summary>
/// The search words that a booking's row may show in its source, status, room type or property name. A word matches a whole word or, when
/// it is long enough, a beginning. A short word must match whole: "Ana" does not find a channel manager.
/// </summary>
internal sealed class RowWords
{
    private const int LeastOfName = 3;
    private const int LeastOfLabel = 4;

    private static readonly (string Name, string Words)[] Sources = [.. Enum.GetNames<Source>().Select(n => (n, WordsOf(n)))],
        Statuses = [.. Enum.GetNames<BookingStatus>().Select(n => (n, WordsOf(n)))];

    private readonly Word[] _words;

    private RowWords(Word[] words) => _words = words;

    public static RowWords None { get; } = new([]);

    public static async ValueTask<RowWords> Of(SearchTerms terms, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        if (terms.IsEmpty)
        {
            return None;
        }

        var places = await db.Read(
            $"SELECT id, name FROM properties WHERE organization_id = {organizationId}",
            row => (Id: row.Id(), Words: SearchText.WordsOf(row.Text())),
            cancel
        );
        var (names, labels) = (Sought(terms, LeastOfName), Sought(terms, LeastOfLabel));
        var rooms = await WithRooms(names, organizationId, db, cancel);
        return new([
            .. names.Select(
                (name, i) =>
                    new Word(
                        Holding(Sources, labels[i]),
                        Holding(Statuses, labels[i]),
                        [.. places.Where(p => p.Words.Contains(name, StringComparison.Ordinal)).Select(p => p.Id)],
                        rooms.Contains(i) ? name : null
                    )
            ),
        ]);
    }

    /// <summary>Whether a row may show this word although its guest does not have it.</summary>
    public bool MayShow(int word) => word < _words.Length && _words[word] is not { Sources: [], Statuses: [], Places: [], Room: null };

    /// <summary>The conditions that a row shows a word; one of them is enough.</summary>
    public IEnumerable<Sql> Conditions(int word, int organizationId, SqlDialect dialect)
    {
        var shown = _words[word];
        if (shown.Sources.Length > 0)
        {
            yield return dialect.Among($"b.source", shown.Sources);
        }

        if (shown.Statuses.Length > 0)
        {
            yield return dialect.Among($"b.status", shown.Statuses);
        }

        if (shown.Places.Length > 0)
        {
            yield return dialect.Among($"b.property_id", shown.Places);
        }

        if (shown.Room is { } room)
        {
            yield return $"b.room_type IN (SELECT t.name FROM room_types t WHERE {HasRoom(room, organizationId, dialect)})";
        }
    }

    /// <summary>The places of the words that some room type has.</summary>
    private static async Task<IReadOnlyList<int>> WithRooms(
        IReadOnlyList<string> names,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    ) =>
        await db.Read(
            Sql.Join(
                " UNION ALL ",
                names.Select(
                    (room, i) =>
                        Sql.Of(
                            $"SELECT {i:fixed} WHERE EXISTS (SELECT 1 FROM room_types t WHERE {HasRoom(room, organizationId, db.Dialect)})"
                        )
                )
            ),
            row => row.Number(),
            cancel
        );

    private static Sql HasRoom(string room, int organizationId, SqlDialect dialect) =>
        $"t.organization_id = {organizationId} AND {dialect.Holds($"t.words", $"{room}")}";

    /// <summary>Each word as it is looked for among words with a space before and after each.</summary>
    /// <param name="least">A word with fewer letters must match whole.</param>
    private static List<string> Sought(SearchTerms terms, int least) =>
        [.. terms.Words.Select(w => SearchText.Joined(w.Typed)).Select(w => w.Length < least ? $" {w} " : $" {w}")];

    private static string[] Holding((string Name, string Words)[] labels, string sought) =>
        [.. labels.Where(l => l.Words.Contains(sought, StringComparison.Ordinal)).Select(l => l.Name)];

    /// <summary>"BookingCom" gives "booking", "com" and the whole "bookingcom".</summary>
    private static string WordsOf(string name)
    {
        var words = new StringBuilder();
        foreach (var letter in name)
        {
            words.Append(char.IsUpper(letter) ? " " : "").Append(char.ToLowerInvariant(letter));
        }

        return $"{words} {name.ToLowerInvariant()} ";
    }

    /// <summary>Where rows show a word.</summary>
    /// <param name="Sources">The names of the sources.</param>
    /// <param name="Statuses">The names of the statuses.</param>
    /// <param name="Places">The properties' ids.</param>
    /// <param name="Room">The word as it is looked for in room types; null when none has it.</param>
    private sealed record Word(string[] Sources, string[] Statuses, Guid[] Places, string? Room);
}
