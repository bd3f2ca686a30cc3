using System.Globalization;
using System.Text;
using Bellhop.Features.Channels;
using Bellhop.Platform;

namespace Bellhop.Tests.Features.Channels;

/// <summary>OpenTravel's XML as one sender or another writes it; without an app.</summary>
public class OtaVariantTests
{
    private const string Span = "<TimeSpan Start='2026-10-02' End='2026-10-04'/>";

    [Fact]
    public void Nights_with_prices_and_no_time_span_give_the_stay_and_its_total()
    {
        static string Night(string day) =>
            $"<RoomRate EffectiveDate='{day}'><Rates><Rate><Total DecimalPlaces='2' AmountAfterTax='4550' CurrencyCode='EUR'/>"
            + "</Rate></Rates></RoomRate>";

        var read = One($"<RoomStays><RoomStay><RoomRates>{Night("2026-07-16")}{Night("2026-07-17")}</RoomRates></RoomStay></RoomStays>");

        read.Fault.ShouldBeNull();
        (read.Arrival, read.Departure, read.Amount, read.Currency).ShouldBe((Day("2026-07-16"), Day("2026-07-18"), 91m, "EUR"));
    }

    [Theory]
    [InlineData("<RoomRate><Total AmountAfterTax='110'/></RoomRate>", 110)]
    [InlineData(
        "<RoomRate><Rates><Rate EffectiveDate='2026-10-02' ExpireDate='2026-10-03'><Base AmountAfterTax='50'/></Rate>"
            + "<Rate EffectiveDate='2026-10-03' ExpireDate='2026-10-04'><Base AmountAfterTax='60'/></Rate></Rates></RoomRate>",
        110
    )]
    [InlineData(
        "<RoomRate><Rates><Rate EffectiveDate='2026-10-02' ExpireDate='2026-10-04' RateTimeUnit='Day' UnitMultiplier='1'>"
            + "<Base AmountAfterTax='55'/></Rate></Rates></RoomRate>",
        110
    )]
    [InlineData(
        "<RoomRate><Rates><Rate EffectiveDate='2026-10-02' ExpireDate='2026-10-04' RateTimeUnit='Day' UnitMultiplier='2'>"
            + "<Base AmountAfterTax='55'/><Total AmountAfterTax='110'/></Rate></Rates></RoomRate>",
        110
    )]
    public void A_room_without_a_total_costs_what_its_nights_do(string rates, double amount)
    {
        var read = One(
            $"<RoomStays><RoomStay>{Span}<RoomRates>{rates}</RoomRates></RoomStay></RoomStays>"
                + "<ResGlobalInfo><Total CurrencyCode='EUR'/></ResGlobalInfo>"
        );
        (read.Fault, read.Amount, read.Currency).ShouldBe((null, (decimal)amount, "EUR"));
    }

    [Fact]
    public void The_currency_may_stand_with_another_amount_of_the_reservation_if_it_is_the_only_one()
    {
        static string Stay(string other) =>
            $"<RoomStays><RoomStay>{Span}<RoomRates><RoomRate><Rates><Rate><Base AmountAfterTax='50' CurrencyCode='EUR'/>"
            + $"{other}</Rate></Rates></RoomRate></RoomRates><Total AmountAfterTax='100'/></RoomStay></RoomStays>";

        (One(Stay("")).Amount, One(Stay("")).Currency).ShouldBe((100, "EUR"));
        One(Stay("<Total AmountAfterTax='60' CurrencyCode='USD'/>")).Fault.ShouldBe("bad-total");
    }

    [Theory]
    [InlineData("Start='2026-10-02' Duration='P4N'")]
    [InlineData("Start='2026-10-02' Duration='P4D'")]
    [InlineData("Start='2026-10-02' Duration='P0Y0M4DT0H0M0.000S'")]
    [InlineData("Start='2026-10-02' Duration='PT96H'")]
    [InlineData("Start='2026-10-02' Duration='4'")]
    [InlineData("End='2026-10-06' Duration='P4N'")]
    [InlineData("Start='2026-10-02+02:00' End='2026-10-06Z'")]
    [InlineData("Start='2026-10-02T15:00:00+02:00' End='2026-10-06T11:00:00+02:00'")]
    public void A_time_span_is_read_as_senders_write_it(string span)
    {
        var read = One($"<RoomStays><RoomStay><TimeSpan {span}/></RoomStay></RoomStays>");
        (read.Fault, read.Arrival, read.Departure).ShouldBe((null, Day("2026-10-02"), Day("2026-10-06")));
    }

    [Fact]
    public void A_stay_beyond_the_last_day_refuses_its_own_reservation_alone()
    {
        var message = SentMessage.Read(
            Message(
                "<HotelReservation><UniqueID Type='14' ID='A'/><RoomStays><RoomStay><TimeSpan Start='9999-12-30' Duration='P9N'/>"
                    + "</RoomStay>"
                    + $"</RoomStays></HotelReservation><HotelReservation><UniqueID Type='14' ID='B'/><RoomStays><RoomStay>{Span}</RoomStay>"
                    + "</RoomStays></HotelReservation>"
            )
        )!;
        message.Reservations.Select(r => (r.Key, r.Fault)).ShouldBe([("A", "bad-dates"), ("B", null)]);
    }

    [Theory]
    [InlineData("AmountAfterTax='1.234,56'", 1234.56)]
    [InlineData("AmountAfterTax='1,234.56'", 1234.56)]
    [InlineData("AmountAfterTax='12.345.678,9'", 12345678.90)]
    [InlineData("AmountAfterTax='120,50'", 120.50)]
    [InlineData("AmountAfterTax='-85,00'", -85)]
    [InlineData("AmountAfterTax='85,00' DecimalPlaces='2'", 85)]
    [InlineData("AmountAfterTax='1234.56'", 1234.56)]
    [InlineData("AmountAfterTax='1 234,56'", 1234.56)]
    [InlineData("AmountAfterTax='1\u00A0234'", 1234)]
    [InlineData("AmountAfterTax=\"1'234.56\"", 1234.56)]
    public void An_amount_is_read_as_senders_of_other_countries_format_it(string total, double amount)
    {
        var read = One($"<RoomStays><RoomStay>{Span}<Total {total} CurrencyCode='EUR'/></RoomStay></RoomStays>");
        (read.Fault, read.Amount).ShouldBe((null, (decimal)amount));
    }

    [Theory]
    [InlineData("1,234")]
    [InlineData("1.23,456")]
    [InlineData("1,2,3")]
    [InlineData("12,34.56")]
    [InlineData("1.234,")]
    [InlineData("12 34")]
    [InlineData("1 234 56")]
    public void An_amount_that_may_be_either_of_two_is_not_guessed(string amount) =>
        One($"<RoomStays><RoomStay>{Span}<Total AmountAfterTax='{amount}' CurrencyCode='EUR'/></RoomStay></RoomStays>")
            .Fault.ShouldBe("bad-total");

    [Fact]
    public void A_day_in_the_place_of_an_instant_orders_the_changes_and_says_when_it_was_written()
    {
        var (first, second) = (One("", "LastModifyDateTime='2026-09-01'"), One("", "LastModifyDateTime='2026-09-02T00:00:01Z'"));
        first.Revision!.Value.ShouldBeLessThan(second.Revision!.Value);
        first.WrittenAt.ShouldBe(new DateTime(2026, 9, 1, 12, 0, 0, DateTimeKind.Utc));
        One("", "CreateDateTime='2026-09-01'").BookedAt.ShouldBe(first.WrittenAt);
        One("", "CreateDateTime='soon'").BookedAt.ShouldBeNull();
    }

    [Theory]
    [InlineData("<Taxes Amount='500'/>", 85)]
    [InlineData("<Taxes Amount='500'><Tax Amount='300'/><Tax Amount='200'/></Taxes>", 85)]
    [InlineData("<Taxes><Tax Amount='300'/><Tax Amount='2.00' Type='Exclusive'/><Tax Amount='700' Type='Inclusive'/></Taxes>", 85)]
    [InlineData("<Taxes><Tax Percent='7'/></Taxes>", 80)]
    public void Taxes_that_are_not_in_the_amount_are_added_to_it(string taxes, double amount)
    {
        var total = $"<Total AmountBeforeTax='8000' DecimalPlaces='2' CurrencyCode='EUR'>{taxes}</Total>";
        One($"<RoomStays><RoomStay>{Span}{total}</RoomStay></RoomStays>").Amount.ShouldBe((decimal)amount);
    }

    [Theory]
    [InlineData("<TimeSpan Start='04/10/2026' End='02/10/2026'/>")]
    [InlineData("<TimeSpan Start='2026-10-04' End='2026-10-02'/>")]
    [InlineData(Span + "<Total AmountAfterTax='1,234'/>")]
    public void A_cancellation_is_taken_whatever_else_of_it_cannot_be_read(string room)
    {
        var cancelled = One($"<RoomStays><RoomStay>{room}</RoomStay></RoomStays>", "ResStatus='Cancel'");
        (cancelled.Fault, cancelled.State, cancelled.Amount).ShouldBe((null, SentState.Cancelled, null));
        One($"<RoomStays><RoomStay>{room}</RoomStay></RoomStays>").Fault.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("", "Cancel", SentState.Cancelled, null)]
    [InlineData("ResStatus='Reserved'", "Cancel", SentState.Cancelled, null)]
    [InlineData("", "Modify", SentState.Confirmed, null)]
    [InlineData("", "Whatever", SentState.Confirmed, "unknown-status")]
    [InlineData("ResStatus='Request denied'", "Commit", SentState.Cancelled, null)]
    [InlineData("ResStatus='Tentative'", "Commit", SentState.Hold, null)]
    [InlineData("ResStatus='CommitOverrideEdits'", "Commit", SentState.Confirmed, null)]
    public void The_message_says_what_is_done_where_the_reservation_does_not(string status, string message, SentState state, string? fault)
    {
        var read = SentMessage
            .Read(
                Encoding.UTF8.GetBytes(
                    $"<OTA_HotelResNotifRQ ResStatus='{message}'><HotelReservations><HotelReservation {status}><UniqueID Type='14' ID='A'/>"
                        + "</HotelReservation></HotelReservations></OTA_HotelResNotifRQ>"
                )
            )!
            .Reservations.ShouldHaveSingleItem();
        (read.State, read.Fault).ShouldBe((state, fault));
    }

    [Theory]
    [InlineData("CountryAccessCode='34' PhoneNumber='0034600111222'", "0034600111222")]
    [InlineData("CountryAccessCode='34' PhoneNumber='34600111222'", "+34600111222")]
    [InlineData("CountryAccessCode='ES' PhoneNumber='600111222'", "+34600111222")]
    [InlineData("CountryAccessCode='0034' PhoneNumber='600 111 222'", "+34 600 111 222")]
    [InlineData("CountryAccessCode='49' AreaCityCode='030' PhoneNumber='1234567'", "+49 030 1234567")]
    [InlineData("CountryAccessCode='49' AreaCityCode='030' PhoneNumber='1234567' Extension='22'", "+49 030 1234567 ext. 22")]
    [InlineData("PhoneNumber='+34913000111' Extension='22'", "+34913000111 ext. 22")]
    public void A_country_code_that_stands_in_the_number_too_or_is_a_country_is_understood(string telephone, string phone)
    {
        var read = One(
            Guests($"<ResGuest>{Customer($"<PersonName><Surname>Z</Surname></PersonName><Telephone {telephone}/>")}</ResGuest>")
        );
        read.Guest!.Phone.ShouldBe(phone);
        Phone.Parse(read.Guest.Phone, "PT").Possible.ShouldBeTrue();
    }

    [Fact]
    public void The_mobile_number_is_the_guests_and_a_fax_or_the_one_who_is_called_in_need_is_not()
    {
        var read = One(
            Guests(
                "<ResGuest>"
                    + Customer(
                        "<PersonName><Surname>Z</Surname></PersonName><Telephone PhoneTechType='Fax' PhoneNumber='+34911111111'/>"
                            + "<Telephone PhoneUseType='1' PhoneNumber='+34922222222'/><Telephone PhoneNumber='+34933333333'/>"
                            + "<Telephone PhoneTechType='Mobile' PhoneNumber='+34600111222'/>"
                    )
                    + "</ResGuest>"
            )
        );
        read.Guest!.Phone.ShouldBe("+34600111222");
    }

    [Theory]
    [InlineData("<ResGuest ResGuestRPH='1'>{0}</ResGuest><ResGuest ResGuestRPH='2' PrimaryIndicator='True'>{1}</ResGuest>", "")]
    [InlineData("<ResGuest ResGuestRPH='1'>{0}</ResGuest><ResGuest ResGuestRPH='2'>{1}</ResGuest>", "<ResGuestRPH RPH='2'/>")]
    [InlineData("<ResGuest ResGuestRPH='1' AgeQualifyingCode='8'>{0}</ResGuest><ResGuest ResGuestRPH='2'>{1}</ResGuest>", "")]
    public void The_guest_is_the_one_whom_the_message_points_at_and_no_child(string guests, string place)
    {
        var read = One(
            $"<RoomStays><RoomStay>{Span}<ResGuestRPHs>{place}</ResGuestRPHs></RoomStay></RoomStays>"
                + Guests(string.Format(CultureInfo.InvariantCulture, guests, Person("One"), Person("Two")))
        );
        read.Guest!.Name.ShouldBe("Two");
        read.Guest.Others.ShouldBe(["One"]);
    }

    [Fact]
    public void A_profile_without_the_element_around_it_is_found() =>
        One(
            Guests(
                "<ResGuest><Profiles><Profile><Customer><PersonName><Surname>Bare</Surname></PersonName></Customer></Profile>"
                    + "</Profiles></ResGuest>"
            )
        )
            .Guest!.Name.ShouldBe("Bare");

    [Theory]
    [InlineData("utf-8", "utf-8", true)]
    [InlineData("utf-16", "utf-8", false)]
    [InlineData("utf8", "utf-8", false)]
    [InlineData("utf-16", "utf-16", true)]
    [InlineData("utf-16", "utf-16", false)]
    [InlineData("ISO-8859-1", "windows-1252", false)]
    [InlineData("windows-1252", "windows-1252", false)]
    [InlineData("utf-8", "windows-1252", false)]
    public void The_bytes_decide_how_a_message_is_read_before_what_it_says_of_itself(string said, string real, bool marked)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(real) ?? Encoding.GetEncoding(real);
        var text =
            $"\n<?xml version=\"1.0\" encoding=\"{said}\"?><OTA_HotelResNotifRQ><HotelReservations><HotelReservation>"
            + $"<UniqueID Type='14' ID='A'/>{Guests($"<ResGuest>{Person("Jörg Müller")}</ResGuest>")}"
            + "</HotelReservation></HotelReservations>"
            + "</OTA_HotelResNotifRQ>";
        byte[] body = [.. marked ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];

        var read = SentMessage.Read(body)!.Reservations.ShouldHaveSingleItem();
        read.Guest!.Name.ShouldBe("Jörg Müller");
    }

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Guests(string inside) => $"<ResGuests>{inside}</ResGuests>";

    private static string Customer(string inside) =>
        $"<Profiles><ProfileInfo><Profile><Customer>{inside}</Customer></Profile></ProfileInfo></Profiles>";

    private static string Person(string name) => Customer($"<PersonName><Surname>{name}</Surname></PersonName>");

    private static byte[] Message(string reservations) =>
        Encoding.UTF8.GetBytes(
            "<OTA_HotelResNotifRQ xmlns='http://www.opentravel.org/OTA/2003/05'><HotelReservations>"
                + reservations
                + "</HotelReservations></OTA_HotelResNotifRQ>"
        );

    private static SentReservation One(string inside, string status = "") =>
        SentMessage
            .Read(Message($"<HotelReservation {status}><UniqueID Type='14' ID='A'/>{inside}</HotelReservation>"))!
            .Reservations.ShouldHaveSingleItem();
}
