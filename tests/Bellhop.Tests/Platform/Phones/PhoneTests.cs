using Bellhop.Platform;
using CsCheck;
using static Bellhop.Tests.Platform.PhoneCases;

namespace Bellhop.Tests.Platform;

public sealed class PhoneTests
{
    private static readonly string?[] Regions = ["ES", "BR", "us", null, "ZZ", "XX"];

    private static readonly PhoneNumbers.PhoneNumberUtil Library = PhoneNumbers.PhoneNumberUtil.GetInstance();

    [Theory]
    [InlineData("e_phones/google_parse_pairs.tsv")]
    [InlineData("e_phones/region_examples.tsv")]
    public void A_number_is_read_as_googles_own_tests_read_it(string file)
    {
        foreach (var row in Rows(file))
        {
            Phone.Parse(row[0], row[1]).E164.ShouldBe(row[2], row[0]);
        }
    }

    [Fact]
    public void Every_spelling_of_a_countrys_example_is_possible_and_has_one_key()
    {
        var numbers = Rows("e_phones/region_examples.tsv").Select(row => (Phone: Phone.Parse(row[0], row[1]), E164: row[2])).ToList();
        numbers.ShouldAllBe(n => n.Phone.Possible && n.Phone.Valid);
        numbers.GroupBy(n => n.E164).ShouldAllBe(spellings => spellings.Select(n => n.Phone.MatchKey).Distinct().Count() == 1);
        numbers.Select(n => n.Phone.MatchKey).Distinct().Count().ShouldBe(numbers.Select(n => n.E164).Distinct().Count());
    }

    [Fact]
    public void A_country_is_told_by_the_number_and_a_number_of_no_country_has_none()
    {
        foreach (var row in Rows("e_phones/region_examples.tsv").Where(row => row[3] != "001"))
        {
            Phone.Parse(row[0], row[1]).Region.ShouldBe(Library.GetRegionCodeForNumber(Library.Parse(row[2], null)), row[0]);
        }

        Phone.Parse("+800 1234 5678", null).Region.ShouldBeNull();
        Phone.Parse("+1 555 200 0000", null).Region.ShouldBeNull();
    }

    [Fact]
    public void Hard_forms_are_taken_or_refused_as_the_list_says()
    {
        foreach (var row in Rows("e_phones/hard_forms.tsv"))
        {
            var phone = Phone.Parse(row[0], row[1]);
            var answer = phone.Possible ? phone.E164 : "REJECT";
            var expected = row[2] == "POSSIBLE, NOT VALID" ? row[3] : row[2];
            expected.Split(" or ").ShouldContain(answer, row[0]);
            phone.Valid.ShouldBe(phone.Possible && row[5] == "1", row[0]);
        }
    }

    [Fact]
    public void What_google_refuses_is_never_taken_and_says_why()
    {
        foreach (var row in Rows("e_phones/google_must_fail.tsv"))
        {
            var phone = Phone.Parse(row[0], row[1]);
            phone.Possible.ShouldBeFalse(row[0]);
            phone.Reason.ShouldNotBeNullOrEmpty(row[0]);
            phone.MatchKey.ShouldBeNull(row[0]);
        }
    }

    [Theory]
    [InlineData("\u202A+34\u00A0612\u00A0345\u00A0678\u202C")]
    [InlineData("\u2066+34 612345678\u2069\u200F")]
    [InlineData("\uFEFF+34\u200B612345678")]
    [InlineData("＋３４　６１２３４５６７８")]
    [InlineData("=\"+34612345678\"")]
    [InlineData("'+34612345678")]
    [InlineData("\t+34 612 345 678\r\n")]
    [InlineData("tel:+34612345678")]
    [InlineData("+34\u202A 612\u202C 345\u200E678")]
    [InlineData("+٣٤ ٦١٢ ٣٤٥ ٦٧٨")]
    public void What_address_books_and_spreadsheets_put_around_a_number_is_cleaned_off(string raw) =>
        Phone.Parse(raw, null).E164.ShouldBe("+34612345678");

    [Theory]
    [InlineData("+34612345678 / +34699999999")]
    [InlineData("612345678/699999999")]
    [InlineData("+34612345678, 699999999")]
    [InlineData("+34612345678;699999999")]
    [InlineData("+34612345678 +34699999999")]
    [InlineData("612345678 699999999")]
    [InlineData("4.47911E+11")]
    [InlineData("4,91702E+11")]
    [InlineData("4,91702E11")]
    [InlineData("4.479111234E+11")]
    [InlineData("4479111234E2")]
    [InlineData("612345678 ext none 12")]
    public void Two_numbers_in_one_field_and_spoilt_ones_are_refused_and_never_run_together(string raw)
    {
        var phone = Phone.Parse(raw, "ES");
        (phone.Possible ? phone.E164 : "refused").ShouldBeOneOf("refused", "+34612345678");
        phone.Extension.ShouldBeNull();
    }

    [Theory]
    [InlineData("0055 11 99999-8888", "BR", "+5511999998888")]
    [InlineData("0034600111222", "US", "+34600111222")]
    [InlineData("+34 (0) 600 111 222", "PT", "+34600111222")]
    [InlineData("00351 (0)912345678", "ES", "+351912345678")]
    [InlineData("+44 (0)20 7946 0958", "PT", "+442079460958")]
    [InlineData("4915123456780", "DE", "+4915123456780")]
    [InlineData("49 170 1234567", "DE", "+491701234567")]
    [InlineData("436641234567", "AT", "+436641234567")]
    public void A_number_with_its_country_code_is_that_countrys_wherever_it_is_typed(string raw, string region, string e164)
    {
        var phone = Phone.Parse(raw, region);
        (phone.Possible, phone.E164).ShouldBe((true, e164));
    }

    [Theory]
    [InlineData("+49 1701234567 Ana", "+491701234567")]
    [InlineData("+49 1701234567 (room 12)", "+491701234567")]
    [InlineData("+49 1701234567 o 699999999", "+491701234567")]
    [InlineData("WhatsApp: +49 1701234567", "+491701234567")]
    [InlineData("1800 SIX FLAGS", "+180074935247")]
    [InlineData("1-800-555-TAXI", "+18005558294")]
    [InlineData("1-800-FLOWERS", "+18003569377")]
    [InlineData("(212) 555-0123 home", "+12125550123")]
    public void A_note_beside_a_number_is_not_dialled(string raw, string e164) => Phone.Parse(raw, "US").E164.ShouldBe(e164);

    [Theory]
    [InlineData(null, "ES", PhoneProblem.NotANumber)]
    [InlineData("  ", "ES", PhoneProblem.NotANumber)]
    [InlineData("ask at reception", "ES", PhoneProblem.NotANumber)]
    [InlineData("612345678", null, PhoneProblem.InvalidCountryCode)]
    [InlineData("612345678", "XX", PhoneProblem.InvalidCountryCode)]
    [InlineData("+999 612345678", null, PhoneProblem.InvalidCountryCode)]
    [InlineData("+34 6123", null, PhoneProblem.TooShort)]
    [InlineData("6", "ES", PhoneProblem.NotANumber)]
    [InlineData("+34 6123456789012", null, PhoneProblem.TooLong)]
    [InlineData("253-0000", "US", PhoneProblem.LocalOnly)]
    [InlineData("+376 1234567", null, PhoneProblem.InvalidLength)]
    [InlineData("+49 0", "DE", PhoneProblem.TooShort)]
    public void A_refused_number_says_what_is_wrong_with_it(string? raw, string? region, PhoneProblem error)
    {
        var phone = Phone.Parse(raw, region);
        phone.Possible.ShouldBeFalse();
        phone.Error.ShouldBe(error);
        phone.Reason!.ShouldEndWith(".");
    }

    [Theory]
    [InlineData("4.47911E11")]
    [InlineData("4.91701234567E11")]
    [InlineData("4.91701234567e+11")]
    public void A_number_in_scientific_notation_is_refused_where_its_digits_would_make_a_number(string raw) =>
        Phone.Parse(raw, "DE").Error.ShouldBe(PhoneProblem.NotANumber);

    [Fact]
    public void A_very_long_text_is_refused_at_once()
    {
        foreach (
            var raw in new[]
            {
                new string('6', 10_000_000),
                "+34612345678" + new string(' ', 500) + "1",
                string.Concat(Enumerable.Repeat("+1 (", 90)),
            }
        )
        {
            Phone.Parse(raw, "ES").Possible.ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("0000000", true)]
    [InlineData("00000000000", true)]
    [InlineData("+34 999 999 999", true)]
    [InlineData("+34 000000000", true)]
    [InlineData("+34 666 666 666", true)]
    [InlineData("1234567", true)]
    [InlineData("123456789", true)]
    [InlineData("0123456789", true)]
    [InlineData("123123123", true)]
    [InlineData("+34 121212121", true)]
    [InlineData("+351 900000000", true)]
    [InlineData("+55 11 00000-0000", true)]
    [InlineData("+49 000000", true)]
    [InlineData("+34 600 000 000", false)]
    [InlineData("+44 7400 250000", false)]
    [InlineData("+1 555 010 2020", false)]
    [InlineData("+44 1234 567890", false)]
    [InlineData("+1 123-456-7890", true)]
    [InlineData("+91 98765 43210", false)]
    [InlineData("+1 234 567 8901", false)]
    [InlineData("+34612345678", false)]
    [InlineData("+5491112345678", false)]
    [InlineData("+24740123", false)]
    [InlineData("+972987654321", false)]
    [InlineData("+491701234567", false)]
    [InlineData("text", false)]
    public void Numbers_typed_to_get_past_a_form_are_known_as_dummies(string raw, bool dummy) =>
        Phone.Parse(raw, "ES").IsDummy.ShouldBe(dummy);

    [Fact]
    public void No_number_that_a_country_gives_as_its_example_is_a_dummy() =>
        Rows("e_phones/region_examples.tsv").Where(row => Phone.Parse(row[0], row[1]).IsDummy).ShouldBeEmpty();

    [Theory]
    [InlineData("+34612345678", "+34 612 34 56 78")]
    [InlineData("+16502530000", "+1 650 253 0000")]
    [InlineData("+5215512345678", "+52 15512345678")]
    [InlineData("text", "text")]
    [InlineData("+", "+")]
    public void A_number_is_shown_internationally_with_spaces(string e164, string shown) => Phone.Display(e164).ShouldBe(shown);

    [Theory]
    [InlineData("+34612345678", "34612345678")]
    [InlineData("+972987654321", null)]
    [InlineData("+12530000", null)]
    [InlineData("text", null)]
    public void A_whatsapp_link_has_the_digits_of_a_valid_number_only(string e164, string? digits) =>
        Phone.WhatsAppDigits(e164).ShouldBe(digits);

    [Fact]
    public void Nothing_that_is_typed_throws_and_what_is_taken_reads_back_the_same() =>
        Gen.Select(
                Gen.Char["+0123456789 ()-./;,#x٣６E=ext\u202A\u00A0\uD83D\0"].Array[0, 40],
                Gen.Int[0, Regions.Length - 1].Select(i => Regions[i])
            )
            .Sample(
                (chars, region) =>
                {
                    var phone = Phone.Parse(new string(chars), region);
                    if (phone.Possible)
                    {
                        var again = Phone.Parse(phone.E164, null);
                        again.E164.ShouldBe(phone.E164);
                        again.MatchKey.ShouldBe(phone.MatchKey.Split('x')[0]);
                        again.Valid.ShouldBe(Library.IsValidNumber(Library.Parse(phone.E164, null)));
                    }
                }
            );
}
