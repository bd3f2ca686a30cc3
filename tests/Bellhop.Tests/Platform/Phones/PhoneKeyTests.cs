using Bellhop.Platform;
using static Bellhop.Tests.Platform.PhoneCases;

namespace Bellhop.Tests.Platform;

/// <summary>Which numbers are one guest.</summary>
public sealed class PhoneKeyTests
{
    [Fact]
    public void Two_spellings_are_one_guest_exactly_where_google_matches_them()
    {
        foreach (var (a, b, match) in Rows("e_phones/google_match_pairs.tsv").Select(row => (row[0], row[1], row[2])))
        {
            string[] regions =
                a.Contains("64", StringComparison.Ordinal) || b.Contains("331", StringComparison.Ordinal) ? ["US", "NZ"] : ["US"];
            foreach (var region in regions)
            {
                var (first, second) = (Phone.Parse(a, region), Phone.Parse(b, region));
                var same = first.Possible && second.Possible && first.MatchKey == second.MatchKey;
                same.ShouldBe(match is "EXACT_MATCH" or "NSN_MATCH", $"{a} | {b} in {region}");
            }
        }
    }

    [Fact]
    public void A_whatsapp_id_and_the_number_in_the_booking_are_one_guest()
    {
        foreach (var row in Rows("e_phones/whatsapp_id_variants.tsv"))
        {
            Phone.KeyOfDigits(row[0]).ShouldBe(Phone.KeyOfDigits(row[1]), row[3]);
            if (Phone.Parse("+" + row[1], null) is { Possible: true } typed)
            {
                typed.MatchKey.ShouldBe(Phone.KeyOfDigits(row[0]), row[3]);
            }
        }
    }

    [Fact]
    public void A_brazilian_mobile_with_and_without_its_nine_is_one_number()
    {
        Phone.Parse("(41) 98888-7777", "BR").MatchKey.ShouldBe(Phone.Parse("+55 41 8888-7777", null).MatchKey);
        Phone.KeyOfDigits("554188887777").ShouldBe(Phone.KeyOfDigits("5541988887777"));
    }

    [Fact]
    public void A_brazilian_landline_is_not_the_mobile_with_a_nine_in_front()
    {
        Phone.Parse("+55 11 3333-4444", null).MatchKey.ShouldNotBe(Phone.Parse("+55 11 93333-4444", null).MatchKey);
        Phone.KeyOfDigits("551133334444").ShouldBe("551133334444");
    }

    [Fact]
    public void An_argentinian_mobile_with_and_without_its_nine_is_one_number() =>
        Phone.Parse("011 15-2345-6789", "AR").MatchKey.ShouldBe(Phone.Parse("+54 11 2345-6789", null).MatchKey);

    [Fact]
    public void A_mexican_sender_with_the_old_one_is_the_guest_with_the_new_number() =>
        Phone.Parse("55 1234 5678", "MX").MatchKey.ShouldBe(Phone.KeyOfDigits("5215512345678"));

    [Theory]
    [InlineData("+52 1 55 1234 5678", "PT")]
    [InlineData("+5215512345678", null)]
    [InlineData("521 55 1234 5678", "MX")]
    [InlineData("044 55 1234 5678", "MX")]
    [InlineData("045 55 1234 5678", "MX")]
    [InlineData("01 55 1234 5678", "MX")]
    public void A_mexican_number_as_it_was_dialled_once_is_the_number_of_today(string raw, string? region)
    {
        var phone = Phone.Parse(raw, region);
        (phone.E164, phone.Valid).ShouldBe(("+525512345678", true));
        phone.MatchKey.ShouldBe(Phone.KeyOfDigits("5215512345678"));
    }

    [Fact]
    public void An_argentinian_mobile_with_the_zero_of_its_area_is_the_number_without() =>
        Phone.Parse("+54 9 (011) 2345-6789", "PT").MatchKey.ShouldBe(Phone.Parse("011 15-2345-6789", "AR").MatchKey);

    [Fact]
    public void Numbers_that_only_look_like_a_national_variant_keep_their_own_key()
    {
        foreach (
            var digits in new[] { "5511234567", "549111234567", "54911123456789", "52155123456", "521551234567890", "15412345678", "" }
        )
        {
            Phone.KeyOfDigits(digits).ShouldBe(digits);
        }
    }

    [Fact]
    public void Two_extensions_of_one_switchboard_are_two_guests()
    {
        var first = Phone.Parse("+64 3 331-6005 ext.1235", "NZ");
        var second = Phone.Parse("+64 3 331-6005 ext.1234", "NZ");
        (first.E164, first.Extension).ShouldBe(("+6433316005", "1235"));
        first.MatchKey.ShouldNotBe(second.MatchKey);
        first.MatchKey.ShouldNotBe(Phone.Parse("+64 3 331-6005", "NZ").MatchKey);
    }

    [Theory]
    [InlineData("+34 612 34 56 78 ext. 22", "+34 612 34 56 78")]
    [InlineData("+1 650-253-0000 x5", "+1 650-253-0000")]
    public void An_extension_behind_what_may_be_a_mobile_does_not_make_another_guest(string with, string without)
    {
        Phone.Parse(with, null).Extension.ShouldNotBeNull();
        Phone.Parse(with, null).MatchKey.ShouldBe(Phone.Parse(without, null).MatchKey);
    }
}
