using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Intake;

/// <summary>
/// Decides how the guest list, the look-up and the bookings search: by the search index, or by reading the list in its order. It compares
/// the two costs, estimated from a sample of guests and measured in rows read in list order.
/// </summary>
internal static class SearchPlanner
{
    /// <summary>As a rule, at most this many hits are sorted.</summary>
    public const int MostHits = 3000;

    /// <summary>At most this many hits are sorted when the first match is far down the list.</summary>
    public const int MostLate = 60_000;

    // When matches lie evenly, one sample in a hundred and fifty has its first match later than this many times their usual distance.
    private const int Evenly = 5;

    // Finding one word's hits among another word's hits costs this part of reading them.
    private const double Among = 0.25;

    /// <param name="column">The column of contacts that the list is sorted by, read from its beginning; null when matches lie
    /// evenly.</param>
    /// <param name="descending">Whether the order is descending.</param>
    /// <param name="share">Estimates the part of all guests that meets the other conditions. Not called when the words are so rare that
    /// it does not matter. Null: there are no other conditions.</param>
    /// <param name="elsewhere">Whether a word, by its place, may also match outside the guests, where their index does not look.</param>
    public static async ValueTask<SearchPlan> Choose(
        SearchTerms terms,
        string? column,
        bool descending,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel,
        Func<ValueTask<double>>? share = null,
        Predicate<int>? elsewhere = null
    )
    {
        if (!terms.HasIndex || await SearchSample.Of(organizationId, db, cancel) is not { Texts.Count: > 0 } sample)
        {
            return SearchPlan.Walk;
        }

        var found = new Found(terms, sample, elsewhere ?? (static _ => false));
        var others = share is null || found.IsNowhere ? 1 : await share();
        return found.LookUp(db.Dialect.HitCost, found.Passed(column, descending, others), MostLate);
    }

    /// <summary>The plan to find all matches, in any order: by the index, unless nearly every guest matches.</summary>
    public static async ValueTask<SearchPlan> ChooseForAll(SearchTerms terms, int organizationId, BellhopDb db, CancellationToken cancel) =>
        terms.HasIndex && await SearchSample.Of(organizationId, db, cancel) is { Texts.Count: > 0 } sample
            ? new Found(terms, sample, static _ => false).LookUp(db.Dialect.HitCost, sample.Guests, int.MaxValue)
            : SearchPlan.Walk;

    /// <inheritdoc cref="SearchSample.Share"/>
    public static async ValueTask<double> Share(
        string conditions,
        Func<IReadOnlyList<Guid>, Task<long>> count,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    ) => await (await SearchSample.Of(organizationId, db, cancel)).Share(conditions, count);

    /// <summary>
    /// About how many guests are read through a sort's index until a page is full, when <paramref name="others"/> guests meet another
    /// condition too.
    /// </summary>
    public static async ValueTask<double> Walk(SearchTerms terms, long others, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var sample = await SearchSample.Of(organizationId, db, cancel);
        var share = terms.IsEmpty || sample.Texts.Count == 0 ? 1 : new Found(terms, sample, static _ => false).Share;
        return PassedEvenly(sample.Guests, others * share);
    }

    /// <summary>About what part of all guests is read in list order until a page is full.</summary>
    /// <param name="share">The part of all guests that meets the other conditions.</param>
    public static async ValueTask<double> PartRead(
        SearchTerms terms,
        double share,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var guests = (await SearchSample.Of(organizationId, db, cancel)).Guests;
        return await Walk(terms, (long)(guests * share), organizationId, db, cancel) / Math.Max(1, guests);
    }

    private static double PassedEvenly(long guests, double matching) =>
        Math.Min(guests, (PageQuery.UsualLimit + 1) * guests / Math.Max(1, matching));

    /// <summary>The part of a sample that matches.</summary>
    private sealed class Found
    {
        private readonly SearchTerms _terms;
        private readonly SearchSample _sample;
        private readonly Predicate<int> _elsewhere;
        private readonly SampleMatches _matches;
        private readonly int[] _words;
        private readonly double _each;
        private readonly int _all;

        public Found(SearchTerms terms, SearchSample sample, Predicate<int> elsewhere)
        {
            (_terms, _sample, _elsewhere) = (terms, sample, elsewhere);
            var size = sample.Texts.Count;
            _each = (double)sample.Guests / size;
            _matches = SampleMatches.All(size);
            _words = new int[terms.Words.Count];
            for (var i = 0; i < _words.Length; i++)
            {
                if (elsewhere(i))
                {
                    _words[i] = size;
                    continue;
                }

                var having = sample.Texts.Having(terms.Words[i]);
                _words[i] = having.Count;
                _matches.And(having);
            }

            _all = _matches.Count;
        }

        /// <summary>Whether no sampled guest matches.</summary>
        public bool IsNowhere => _all == 0;

        /// <summary>The part of the sampled guests that matches.</summary>
        public double Share => (double)_all / _sample.Texts.Count;

        /// <summary>About how many guests are read in list order until a page is full.</summary>
        public double Passed(string? column, bool descending, double share)
        {
            var evenly = PassedEvenly(_sample.Guests, _all * _each * share);
            if (column is null || _all == 0 || _sample.InOrder(column, descending) is not { } order)
            {
                return evenly;
            }

            // Guests with the same first name stand together in the order of names, so such matches do not lie evenly.
            var before = order.TakeWhile(at => !_matches[at]).Count();
            return before * _all <= Evenly * _sample.Texts.Count ? evenly : Math.Max(evenly, before * _each);
        }

        /// <summary>
        /// Looks up the rarest word alone or, when that is cheaper, all words that the index can answer together. Walks when both cost more
        /// than reading in list order.
        /// </summary>
        /// <param name="cost">How many rows are read in list order in the time of one hit.</param>
        /// <param name="passed">How many rows are read in list order.</param>
        /// <param name="most">More hits than this are never sorted.</param>
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
