using System.Globalization;
using Bellhop.Features.Duplicates.Scoring;

namespace Bellhop.Tests.Features.Duplicates.Scoring;

/// <summary>Families have one phone, one address and one name, and are not one guest.</summary>
public sealed class HouseholdTests
{
    private static readonly FieldKind[] Kinds = [FieldKind.Name, FieldKind.Number, FieldKind.Email, FieldKind.Date];

    private static readonly string[] First =
    [
        .. (string[])["james", "robert", "michael", "david", "thomas", "marco", "paolo", "stefan", "pierre", "henri", "tiago", "omar"],
        .. (string[])["mary", "susan", "helen", "giulia", "chiara", "petra", "claire", "julie", "beatriz", "ines", "olga", "fatima"],
    ];

    private static readonly string[] Beginnings = ["berg", "stein", "wald", "linden", "oak", "hart", "wood", "fair", "green", "white"];
    private static readonly string[] Ends = ["ford", "mann", "erley", "ton", "field", "son", "burg", "mark", "well", "dale", "cott"];

    [Fact]
    public void In_a_list_full_of_families_nobody_becomes_his_wife_and_no_son_his_father()
    {
        var (guests, truth) = Families(1_200);
        var candidates = CandidatePairs.Of(Kinds, guests);
        var model = LearnWeights.Run(Kinds, guests, candidates);
        var compared = candidates.ConvertAll(p => (Pair: p, Evidence: Evidence.Of(Kinds, guests[p.One], guests[p.Other])));

        var merged = compared.Where(c => AutomaticRule.Allows(model, guests[c.Pair.One], guests[c.Pair.Other], c.Evidence)).ToList();
        merged.ShouldNotBeEmpty();
        merged.Where(c => truth[c.Pair.One] != truth[c.Pair.Other]).ShouldBeEmpty();

        var shown = compared.Where(c => PairModel.Probability(model.Of(c.Evidence)) >= Weights.Shown).ToList();
        var right = shown.Count(c => truth[c.Pair.One] == truth[c.Pair.Other]);
        (right / (double)shown.Count).ShouldBeGreaterThan(0.8);
        (right / (double)TruePairs(truth)).ShouldBeGreaterThan(0.85);
    }

    [Theory]
    [InlineData("Ana Lima", "Lima Ana")]
    [InlineData("Ana", "Ana")]
    [InlineData("", "Ana Lima")]
    public void Where_no_list_says_otherwise_one_name_and_one_phone_are_one_guest(string one, string other)
    {
        var model = PairModel.Start(Kinds, 1_000, new(Kinds, 1_000));
        var (mine, theirs) = (Guest(one, "351912345678", "", ""), Guest(other, "351912345678", "", ""));

        AutomaticRule.Allows(model, mine, theirs, Evidence.Of(Kinds, mine, theirs)).ShouldBeTrue();
    }

    [Fact]
    public void What_two_of_a_household_share_speaks_for_one_guest_only_as_far_as_strangers_go()
    {
        var model = PairModel.Start(Kinds, 1_000, new(Kinds, 1_000));
        var none = new PairModel(Kinds, model.SameGuest, model.TwoGuests, model.TruePairs, 1e-15, model.Terms);
        var many = new PairModel(Kinds, model.SameGuest, model.TwoGuests, model.TruePairs, 1e-3, model.Terms);
        var father = Guest("Rui Lima", "351912345678", "", "");
        var son = Evidence.Of(Kinds, father, Guest("Tiago Lima", "351912345678", "", "1999-04-03"));
        var stranger = Evidence.Of(Kinds, father, Guest("Rui Lima", "420777111222", "", ""));

        many.Of(son).ShouldBeLessThan(none.Of(son) - 5);
        many.Of(stranger).ShouldBe(none.Of(stranger), 1e-9, "who shares no phone is no relative");
    }

    private static int TruePairs(List<string> truth) => truth.CountBy(t => t).Sum(g => g.Value * (g.Value - 1) / 2);

    /// <summary>Households of up to four; two of three have one phone, and two of five one address. Some guests are there twice.</summary>
    private static (List<GuestRecord> Guests, List<string> Truth) Families(int households)
    {
        var random = new Random(20261129);
        var (guests, truth) = (new List<GuestRecord>(), new List<string>());
        for (var house = 0; house < households; house++)
        {
            var family = Some(Beginnings) + Some(Ends);
            var (phone, email) = (Phone(), Email(Some(First), family));
            var (onePhone, oneEmail) = (random.Next(3) > 0, random.Next(5) < 2);
            var father = Some(First);
            var size = 1 + random.Next(4);
            for (var member = 0; member < size; member++)
            {
                var first = member == 0 || (member == 2 && random.Next(10) == 0) ? father : Some(First);
                var born = $"{(member < 2 ? 1950 : 1990) + random.Next(20)}-{1 + random.Next(12):00}-{1 + random.Next(28):00}";
                var (own, written) = (onePhone ? phone : Phone(), oneEmail ? email : Email(first, family));
                for (var times = random.Next(6) == 0 ? 2 : 1; times > 0; times--)
                {
                    guests.Add(Guest($"{first} {family}", Or(own, 5), Or(written, 4), Or(born, 3)));
                    truth.Add(string.Create(CultureInfo.InvariantCulture, $"{house}/{member}"));
                }
            }
        }

        return (guests, truth);

        string Some(string[] texts) => texts[random.Next(texts.Length)];
        string Phone() => $"3519{random.Next(100_000_000):00000000}";
        string Email(string first, string last) => $"{first}.{last}{random.Next(100)}@mail.example";
        string Or(string text, int oneIn) => random.Next(oneIn) == 0 ? "" : text;
    }

    private static GuestRecord Guest(string name, string phone, string email, string born) =>
        new(
            Kinds,
            [
                [name],
                [phone],
                [email],
                [born],
            ]
        );
}
