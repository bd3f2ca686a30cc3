using System.Text;
using Bellhop.Features.Channels;

namespace Bellhop.Tests.Features.Channels;

/// <summary>Payment cards are taken out of a message before anything of it is kept.</summary>
public class CardDataTests
{
    [Theory]
    [InlineData("CardNumber='5555555555554444' SeriesCode='737'", "")]
    [InlineData("CardNumber='5555 5555 5555 4444' CVV='737'", "")]
    [InlineData("CardNumber='&#53;555555555554444'", "<SeriesCode><PlainText>737</PlainText></SeriesCode>")]
    [InlineData("", "<CardNumber><PlainText>5555555555554444</PlainText></CardNumber><SeriesCode>737</SeriesCode>")]
    [InlineData("", "<CardNumber><![CDATA[5555-5555-5555-4444]]></CardNumber><!-- 5555555555554444 737 -->")]
    [InlineData("CardNumber='5555555555554445'", "<Text>My card is 5555 5555 5555 4444, CVV 737</Text>")]
    public void No_card_number_and_no_security_code_is_left_in_XML(string attributes, string inside)
    {
        var message = SentMessage.Read(
            Ota(
                $"<RoomStays><RoomStay>{Span}<Guarantee><PaymentCard {attributes}>{inside}</PaymentCard></Guarantee></RoomStay></RoomStays>"
            )
        )!;

        var kept = Encoding.UTF8.GetString(message.Bytes);
        kept.ShouldNotContain("737");
        string.Concat(kept.Where(char.IsAsciiDigit)).ShouldNotContain("55555555555544");
        message.Reservations.ShouldHaveSingleItem().Key.ShouldBe("4111111111111111", "an id is no card");
    }

    [Theory]
    [InlineData("""{"card_number":"4111111111111111","cvv":"737"}""")]
    [InlineData("""{"card":{"number":4111111111111111,"securityCode":737}}""")]
    [InlineData("""{"notes":"\u0034111 1111 1111 1111 cvc: 737"}""")]
    [InlineData("""{"raw_message":"<PaymentCard CardNumber='4111111111111111' SeriesCode='737'/>"}""")]
    [InlineData("""{"4111111111111111":"security code 737"}""")]
    public void No_card_number_and_no_security_code_is_left_in_JSON(string more)
    {
        var body = """{"externalId":"A-1","arrival":"2026-10-02","status":"Confirmed","more":""" + more + "}";

        var kept = Encoding.UTF8.GetString(SentMessage.Read(Encoding.UTF8.GetBytes(body))!.Bytes);
        kept.ShouldNotContain("737");
        string.Concat(kept.Where(char.IsAsciiDigit)).ShouldNotContain("41111111111111");
    }

    [Theory]
    [InlineData("4111\u00A01111\u202F1111\u20111111", "4111\u00A011**\u202F****\u20111111")]
    [InlineData("4111/1111/1111/1111", "4111/11**/****/1111")]
    [InlineData("4111_1111_1111_1111", "4111_11**_****_1111")]
    [InlineData("4111  1111  1111  1111", "4111  11**  ****  1111")]
    [InlineData("4111\n1111\n1111\n1111", "4111\n11**\n****\n1111")]
    [InlineData("４１１１１１１１１１１１１１１１", "４１１１１１******１１１１")]
    [InlineData("3782 822463 10005", "3782 82**** *0005")]
    [InlineData("4222222222222", "422222***2222")]
    public void A_card_number_is_found_however_it_is_written(string text, string masked) => CardNumbers.Masked(text).ShouldBe(masked);

    [Theory]
    [InlineData("+4915123456704")] // passes Luhn's test, as one phone in ten does
    [InlineData("5511999998801")]
    [InlineData("2026-10-02 2026-10-06")]
    [InlineData("600 111 222 / 600 111 002")]
    public void A_phone_or_a_date_is_no_card_number(string text) => CardNumbers.Masked(text).ShouldBe(text);

    [Theory]
    [InlineData("""{"card":{"id":"4111111111111111","number":"4111111111111112","cvv2_code":"737"}}""")]
    [InlineData("""{"guarantee":{"id":4111111111111111,"cvc_number":737}}""")]
    [InlineData("""{"notes":"card 4111_1111_1111_1111 cid 737"}""")]
    public void Within_a_card_no_number_is_an_id(string more)
    {
        var body = """{"externalId":"A-1","arrival":"2026-10-02","status":"Confirmed","more":""" + more + "}";

        var kept = Encoding.UTF8.GetString(SentMessage.Read(Encoding.UTF8.GetBytes(body))!.Bytes);
        kept.ShouldNotContain("737");
        string.Concat(kept.Where(char.IsAsciiDigit)).ShouldNotContain("41111111111111");
    }

    private static byte[] Ota(string inside) =>
        Encoding.UTF8.GetBytes(
            "<OTA_HotelResNotifRQ><HotelReservations><HotelReservation ResStatus='Commit'><UniqueID Type='14' ID='4111111111111111'/>"
                + inside
                + "</HotelReservation></HotelReservations></OTA_HotelResNotifRQ>"
        );

    private const string Span = "<TimeSpan Start='2026-10-02' End='2026-10-04'/>";
}
