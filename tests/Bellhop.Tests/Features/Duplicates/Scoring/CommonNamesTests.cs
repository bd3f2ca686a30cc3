using System.Globalization;
using Bellhop.Features.Duplicates.Scoring;

namespace Bellhop.Tests.Features.Duplicates.Scoring;

/// <summary>Many people have the same name, and an address made of it. That makes no two of them one.</summary>
public sealed class CommonNamesTests
{
    private static readonly FieldKind[] People = [FieldKind.Name, FieldKind.Number, FieldKind.Email, FieldKind.Date];

    [Fact]
    public void Guests_of_common_names_are_not_shown_for_the_addresses_that_are_made_of_them_and_twins_are_found()
    {
        var (guests, truth) = Crowd(3_000, twins: 40);
        var candidates = CandidatePairs.Of(People, guests);
        var model = LearnWeights.Run(People, guests, candidates);

        var shown = candidates.Where(p => PairModel.Probability(Weight(model, guests[p.One], guests[p.Other])) >= Weights.Shown).ToList();

        shown.Count(p => truth[p.One] == truth[p.Other]).ShouldBeGreaterThanOrEqualTo(38, "the twins");
        shown.Count(p => truth[p.One] != truth[p.Other]).ShouldBeLessThanOrEqualTo(5);
    }

    [Fact]
    public void Where_nobody_is_twice_nothing_is_shown()
    {
        var (guests, _) = Crowd(3_000, twins: 0);
        var candidates = CandidatePairs.Of(People, guests);
        var model = LearnWeights.Run(People, guests, candidates);

        candidates
            .Count(p => PairModel.Probability(Weight(model, guests[p.One], guests[p.Other])) >= Weights.Shown)
            .ShouldBeLessThanOrEqualTo(5);
    }

    [Theory]
    [InlineData("ana.silva@example.org", "ana.silva@example.net")]
    [InlineData("ana.silva@example.org", "anasilva@example.org")]
    public void An_address_that_only_repeats_the_name_says_nothing(string one, string other) => Says(one, other).ShouldBe(0, 1e-9);

    [Theory]
    [InlineData("ana.silva84@example.org", "ana.silva91@example.org")]
    [InlineData("silva.123@example.org", "silva.456@example.org")]
    [InlineData("ana.silva@example.org", "ana.silva.porto@example.org")]
    public void Addresses_that_differ_in_all_but_the_name_are_two(string one, string other) => Says(one, other).ShouldBeLessThan(0);

    [Fact]
    public void The_more_two_addresses_share_beyond_the_name_the_more_it_says()
    {
        var year = Says("ana.silva84@example.org", "ana.silva84@example.net");
        var word = Says("ana.silva.lighthouse@example.org", "ana.silva.lighthouse@example.net");

        year.ShouldBeGreaterThan(0);
        word.ShouldBeGreaterThan(year);
        Says("ana.silva1984@example.org", "ana.silva1984@example.net").ShouldBe(year, "a year's century is no news");
        word.ShouldBe(Says("lighthouse@example.org", "lighthouse@example.net"), 1e-9);
    }

    [Fact]
    public void What_is_of_no_name_counts_whole_whatever_the_names_are()
    {
        Says("lighthouse@example.org", "lighthouse@example.net").ShouldBeGreaterThan(5);
        Says("ana.silva@example.org", "ana.silva@example.net", "", "").ShouldBeGreaterThan(5, "a name that is not known says nothing");
    }

    [Fact]
    public void A_name_of_another_script_may_be_written_in_any_letters()
    {
        Says("d.sokolov@example.org", "d.sokolov@example.net", "Дмитрий Соколов", "Соколов Дмитрий").ShouldBe(0, 1e-9);
        Says("wangwei8817@example.org", "wangwei8817@example.net", "王伟", "王伟").ShouldBeGreaterThan(5);
    }

    [Fact]
    public void One_address_of_both_counts_whole_even_if_it_is_made_of_the_name()
    {
        var says = Says("ana.silva@example.org", "ana.silva@example.org");
        says.ShouldBeGreaterThan(9);
        says.ShouldBe(Says("q7@example.org", "q7@example.org"));
    }

    /// <summary>What two addresses say of guests with these names, in bits.</summary>
    private static double Says(string one, string other, string name = "Ana Silva", string otherName = "Silva Ana")
    {
        var model = PairModel.Start(People, 1000, new(People, 1000));
        return Weight(model, Guest(name, email: one), Guest(otherName, email: other)) - Weight(model, Guest(name), Guest(otherName));
    }

    /// <summary>
    /// Guests of 20 first and 15 last names, each with a phone and most with an address of their own; and twins, whose phone was written
    /// with another digit.
    /// </summary>
    private static (List<GuestRecord> Guests, List<int> Truth) Crowd(int count, int twins)
    {
        string[] first =
        [
            "Ana",
            "Maria",
            "José",
            "João",
            "Inês",
            "Sofia",
            "Pedro",
            "Rita",
            "Tiago",
            "Marta",
            "Bruno",
            "Carla",
            "Diogo",
            "Elisa",
            "Hugo",
            "Joana",
            "Luís",
            "Nuno",
            "Paula",
            "Rui",
        ];
        string[] last =
        [
            "Silva",
            "Santos",
            "Ferreira",
            "Pereira",
            "Oliveira",
            "Costa",
            "Rodrigues",
            "Martins",
            "Sousa",
            "Lopes",
            "Gomes",
            "Almeida",
            "Ribeiro",
            "Pinto",
            "Carvalho",
        ];
        var (guests, truth) = (new List<GuestRecord>(), new List<int>());
        for (var i = 0; i < count; i++)
        {
            var mixed = (i + 1) * 48_271L % 99_989; // neighbours in the list share nothing by their place
            var name = $"{first[mixed % 20]} {last[mixed / 20 % 15]}";
            var made = Bellhop.Platform.Fold.Key(name).Split(' ');
            var phone = $"3519{(i + 1) * 48_271L % 99_999_989:00000000}";
            var email = (i % 5) switch
            {
                0 => $"{made[0]}.{made[1]}{1950 + mixed / 7 % 55}@mail{mixed % 7}.example",
                1 => $"{made[0][0]}{made[1]}{mixed % 1000}@mail{mixed % 3}.example",
                2 => $"{made[1]}.{made[0]}@mail{i}.example",
                3 => $"{made[1]}.{i}@mail{mixed % 9}.example",
                _ => "",
            };
            Add(name, phone, email);
            if (i < twins)
            {
                var (at, digit) = (5 + i % 7, phone[5 + i % 7] - '0');
                Add(
                    string.Join(' ', name.Split(' ').Reverse()),
                    $"{phone[..at]}{((digit + 1 + i % 8) % 10).ToString(CultureInfo.InvariantCulture)}{phone[(at + 1)..]}",
                    i % 2 == 0 ? "" : email.Replace(".example", ".test", StringComparison.Ordinal)
                );
            }

            void Add(string called, string number, string address)
            {
                guests.Add(Guest(called, number, address));
                truth.Add(i);
            }
        }

        return (guests, truth);
    }

    private static GuestRecord Guest(string name, string phone = "", string email = "") =>
        new(
            People,
            [
                [name],
                [phone],
                [email],
                [],
            ]
        );

    private static double Weight(PairModel model, GuestRecord one, GuestRecord other) => model.Of(Evidence.Of(People, one, other));
}
