using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Bellhop.Features.Channels;
using Bellhop.Platform;

namespace Bellhop.Tests.Features.Channels;

/// <summary>What channel managers send, as records; without an app.</summary>
public class ReservationReadingTests
{
    [Fact]
    public void Every_case_reads_as_it_is_expected()
    {
        foreach (var sample in ReservationCase.All())
        {
            var message = SentMessage.Read(sample.Bytes);
            if (sample.IsRefused)
            {
                message.ShouldBeNull(sample.File);
                continue;
            }

            message!.Reservations.Count.ShouldBe(sample.Expected.Count, sample.File);
            foreach (var (read, expected) in message.Reservations.Zip(sample.Expected))
            {
                Check(read, expected, sample.File);
            }
        }
    }

    private static void Check(SentReservation read, JsonElement expected, string file)
    {
        read.Fault.ShouldBeNull(file);
        read.Key.ShouldBe(ReservationCase.Text(expected, "external_key"), file);
        read.State.ShouldBe(ReservationCase.StateOf(expected), file);
        var guest = expected.GetProperty("guest");
        read.Guest?.Name.ShouldBe(ReservationCase.Text(guest, "name"), file);
        read.Guest?.Email.ShouldBe(ReservationCase.Text(guest, "email"), file);
        if (ReservationCase.Text(guest, "best_phone_e164", "phone_raw", "phone_e164") is { } phone)
        {
            read.Guest!.Phone!.Replace(" ", "", StringComparison.Ordinal).ShouldBe(phone.Replace(" ", "", StringComparison.Ordinal), file);
        }

        if (ReservationCase.Text(guest, "language") is { } language)
        {
            read.Guest!.Language.ShouldBe(language, file);
        }

        if (ReservationCase.Text(guest, "newsletter") is { } newsletter)
        {
            read.Guest!.Newsletter.ShouldBe(newsletter == "newsletter:yes", file);
        }

        var stay = expected.TryGetProperty("stays", out var stays) && stays.GetArrayLength() > 0 ? stays[0] : default;
        var (arrival, departure, amount, currency) =
            stay.ValueKind == JsonValueKind.Array
                ? (
                    stay[0][0].GetString(),
                    stay[0][1].GetString(),
                    stay[1].ValueKind == JsonValueKind.Array ? stay[1][0].GetString() : null,
                    stay[1].ValueKind == JsonValueKind.Array ? stay[1][1].GetString() : null
                )
                : (
                    ReservationCase.Text(expected, "arrival"),
                    ReservationCase.Text(expected, "departure"),
                    ReservationCase.Text(expected, "amount"),
                    ReservationCase.Text(expected, "currency")
                );
        if (arrival is not null)
        {
            (read.Arrival, read.Departure).ShouldBe((Day(arrival), Day(departure!)), file);
        }

        if (amount is not null)
        {
            (read.Amount, read.Currency).ShouldBe((decimal.Parse(amount, CultureInfo.InvariantCulture), currency), file);
        }

        if (ReservationCase.Text(expected, "ota_code") is { } code)
        {
            read.Reference.ShouldBe(code, file);
        }

        if (ReservationCase.Text(expected, "source") is { } source)
        {
            read.Source.ToString().ShouldBe(source, file);
        }

        if (ReservationCase.Text(expected, "guests") is { } guests)
        {
            (read.Adults + read.Children).ToString().ShouldBe(guests, file);
        }
    }

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("AmountAfterTax='8500' DecimalPlaces='2' CurrencyCode='USD'", 85.00, "USD")]
    [InlineData("AmountAfterTax='325.50' DecimalPlaces='2' CurrencyCode='USD'", 325.50, "USD")]
    [InlineData("AmountAfterTax='1000.00' CurrencyCode='JPY'", 1000, "JPY")]
    [InlineData("AmountAfterTax='0' CurrencyCode='eur'", 0, "EUR")]
    [InlineData("AmountAfterTax='99.995' CurrencyCode='EUR'", 100.00, "EUR")]
    public void An_amount_is_read_with_its_decimal_places(string total, double amount, string currency)
    {
        var read = One(Ota($"<RoomStays><RoomStay>{Span}<Total {total}/></RoomStay></RoomStays>"));
        read.Fault.ShouldBeNull();
        (read.Amount, read.Currency).ShouldBe(((decimal)amount, currency));
    }

    [Fact]
    public void The_total_counts_once_and_cancelled_rooms_do_not()
    {
        var room =
            "<RoomStay {0}><RoomTypes><RoomType RoomTypeCode='dorm'/></RoomTypes>"
            + Span
            + "<Total AmountAfterTax='50' CurrencyCode='EUR'/></RoomStay>";
        string Rooms(params string[] states) =>
            $"<RoomStays>{string.Concat(states.Select(s => string.Format(CultureInfo.InvariantCulture, room, s)))}</RoomStays>";

        One(Ota(Rooms("", "", ""))).Amount.ShouldBe(150);
        var left = One(Ota(Rooms("", "RoomStayStatus='Cancelled'", "")));
        (left.Amount, left.Rooms, left.State, left.RoomType).ShouldBe((100, 2, SentState.Confirmed, "dorm"));
        One(Ota(Rooms("", "", "") + "<ResGlobalInfo><Total AmountAfterTax='140' CurrencyCode='EUR'/></ResGlobalInfo>"))
            .Amount.ShouldBe(140);
    }

    [Fact]
    public void The_traveller_is_the_guest_and_the_booker_is_kept_apart()
    {
        var read = One(
            Ota(
                $"""
                <RoomStays><RoomStay>{Span}</RoomStay></RoomStays>
                <ResGuests>
                  <ResGuest><Profiles><ProfileInfo><Profile><Customer>
                    <PersonName><GivenName>Tom</GivenName></PersonName>
                  </Customer></Profile></ProfileInfo></Profiles></ResGuest>
                  <ResGuest PrimaryIndicator="true"><Profiles><ProfileInfo><Profile><Customer>
                    <PersonName><GivenName>Mary</GivenName><Surname>Traveller</Surname></PersonName>
                    <Telephone PhoneTechType="3" PhoneNumber="+49301"/><Telephone PhoneTechType="1" PhoneNumber="+49302"/>
                    <Telephone PhoneTechType="5" CountryAccessCode="49" AreaCityCode="170" PhoneNumber="1234567"/>
                  </Customer></Profile></ProfileInfo></Profiles></ResGuest>
                </ResGuests>
                <ResGlobalInfo><Profiles><ProfileInfo><Profile><Customer>
                  <PersonName><GivenName>Bob</GivenName><Surname>Booker</Surname></PersonName><Email>bob@agency.example</Email>
                </Customer></Profile></ProfileInfo></Profiles></ResGlobalInfo>
                """
            )
        );

        (read.Guest!.Name, read.Guest.Phone, read.Guest.Email).ShouldBe(("Mary Traveller", "+49 170 1234567", null));
        read.Notes.ShouldBe("With: Tom\n\nBooked by: Bob Booker, bob@agency.example");
    }

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]><OTA_HotelResNotifRQ/>")]
    [InlineData("<!DOCTYPE a><OTA_HotelResNotifRQ/>")]
    [InlineData("<OTA_HotelResNotifRQ>")]
    [InlineData("<OTA_HotelResNotifRQ>&b;</OTA_HotelResNotifRQ>")]
    [InlineData("<OTA_HotelAvailNotifRQ/>")]
    [InlineData("<a/><b/>")]
    [InlineData("{\"externalId\":\"1\",\"externalId\":\"2\"}")]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("[1]")]
    public void What_is_no_message_is_not_read(string body) => SentMessage.Read(Encoding.UTF8.GetBytes(body)).ShouldBeNull();

    [Fact]
    public void A_document_that_is_too_deep_is_not_read()
    {
        SentMessage.Read(Encoding.UTF8.GetBytes("<OTA_HotelResNotifRQ>" + string.Concat(Enumerable.Repeat("<a>", 100_000)))).ShouldBeNull();
        SentMessage.Read(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("[", 100_000)))).ShouldBeNull();
    }

    [Fact]
    public void Each_reservation_alone_reads_as_it_does_among_the_others()
    {
        var two = Two;
        var message = SentMessage.Read(Encoding.UTF8.GetBytes(two))!;

        SentMessage.Read(message.Alone(1))!.Reservations.ShouldHaveSingleItem().Key.ShouldBe("B");
        var list = SentMessage.Read(
            """{"data":[{"attributes":{"unique_id":"BDC-1"}},{"attributes":{"unique_id":"EXP-2"}}]}"""u8.ToArray()
        )!;
        var alone = SentMessage.Read(list.Alone(1))!.Reservations.ShouldHaveSingleItem();
        (alone.Key, alone.Source).ShouldBe(("EXP-2", Source.Expedia));
    }

    [Fact]
    public void What_only_says_that_something_changed_is_a_trigger()
    {
        var message = SentMessage.Read(
            """{"event":"booking","payload":{"booking_id":"1","revision_id":"2"},"property_id":"3"}"""u8.ToArray()
        )!;

        (message.IsTrigger, message.Reservations.Count).ShouldBe((true, 0));
    }

    [Fact]
    public async Task The_form_of_AlpineBits_is_unwrapped_compressed_or_not()
    {
        var request = ReservationCase.Of("alpinebits_2020_10_GuestRequests-OTA_ResRetrieveRS-reservation.xml").Bytes;
        byte[] form =
        [
            .. "--x\r\nContent-Disposition: form-data; name=\"action\"\r\n\r\nOTA_HotelResNotif:GuestRequests\r\n"u8,
            .. "--x\r\nContent-Disposition: form-data; name=\"request\"\r\nContent-Type: text/xml\r\n\r\n"u8,
            .. request,
            .. "\r\n--x--\r\n"u8,
        ];
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            await gzip.WriteAsync(form);
        }

        foreach (var (body, encoding) in new[] { (form, (string?)null), (packed.ToArray(), "gzip"), (packed.ToArray(), null) })
        {
            var opened = await SentEnvelope.Open(body, "multipart/form-data; boundary=x", encoding, default);
            opened!.Action.ShouldBe("OTA_HotelResNotif:GuestRequests");
            SentMessage.Read(opened.Message)!.Reservations.ShouldHaveSingleItem().Guest!.Name.ShouldBe("Otto Mustermann");
        }

        (await SentEnvelope.Open([0x1F, 0x8B, 1, 2, 3], "application/xml", null, default)).ShouldBeNull();
        (await SentEnvelope.Open(Bomb(), "application/xml", "gzip", default)).ShouldBeNull();
    }

    private static byte[] Bomb()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
        {
            gzip.Write(new byte[SentEnvelope.MostBytes + 1]);
        }

        return packed.ToArray();
    }

    [Fact]
    public void The_answer_names_each_as_taken_or_refused()
    {
        var message = SentMessage.Read(Encoding.UTF8.GetBytes(Two))!;

        var (body, mediaType) = SentAnswer.Write(
            message,
            [new(message.Reservations[0]), new(message.Reservations[1], "no-stay", "No days")]
        );

        mediaType.ShouldStartWith("application/xml");
        Encoding
            .UTF8.GetString(body)
            .ShouldBe(
                """<?xml version="1.0" encoding="utf-8"?><OTA_HotelResNotifRS Version="7.000" """
                    + "xmlns=\"http://www.opentravel.org/OTA/2003/05\"><Success /><Warnings>"
                    + "<Warning Type=\"3\" Code=\"450\" RecordID=\"B\">No days</Warning></Warnings><HotelReservations>"
                    + "<HotelReservation><UniqueID Type=\"14\" ID=\"A\" /></HotelReservation></HotelReservations></OTA_HotelResNotifRS>"
            );
    }

    private static readonly string Two =
        $"<OTA_HotelResNotifRQ><HotelReservations>{Reservation("A", "")}{Reservation("B", "")}</HotelReservations></OTA_HotelResNotifRQ>";

    private const string Span = "<TimeSpan Start='2026-10-02' End='2026-10-04'/>";

    private static string Reservation(string id, string inside) =>
        $"<HotelReservation ResStatus='Commit'><UniqueID Type='14' ID='{id}'/>{inside}</HotelReservation>";

    private static byte[] Ota(string inside) =>
        Encoding.UTF8.GetBytes(
            $"<OTA_HotelResNotifRQ xmlns='http://www.opentravel.org/OTA/2003/05'><HotelReservations>"
                + $"{Reservation("4111111111111111", inside)}</HotelReservations></OTA_HotelResNotifRQ>"
        );

    private static SentReservation One(byte[] body) => SentMessage.Read(body)!.Reservations.ShouldHaveSingleItem();
}
