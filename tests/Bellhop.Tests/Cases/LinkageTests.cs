extern alias benches;

using Bellhop.Features.Duplicates.Scoring;
using benches::Bellhop.Benchmarks.Duplicates;

namespace Bellhop.Tests;

/// <summary>Files of people of whom the truth is known, and the best exact rule for each.</summary>
public class LinkageTests
{
    [Theory]
    [InlineData("febrl_dataset1.csv", 0.9701)]
    [InlineData("fake_1000.csv", 0.5767)]
    [InlineData("restaurant_fodors_zagat.csv", 0.82)]
    public void Nothing_beyond_doubt_is_wrong_and_what_is_shown_beats_the_best_exact_rule(string name, double exactRule)
    {
        var file = LinkageFile.Read(Cases.Path($"f_linkage/{name}"))!;
        var candidates = CandidatePairs.Of(file.Kinds, file.Guests);
        var model = LearnWeights.Run(file.Kinds, file.Guests, candidates);
        var compared = candidates.ConvertAll(p => (Pair: p, Evidence: Evidence.Of(file.Kinds, file.Guests[p.One], file.Guests[p.Other])));

        var automatic = compared
            .Where(c => AutomaticRule.Allows(model, file.Guests[c.Pair.One], file.Guests[c.Pair.Other], c.Evidence))
            .Select(c => c.Pair);
        var shown = compared.Where(c => PairModel.Probability(model.Of(c.Evidence)) >= Weights.Shown).Select(c => c.Pair);

        var groups = Groups.Of(
            [.. compared.Select(c => (c.Pair, Weight: model.Of(c.Evidence))).OrderByDescending(c => c.Weight).ThenBy(c => c.Pair)],
            file.Guests.Count
        );

        LinkageScore.Of(automatic, file.Truth).Precision.ShouldBe(1);
        LinkageScore.Of(shown, file.Truth).F1.ShouldBeGreaterThan(exactRule);
        LinkageScore.Of(Groups.Pairs(groups), file.Truth).F1.ShouldBeGreaterThan(exactRule);
    }
}
