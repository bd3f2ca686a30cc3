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

    private static byte[] Ota(string inside) =>
        Encoding.UTF8.GetBytes(
            "<OTA_HotelResNotifRQ><HotelReservations><HotelReservation ResStatus='Commit'><UniqueID Type='14' ID='4111111111111111'/>"
                + inside
                + "</HotelReservation></HotelReservations></OTA_HotelResNotifRQ>"
        );

    private const string Span = "<TimeSpan Start='2026-10-02' End='2026-10-04'/>";
}
