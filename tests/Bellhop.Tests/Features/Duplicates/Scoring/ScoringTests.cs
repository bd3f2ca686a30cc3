using Bellhop.Features.Duplicates.Scoring;

namespace Bellhop.Tests.Features.Duplicates.Scoring;

public sealed class ScoringTests
{
    private static readonly FieldKind[] Kinds = [FieldKind.Name, FieldKind.Number, FieldKind.Email, FieldKind.Date];

    [Fact]
    public void The_order_of_a_names_words_its_accents_and_its_case_do_not_matter()
    {
        Levels(Guest("João Pedro ALBUQUERQUE"), Guest("Albuquerque, Joao")).ShouldBe([Level.Same, Level.Same]);
        Levels(Guest("Mary-Jane O’Connor"), Guest("OConnor Mary Jane")).ShouldBe([Level.Same, Level.Same, Level.Same]);
    }

    [Fact]
    public void Names_of_any_script_are_compared_word_by_word()
    {
        Levels(Guest("شهد القحطاني"), Guest("القحطاني شهد")).ShouldBe([Level.Same, Level.Same]);
        Levels(Guest("Дмитрий Соколов"), Guest("Дмитрий Соколев")).ShouldBe([Level.Same, Level.Slip]);
        Levels(Guest("สมชาย วงศ์สุวรรณ์"), Guest("ณัฐธิดา วงศ์สุวรรณ์")).ShouldBe([Level.Same, Level.Different]);
    }

    [Fact]
    public void An_initial_is_a_part_of_a_name()
    {
        Levels(Guest("M. Whitfield"), Guest("Mary Whitfield")).ShouldBe([Level.Same, Level.Part]);
    }

    [Fact]
    public void No_word_is_met_twice()
    {
        Levels(Guest("Ana Ana Lima"), Guest("Ana Lima")).ShouldBe([Level.Same, Level.Same]);
        Levels(Guest("Anna Anne"), Guest("Anna Lima Reis")).ShouldBe([Level.Same, Level.Different]);
    }

    [Theory]
    [InlineData("351912345678", "351912345678", Level.Same)]
    [InlineData("351912345678", "351912345687", Level.Slip)]
    [InlineData("351912345678", "35191234567", Level.Slip)]
    [InlineData("351912345678", "351912340687", Level.Alike)]
    [InlineData("351912345678", "420777111222", Level.Different)]
    public void Phones_agree_or_are_a_slip_apart(string one, string other, Level level) =>
        Distances.Of(FieldKind.Number, one, other).ShouldBe(level);

    [Theory]
    [InlineData("19710624", "19710524", Level.Slip)]
    [InlineData("19710612", "19711206", Level.Slip)]
    [InlineData("19710624", "19810524", Level.Part)]
    [InlineData("19710624", "19880907", Level.Different)]
    public void Days_of_birth_agree_but_for_a_slip_or_a_part(string one, string other, Level level) =>
        Distances.Of(FieldKind.Date, one, other).ShouldBe(level);

    [Theory]
    [InlineData("ana@example.org", "ana@example.com", Level.Part)]
    [InlineData("anasilva@example.org", "anasliva@example.org", Level.Slip)]
    [InlineData("ana@example.org", "rui@lantern.example", Level.Different)]
    public void Addresses_agree_or_are_alike(string one, string other, Level level) =>
        Distances.Of(FieldKind.Email, one, other).ShouldBe(level);

    [Fact]
    public void A_rare_name_weighs_more_than_a_common_one()
    {
        var model = Learned(Town());

        Weight(model, Guest("Ana Silva"), Guest("Ana Silva"))
            .ShouldBeLessThan(Weight(model, Guest("Ottoline Zweig"), Guest("Ottoline Zweig")));
    }

    [Fact]
    public void What_one_of_the_two_lacks_says_nothing()
    {
        var model = Learned(Town());

        Weight(model, Guest("Ana Silva", "351912345678"), Guest("Ana Silva"))
            .ShouldBe(Weight(model, Guest("Ana Silva"), Guest("Ana Silva")));
    }

    [Fact]
    public void A_guest_who_is_there_twice_is_found_without_labels()
    {
        var town = Town();
        town.Add(Guest("Ottoline Zweig", "420777111222", "ottoline@example.org"));
        town.Add(Guest("Zweig Otoline", "420777111222"));

        var model = Learned(town);
        var likeliest = CandidatePairs.Of(Kinds, town).MaxBy(p => Weight(model, town[p.One], town[p.Other]));

        likeliest.ShouldBe((town.Count - 2, town.Count - 1));
        PairModel.Probability(Weight(model, town[^2], town[^1])).ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public void The_same_guests_give_the_same_weights()
    {
        var (one, other) = (Learned(Town()), Learned(Town()));

        one.SameGuest.ShouldBe(other.SameGuest);
        one.TwoGuests.ShouldBe(other.TwoGuests);
        one.TruePairs.ShouldBe(other.TruePairs);
    }

    [Fact]
    public void Nobody_and_one_guest_give_no_pair_and_no_error()
    {
        CandidatePairs.Of(Kinds, []).ShouldBeEmpty();
        Learned([]).TruePairs.ShouldBeGreaterThan(0);
        Learned([Guest("Ana Silva")]).TruePairs.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_key_that_many_share_gives_no_pairs()
    {
        var crowd = Enumerable.Range(0, CandidatePairs.MostGuestsOfKey + 1).Select(_ => Guest("Ana Silva")).ToList();

        CandidatePairs.Of(Kinds, crowd).ShouldBeEmpty();
        CandidatePairs.Of(Kinds, crowd[1..]).Count.ShouldBe(crowd.Count * (crowd.Count - 1) / 2 - (crowd.Count - 1));
    }

    [Fact]
    public void Names_alone_are_never_beyond_doubt()
    {
        IsBeyondDoubt(Guest("Ottoline Zweig", born: "1971-06-24"), Guest("Ottoline Zweig", born: "1971-06-24")).ShouldBeFalse();
    }

    [Fact]
    public void One_proven_phone_and_one_name_are_beyond_doubt()
    {
        IsBeyondDoubt(Guest("Ottoline Zweig", "420777111222"), Guest("Zweig Ottoline", "420777111222")).ShouldBeTrue();
    }

    [Fact]
    public void A_slip_in_the_day_of_birth_and_a_name_that_is_missing_leave_nothing_in_doubt()
    {
        var guest = Guest("Ottoline Zweig", "420777111222", born: "1971-06-12");
        IsBeyondDoubt(guest, Guest("Ottoline Zweig", "420777111222", born: "1971-12-06")).ShouldBeTrue();
        IsBeyondDoubt(guest, Guest("", "420777111222")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Ottoline Zweig", "420777111333", "o@example.org", null)] // another phone
    [InlineData("Bruno Zweig", "420777111222", "o@example.org", null)] // another of the family
    [InlineData("Ottoline Zweig", "420777111222", "other@lantern.example", null)] // another address
    [InlineData("Ottoline Zweig", "420777111222", "o@example.org", "1988-09-07")] // born on another day
    [InlineData("Ottoline Zweig", "420777111222", "o@example.org", "1995-06-28")] // in the same month
    [InlineData("Ottolina Zweig", "420777111222", "o@example.org", null)] // a twin
    [InlineData("O. Zweig", "420777111222", "o@example.org", null)] // whoever it is
    [InlineData("Ottoline Zweig Filha", "420777111222", "o@example.org", null)] // a daughter
    [InlineData("Zweig", "420777111222", "o@example.org", null)] // any of the family
    public void Anything_against_it_leaves_the_pair_to_a_person(string name, string phone, string email, string? born)
    {
        IsBeyondDoubt(Guest("Ottoline Zweig", "420777111222", "o@example.org", "1971-06-24"), Guest(name, phone, email, born))
            .ShouldBeFalse();
    }

    private static GuestRecord Guest(string name, string phone = "", string email = "", string? born = null) =>
        new(
            Kinds,
            [
                [name],
                [phone],
                [email],
                [born ?? ""],
            ]
        );

    private static Level[] Levels(GuestRecord one, GuestRecord other) =>
        [.. Evidence.Of(Kinds, one, other).Where(e => e.Field == 0).Select(e => e.Level)];

    /// <summary>Guests with few first and last names, each with a phone of its own, and Ana Silva ten times.</summary>
    private static List<GuestRecord> Town()
    {
        string[] first = ["Ana", "Rui", "Marta", "Joana", "Pedro", "Sofia", "Tiago", "Ines"];
        string[] last = ["Silva", "Costa", "Reis", "Lima", "Pereira", "Gomes"];
        return
        [
            .. Enumerable
                .Range(0, 96)
                .Select(i =>
                    Guest($"{first[i % 8]} {last[i / 8 % 6]}", $"3519{i * 7919 % 100_000_000:00000000}", $"guest{i * 31}@example.org")
                ),
        ];
    }

    private static PairModel Learned(List<GuestRecord> guests) => LearnWeights.Run(Kinds, guests, CandidatePairs.Of(Kinds, guests));

    private static double Weight(PairModel model, GuestRecord one, GuestRecord other) => model.Of(Evidence.Of(Kinds, one, other));

    private static bool IsBeyondDoubt(GuestRecord one, GuestRecord other) =>
        AutomaticRule.Allows(Learned(Town()), one, other, Evidence.Of(Kinds, one, other));
}
