using System.Text;
using Bellhop.Features.Channels;

namespace Bellhop.Tests.Features.Channels;

/// <summary>Reservations in JSON as one sender or another writes them; without an app.</summary>
public class ReservationJsonTests
{
    // Both pass Luhn's test by chance, as one in ten does.
    private const string LuckyPhone = "4915123456704";
    private const string LuckyId = "4111111111111004";

    [Fact]
    public void A_room_of_Channex_without_an_amount_costs_what_its_days_do()
    {
        var read = One("""{"rooms":[{"days":{"2026-10-02":"10.00","2026-10-03":"11.5"}},{"amount":"9"}],"currency":"EUR"}""");
        (read.Fault, read.Amount).ShouldBe((null, 30.5m));
    }

    [Fact]
    public void The_guests_of_all_rooms_are_counted_where_the_booking_does_not_say_how_many()
    {
        var read = One("""{"rooms":[{"occupancy":{"adults":2,"children":1,"infants":1}},{"occupancy":{"adults":"1","children":0}}]}""");
        (read.Adults, read.Children).ShouldBe((3, 2));
    }

    [Fact]
    public void A_half_character_in_one_name_loses_no_message()
    {
        var read = One("""{"customer":{"name":"Ana\ud83d","surname":"Silva"}}""");
        read.Guest!.Name.ShouldBe("Ana\uFFFD Silva");
    }

    [Fact]
    public void A_dot_in_the_place_of_a_name_is_none_where_a_room_names_its_guest()
    {
        const string Dots = """{"customer":{"name":".","surname":"."},"rooms":[{"guests":ROOM}]}""";
        var read = One(Dots.Replace("ROOM", """[{"name":"Ana","surname":"Silva"}]""", StringComparison.Ordinal));
        (read.Guest!.Name, read.Guest.Others!.Count).ShouldBe(("Ana Silva", 0));
        One(Dots.Replace("ROOM", "[]", StringComparison.Ordinal)).Guest!.Name.ShouldBe(". .");
    }

    [Fact]
    public void A_message_in_another_encoding_than_JSON_has_is_read()
    {
        var body = """{"externalId":"A","status":"Confirmed","arrival":"2026-10-02","departure":"2026-10-04","guest":{"name":"Jörg"}}""";
        foreach (
            var bytes in (byte[][])
                [Encoding.Latin1.GetBytes(body), Encoding.Unicode.GetBytes(body), Encoding.UTF8.GetBytes("\uFEFF" + body)]
        )
        {
            SentMessage.Read(bytes)!.Reservations.ShouldHaveSingleItem().Guest!.Name.ShouldBe("Jörg");
        }
    }

    [Fact]
    public void What_stands_among_reservations_and_is_none_is_refused_by_its_place()
    {
        var message = SentMessage.Read("""{"data":[{"attributes":{"unique_id":"BDC-1"}},{"attributes":null}]}"""u8.ToArray())!;
        message.Reservations.Select(r => (r.Key, r.Fault)).ShouldBe([("BDC-1", null), (null, "no-id")]);
        message = SentMessage.Read("""[{"externalId":"A"},{"foo":1}]"""u8.ToArray())!;
        message.Reservations.Select(r => (r.Key, r.Fault)).ShouldBe([("A", null), (null, "no-id")]);
    }

    [Fact]
    public void Numbers_and_texts_stand_for_one_another()
    {
        var read = Read(
            """{"externalId":5,"status":"Confirmed","guest":{"name":"Ana","phone":351912345678},"adults":"2","children":1.0}"""
        );
        (read.Key, read.Guest!.Phone, read.Adults, read.Children).ShouldBe(("5", "351912345678", 2, 1));
        Read("""{"externalId":"A","status":7}""").Fault.ShouldBe("unknown-status");
        Read("""{"externalId":"A","status":"Confirmed","adults":99999999999}""").Adults.ShouldBeNull();
    }

    [Fact]
    public void An_id_or_a_phone_that_looks_like_a_card_number_stays_as_it_is()
    {
        var own = Read(
            $$$"""{"externalId":"{{{LuckyId}}}","reference":"{{{LuckyId}}}","status":"Confirmed","""
                + $$$""" "guest":{"name":"A","phone":"{{{LuckyPhone}}}"}}"""
        );
        (own.Key, own.Reference, own.Guest!.Phone).ShouldBe((LuckyId, LuckyId, LuckyPhone));
        var channex = One($$$"""{"customer":{"name":"A","phone":"{{{LuckyPhone}}}"},"ota_reservation_code":"{{{LuckyId}}}"}""");
        (channex.Reference, channex.Guest!.Phone).ShouldBe((LuckyId, LuckyPhone));
    }

    private static SentReservation One(string attributes) =>
        Read(
            """{"data":{"attributes":{"unique_id":"BDC-1","status":"new","arrival_date":"2026-10-02","departure_date":"2026-10-04","""
                + attributes[1..]
                + "}}"
        );

    private static SentReservation Read(string body) => SentMessage.Read(Encoding.UTF8.GetBytes(body))!.Reservations.ShouldHaveSingleItem();
}
