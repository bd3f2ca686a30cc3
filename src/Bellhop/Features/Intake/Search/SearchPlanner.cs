using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Intake;

/// <summary>
/// Decides for the guest list, the look-up and the bookings whether a search goes by its index or on the way through the list's order: by
/// what each costs, as a sample of the guests tells. It is measured in rows passed on the way.
/// </summary>
internal static class SearchPlanner
{
    /// <summary>So many hits are sorted at most as a rule.</summary>
    public const int MostHits = 3000;

    /// <summary>So many are sorted still where the way to the first of them is far longer.</summary>
    public const int MostLate = 60_000;

    // Of texts that lie evenly, one in a hundred and fifty samples begins later than this many times their usual distance.
    private const int Evenly = 5;

    // A word's hits, to be found among another's, cost this part of what a hit costs that is read.
    private const double Among = 0.25;

    /// <param name="column">A column of contacts that the list is sorted by, from its beginning; null where matches lie evenly.</param>
    /// <param name="descending">Which way.</param>
    /// <param name="share">What part of all guests meets the other conditions.</param>
    /// <param name="elsewhere">Words, by their places, that are found elsewhere too, where no index of guests looks.</param>
    public static async ValueTask<SearchPlan> Choose(
        SearchTerms terms,
        string? column,
        bool descending,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel,
        double share = 1,
        Predicate<int>? elsewhere = null
    )
    {
        if (!terms.HasIndex || await SearchSample.Of(organizationId, db, cancel) is not { Texts.Count: > 0 } sample)
        {
            return SearchPlan.Walk;
        }

        var found = new Found(terms, sample, elsewhere ?? (static _ => false));
        return found.LookUp(db.HitCost, found.Passed(column, descending, share), MostLate);
    }

    /// <summary>How to find all of them, whatever their order: by the index unless nearly everybody is found.</summary>
    public static async ValueTask<SearchPlan> ChooseForAll(SearchTerms terms, int organizationId, BellhopDb db, CancellationToken cancel) =>
        terms.HasIndex && await SearchSample.Of(organizationId, db, cancel) is { Texts.Count: > 0 } sample
            ? new Found(terms, sample, static _ => false).LookUp(db.HitCost, sample.Guests, int.MaxValue)
            : SearchPlan.Walk;

    /// <summary>Some guests, taken evenly; nobody where there are few.</summary>
    public static async ValueTask<IReadOnlyList<Guid>> Some(int organizationId, BellhopDb db, CancellationToken cancel) =>
        (await SearchSample.Of(organizationId, db, cancel)).Some;

    /// <summary>
    /// About how many guests are passed on the way through a sort's index until a page is full, where so many have something else too.
    /// </summary>
    public static async ValueTask<double> Walk(SearchTerms terms, long others, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var sample = await SearchSample.Of(organizationId, db, cancel);
        var share = terms.IsEmpty || sample.Texts.Count == 0 ? 1 : (double)sample.Texts.Count(terms.AreIn) / sample.Texts.Count;
        return PassedEvenly(sample.Guests, others * share);
    }

    private static double PassedEvenly(long guests, double matching) =>
        Math.Min(guests, (PageQuery.UsualLimit + 1) * guests / Math.Max(1, matching));

    /// <summary>What of a sample matches.</summary>
    private sealed class Found
    {
        private readonly SearchTerms _terms;
        private readonly SearchSample _sample;
        private readonly Predicate<int> _elsewhere;
        private readonly bool[] _matches;
        private readonly int[] _words;
        private readonly double _each;
        private readonly int _all;

        public Found(SearchTerms terms, SearchSample sample, Predicate<int> elsewhere)
        {
            (_terms, _sample, _elsewhere) = (terms, sample, elsewhere);
            _each = (double)sample.Guests / sample.Texts.Count;
            _matches = new bool[sample.Texts.Count];
            _words = new int[terms.Words.Count];
            for (var at = 0; at < _matches.Length; at++)
            {
                _matches[at] = true;
                for (var i = 0; i < _words.Length; i++)
                {
                    var isIn = elsewhere(i) || terms.Words[i].IsIn(sample.Texts[at]);
                    _words[i] += isIn ? 1 : 0;
                    _matches[at] &= isIn;
                }

                _all += _matches[at] ? 1 : 0;
            }
        }

        /// <summary>About how many guests are passed until a page is full.</summary>
        public double Passed(string? column, bool descending, double share)
        {
            var evenly = PassedEvenly(_sample.Guests, _all * _each * share);
            if (column is null || _all == 0 || _sample.InOrder(column, descending) is not { } order)
            {
                return evenly;
            }

            // A first name stands at its own place in the order of names, and nowhere else.
            var before = order.TakeWhile(at => !_matches[at]).Count();
            return before * _all <= Evenly * _matches.Length ? evenly : Math.Max(evenly, before * _each);
        }

        /// <summary>
        /// The rarest word alone, or, where it is common too, all that the index can answer together; unless that costs more than the way.
        /// </summary>
        /// <param name="cost">Rows passed in the time of a hit.</param>
        /// <param name="passed">How many rows are passed on the way.</param>
        /// <param name="most">More hits are never sorted.</param>
        public SearchPlan LookUp(double cost, double passed, int most)
        {
            var every = SearchSql.LookedUp(_terms.Shape, SearchTerms.AllWords);
            var answered = every.Where(i => !_elsewhere(i)).ToList();
            if (answered.Count == 0)
            {
                return SearchPlan.Walk;
            }

            var rarest = answered.MinBy(i => _words[i]);
            var (alone, together) = (_words[rarest] * _each, _all * _each + (Among * answered.Sum(i => _words[i] * _each)));
            var (word, hits, price) =
                answered.Count > 1 && answered.Count == every.Count && together < alone
                    ? (SearchTerms.AllWords, _all * _each, together)
                    : (rarest, alone, alone);
            return price * cost <= passed && hits <= most
                ? new(
                    word,
                    most == int.MaxValue ? most
                        : hits * 2 <= MostHits ? MostHits
                        : MostLate
                )
                : SearchPlan.Walk;
        }
    }
}
