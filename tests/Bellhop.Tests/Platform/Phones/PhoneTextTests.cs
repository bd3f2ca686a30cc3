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

    [Theory]
    [InlineData("+351 213 000 111 ramal 12")]
    [InlineData("213 000 111 (ramal 12)")]
    [InlineData("+351 213 000 111 poste 12")]
    [InlineData("+351 213 000 111 Durchwahl: 12")]
    [InlineData("+351 213 000 111 DW 12")]
    [InlineData("+351 213 000 111, interno 12")]
    [InlineData("+351 213 000 111 toestel 12")]
    [InlineData("+351 213 000 111 wewn. 12")]
    [InlineData("+351 213 000 111 dahili 12")]
    [InlineData("+351 213 000 111 mellék 12")]
    [InlineData("+351 213 000 111 доб. 12")]
    [InlineData("+351 213 000 111 добавочный 12")]
    [InlineData("+351 213 000 111 εσωτ. 12")]
    [InlineData("+351 213 000 111 内線12")]
    [InlineData("+351 213 000 111 转12")]
    [InlineData("+351 213 000 111 내선 12")]
    [InlineData("+351 213 000 111 تحويلة ١٢")]
    [InlineData("+351 213 000 111 שלוחה 12")]
    [InlineData("+351 213 000 111 ต่อ 12")]
    [InlineData("+351 213 000 111 Ext. No. 12")]
    [InlineData("+351 213 000 111 ext. 12 Ana")]
    public void An_extension_is_one_in_whatever_language_it_is_said(string raw)
    {
        Phone.Parse(raw, "PT").Full.ShouldBe("+351213000111 ext. 12");
        Phone.Parse(raw, "PT").MatchKey.ShouldNotBe(Phone.Parse("+351 213 000 111 ramal 13", "PT").MatchKey);
    }

    [Theory]
    [InlineData("912345678 e 913345678")]
    [InlineData("912345678 e 913 345 678")]
    [InlineData("912345678 ramal")]
    [InlineData("912345678 poste restante 12")]
    [InlineData("912345678 quarto 12")]
    [InlineData("912345678 room 12")]
    public void A_word_that_no_extension_follows_is_a_note(string raw) => Phone.Parse(raw, "PT").Full.ShouldBe("+351912345678");

    [Theory]
    [InlineData("971501234567+", "AE", "+971501234567")]
    [InlineData("\u200F972 50-234-5678 +", "PT", "+972502345678")]
    [InlineData("00+351912345678", "PT", "+351912345678")]
    [InlineData("+351+351912345678", "ES", "+351912345678")]
    [InlineData("351 +351 912 345 678", "ES", "+351912345678")]
    [InlineData("079'123'45'67", "CH", "+41791234567")]
    [InlineData("079’123’45’67", "CH", "+41791234567")]
    [InlineData("06·12·34·56·78", "FR", "+33612345678")]
    [InlineData("06•12•34•56•78", "FR", "+33612345678")]
    [InlineData("+351_912_345_678", "PT", "+351912345678")]
    [InlineData("０９０・１２３４・５６７８", "JP", "+819012345678")]
    [InlineData("912345678.0", "PT", "+351912345678")]
    [InlineData("351912345678,00", "PT", "+351912345678")]
    [InlineData("213.000.111,00", "PT", "+351213000111")]
    [InlineData("06.12.34.56.00", "FR", "+33612345600")]
    [InlineData("(0xx11) 98765-4321", "BR", "+5511987654321")]
    [InlineData("+55 (0XX11) 98765-4321", "PT", "+5511987654321")]
    [InlineData("0170-1234567/89", "DE", "+491701234567")]
    [InlineData("912345678 / 913345678", "PT", "+351912345678")]
    [InlineData("0170/1234567", "DE", "+491701234567")]
    public void A_number_is_read_through_what_forms_and_habits_do_to_it(string raw, string region, string full)
    {
        var phone = Phone.Parse(raw, region);
        (phone.Full, phone.Valid).ShouldBe((full, true));
    }

    [Theory]
    [InlineData("1 +34 612345678")]
    [InlineData("+351912345678 +351913345678")]
    [InlineData("34+351912345678")]
    public void Two_numbers_with_a_plus_between_are_refused(string raw) => Phone.Parse(raw, "PT").Possible.ShouldBeFalse();
}
