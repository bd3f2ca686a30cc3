using Bellhop.Platform;

namespace Bellhop.Tests.Platform;

/// <summary>What stands around a number: notes, words for digits, extensions, parameters.</summary>
public sealed class PhoneTextTests
{
    [Theory]
    [InlineData("555-1234 Bob", "US")]
    [InlineData("555-1234 (Ana)", "US")]
    [InlineData("456-7890 cel", "US")]
    [InlineData("212-5551 Anna", "US")]
    [InlineData("800-1234 Anna", "US")]
    [InlineData("212 555 Anna", "US")]
    [InlineData("911 234 Ana", "PT")]
    [InlineData("91 234 567 casa", "PT")]
    [InlineData("612 345 Mama", "ES")]
    [InlineData("612 345 67 мама", "ES")]
    public void A_note_behind_a_number_however_short_gives_it_no_digits(string raw, string region) =>
        Phone.Parse(raw, region).Possible.ShouldBeFalse();

    [Theory]
    [InlineData("611 1235 Ana", "IS", "+3546111235")]
    [InlineData("0800 REPAIR", "NZ", "+64800737247")]
    [InlineData("1300 FLOWER", "AU", "+611300356937")]
    public void A_short_number_is_read_without_its_note_and_a_vanity_number_whole(string raw, string region, string e164) =>
        Phone.Parse(raw, region).E164.ShouldBe(e164);

    [Theory]
    [InlineData("03-331-6005;phone-context=+64", "+6433316005")]
    [InlineData("tel:03-331-6005;phone-context=+64", "+6433316005")]
    [InlineData("tel:+64-3-331-6005;isub=12345;ext=34", "+6433316005 ext. 34")]
    [InlineData("+64-3-331-6005;ext=34;phone-context=+64", "+6433316005 ext. 34")]
    [InlineData(
        "03-331-6005;phone-context=+64;a=" + "0123456789012345678901234567890123456789012345678901234567890123456789",
        "+6433316005"
    )]
    public void Parameters_of_a_telephone_address_are_read_and_do_not_count_against_its_length(string raw, string full)
    {
        Phone.Parse(raw, "US").Full.ShouldBe(full);
        Phone.Plain(raw)!.Length.ShouldBeLessThan(64);
    }

    [Fact]
    public void A_number_with_its_extension_reads_back_as_the_same_number()
    {
        foreach (var raw in new[] { "+351 213 000 111 ext. 12", "+34 612 34 56 78 x22", "+351 213 000 111" })
        {
            var phone = Phone.Parse(raw, null);
            var again = Phone.Parse(phone.Full, null);
            (again.E164, again.Extension, again.MatchKey).ShouldBe((phone.E164, phone.Extension, phone.MatchKey), raw);
        }

        Phone.Display("+351213000111 ext. 12").ShouldBe("+351 21 300 0111 ext. 12");
        Phone.WhatsAppDigits("+34612345678 ext. 22").ShouldBe("34612345678");
    }
}
