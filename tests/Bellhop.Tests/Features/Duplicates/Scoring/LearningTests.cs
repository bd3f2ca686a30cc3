using Bellhop.Features.Duplicates.Scoring;
using CsCheck;

namespace Bellhop.Tests.Features.Duplicates.Scoring;

/// <summary>What is learned without labels is about guests, whatever else divides a list.</summary>
public sealed class LearningTests
{
    private static readonly FieldKind[] Places = [FieldKind.Name, FieldKind.Words, FieldKind.Words, FieldKind.Words];
    private static readonly FieldKind[] People = [FieldKind.Name, FieldKind.Number, FieldKind.Email, FieldKind.Date];

    private static readonly Gen<GuestRecord> Person = Gen.Select(
        OneOf("Ana", "Anna", "Rui", "Zoé", ""),
        OneOf("Lima", "Silva", "Sousa Lima", ""),
        OneOf("", "351912345678", "351912345687", "420777111222"),
        OneOf("", "ana@example.org", "ana@example.net", "rui@lantern.example"),
        OneOf("", "1971-06-24", "1971-06-25", "1988-09-07"),
        (first, last, phone, email, born) =>
            new GuestRecord(
                People,
                [
                    [$"{first} {last}"],
                    [phone],
                    [email],
                    [born],
                ]
            )
    );

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    [Fact]
    public void Sharing_the_street_the_town_and_the_kitchen_makes_no_two_places_one()
    {
        var (places, truth) = Town();
        var candidates = CandidatePairs.Of(Places, places);
        var model = LearnWeights.Run(Places, places, candidates);

        var shown = candidates
            .Where(p => PairModel.Probability(model.Of(Evidence.Of(Places, places[p.One], places[p.Other]))) >= Weights.Shown)
            .ToList();

        var right = shown.Count(p => truth[p.One] == truth[p.Other]);
        right.ShouldBeGreaterThan(18, "20 have no slip");
        (right / (double)shown.Count).ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public void Whatever_the_guests_are_what_is_learned_are_probabilities_within_their_bounds() =>
        Person
            .List[0, 25]
            .Sample(
                guests =>
                {
                    var model = LearnWeights.Run(People, guests, CandidatePairs.Of(People, guests));

                    model.TruePairs.ShouldBeInRange(1e-12, 0.2);
                    for (var field = 0; field < People.Length; field++)
                    {
                        model.SameGuest[field].Sum().ShouldBe(1, 0.001);
                        model.TwoGuests[field].Sum().ShouldBe(1, 0.001);
                        model.SameGuest[field][(int)Level.Different].ShouldBeLessThanOrEqualTo(Weights.MostDifferent(People[field]) + 1e-9);
                    }
                },
                iter: TestSize.Of(200),
                threads: 1
            );

    [Fact]
    public void Who_is_compared_with_whom_and_in_which_order_makes_no_difference() =>
        Gen.Select(Person, Person)
            .Sample(
                (one, other) =>
                {
                    var model = PairModel.Start(People, 1000, new(People, 1000));
                    var there = model.Of(Evidence.Of(People, one, other));
                    model.Of(Evidence.Of(People, other, one)).ShouldBe(there, 1e-9);
                },
                iter: TestSize.Of(500),
                threads: 1
            );

    [Fact]
    public void A_shared_stay_never_lowers_a_pair_and_lifts_none_whose_names_differ() =>
        Gen.Select(Person, Person, Gen.Enum<SharedStay>())
            .Sample(
                (one, other, stay) =>
                {
                    var evidence = Evidence.Of(People, one, other);
                    var weight = SameStay.Weight(stay, People, evidence);

                    weight.ShouldBeGreaterThanOrEqualTo(0);
                    if (weight > 0)
                    {
                        stay.ShouldNotBe(SharedStay.None);
                        var names = evidence.Where(e => People[e.Field] == FieldKind.Name).ToList();
                        names.ShouldNotBeEmpty();
                        names.ShouldAllBe(e => e.Level != Level.Different);
                    }
                },
                iter: TestSize.Of(1000),
                threads: 1
            );

    [Fact]
    public void One_likely_pair_between_two_guests_of_three_records_each_makes_no_group_of_six()
    {
        var pairs = new List<((int, int), double)>
        {
            ((0, 1), 9),
            ((0, 2), 8),
            ((1, 2), 7),
            ((3, 4), 9),
            ((3, 5), 8),
            ((4, 5), 7),
            ((2, 3), 5),
        };

        var groups = Groups.Of([.. pairs.OrderByDescending(p => p.Item2)], 6);

        groups[..3].Distinct().Count().ShouldBe(1);
        groups[3..].Distinct().Count().ShouldBe(1);
        groups[0].ShouldNotBe(groups[3]);
    }

    [Fact]
    public void Two_groups_stay_two_only_if_their_records_disagree_on_average() =>
        Gen.Select(Gen.Int[0, 11], Gen.Int[0, 11], Gen.Double[-12, 12])
            .Where(p => p.Item1 < p.Item2)
            .List[0, 40]
            .Sample(
                some =>
                {
                    var pairs = some.DistinctBy(p => (p.Item1, p.Item2)).Select(p => ((p.Item1, p.Item2), p.Item3)).ToList();
                    var groups = Groups.Of([.. pairs.OrderByDescending(p => p.Item2)], 12);

                    groups.Length.ShouldBe(12);
                    var weights = pairs.ToDictionary(p => p.Item1, p => Math.Clamp(p.Item2, -10, 10));
                    foreach (var ((one, other), weight) in pairs.Where(p => p.Item2 >= 0 && groups[p.Item1.Item1] != groups[p.Item1.Item2]))
                    {
                        var between =
                            from a in Enumerable.Range(0, 12).Where(r => groups[r] == groups[one])
                            from b in Enumerable.Range(0, 12).Where(r => groups[r] == groups[other])
                            select weights.GetValueOrDefault(a < b ? (a, b) : (b, a), -10);
                        between.Sum().ShouldBeLessThan(0);
                    }
                },
                iter: TestSize.Of(300),
                threads: 1
            );

    /// <summary>400 places of their own names in few streets, towns and kitchens; 40 are there twice, half with a slip.</summary>
    private static (List<GuestRecord> Places, List<int> Truth) Town()
    {
        string[] syllables = ["ka", "ro", "mi", "ten", "lu", "sar", "bo", "vel", "dri", "no", "pha", "zu"];
        string[] streets =
        [
            "harbour street",
            "mill lane",
            "old market",
            "river walk",
            "king street",
            "garden road",
            "north quay",
            "abbey hill",
        ];
        string[] towns = ["lisboa", "porto", "san marino", "new haven"];
        string[] kitchens = ["italian", "grill", "seafood", "french bistro", "indian"];
        var (places, truth) = (new List<GuestRecord>(), new List<int>());
        for (var i = 0; i < 440; i++)
        {
            var who = i % 400;
            var mixed = (who + 1) * 48_271; // neighbours share no syllables by their place in the list
            var name =
                $"{Syllable(mixed)}{Syllable(mixed / 12)}{Syllable(mixed / 144)}ta {Syllable(mixed / 1_728)}{Syllable(mixed / 20_736)}ra";
            var written = i < 400 || who % 2 == 0 ? name : name.Remove(1, 1);
            places.Add(
                new(
                    Places,
                    [
                        [written],
                        [$"{who % 90 + 1} {streets[who * 3 % 8]}"],
                        [towns[who * 5 % 4]],
                        [kitchens[(who + (i < 400 ? 0 : who % 2)) % 5]],
                    ]
                )
            );
            truth.Add(who);
        }

        return (places, truth);

        string Syllable(int of) => syllables[of % syllables.Length];
    }
}
