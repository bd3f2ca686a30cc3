using System.Text;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Bookings;

/// <summary>
/// The search words that a booking's row may show in its source, status or property name. A word matches a whole word or, when it is long
/// enough, a beginning. A short word must match whole: "Ana" does not find a channel manager.
/// </summary>
internal sealed class RowWords
{
    private const int LeastOfName = 3;
    private const int LeastOfLabel = 4;

    private static readonly (string Name, string[] Words)[] Labels =
    [
        .. Enum.GetNames<Source>().Concat(Enum.GetNames<BookingStatus>()).Select(n => (n, WordsOf(n))),
    ];

    private static readonly ParameterNames LabelNames = new("label"),
        PlaceNames = new("place");

    private readonly string[] _labels;
    private readonly Guid[][] _places;

    private RowWords(string[] labels, Guid[][] places)
    {
        (_labels, _places) = (labels, places);
        Shape = string.Concat(labels.Zip(places, (l, p) => (char)('0' + (l.Length > 0 ? 1 : 0) + (p.Length > 0 ? 2 : 0))));
    }

    public static RowWords None { get; } = new([], []);

    /// <summary>The part that decides a statement's text: one digit for each word.</summary>
    public string Shape { get; }

    public static async ValueTask<RowWords> Of(SearchTerms terms, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        if (terms.IsEmpty)
        {
            return None;
        }

        await using var reading = await db.Read("SELECT id, name FROM properties WHERE organization_id = @organization", cancel);
        var places = await reading
            .With("organization", organizationId)
            .ToList(row => (Id: db.ReadId(row, 0), Words: Fold.Key(row.GetString(1)).Split(' ')), cancel);
        var words = terms.Words.Select(w => SearchText.Joined(w.Typed)).ToList();
        return new(
            [.. words.Select(w => string.Concat(Labels.Where(l => Shows(l.Words, w, LeastOfLabel)).Select(l => $"|{l.Name}|")))],
            [.. words.Select(w => places.Where(p => Shows(p.Words, w, LeastOfName)).Select(p => p.Id).ToArray())]
        );
    }

    /// <summary>Whether a row may show this word although its guest does not have it.</summary>
    public bool MayShow(int word) => IsShown(Shape, word);

    /// <summary>The SQL conditions of one word, on the booking <c>b</c>.</summary>
    public static IEnumerable<string> Conditions(BellhopDb db, string shape, int word)
    {
        var kind = IsShown(shape, word) ? shape[word] - '0' : 0;
        if ((kind & 1) != 0)
        {
            yield return db.Holds("@" + LabelNames[word], "('|' || b.source || '|')");
            yield return db.Holds("@" + LabelNames[word], "('|' || b.status || '|')");
        }

        if ((kind & 2) != 0)
        {
            yield return db.AmongIds("b.property_id", "@" + PlaceNames[word]);
        }
    }

    /// <summary>Adds the values that <see cref="Conditions"/> names.</summary>
    public void Add(Statement statement, BellhopDb db)
    {
        for (var i = 0; i < _labels.Length; i++)
        {
            if (_labels[i].Length > 0)
            {
                statement.With(LabelNames[i], _labels[i]);
            }

            if (_places[i].Length > 0)
            {
                statement.With(PlaceNames[i], db.StoredIds(_places[i]));
            }
        }
    }

    private static bool IsShown(string shape, int word) => word < shape.Length && shape[word] != '0';

    private static bool Shows(string[] words, string typed, int least) =>
        words.Any(w => w == typed || (typed.Length >= least && w.StartsWith(typed, StringComparison.Ordinal)));

    /// <summary>"BookingCom" gives "booking", "com" and the whole "bookingcom".</summary>
    private static string[] WordsOf(string name)
    {
        var words = new StringBuilder();
        foreach (var letter in name)
        {
            words.Append(char.IsUpper(letter) && words.Length > 0 ? " " : "").Append(char.ToLowerInvariant(letter));
        }

        return [.. words.ToString().Split(' '), name.ToLowerInvariant()];
    }
}
