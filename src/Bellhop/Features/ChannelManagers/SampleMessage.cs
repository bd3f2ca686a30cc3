using Bellhop.Platform;

namespace Bellhop.Features.ChannelManagers;

/// <summary>A small message in each form that is read, about a stay in a week. Its guest does not exist.</summary>
public static class SampleMessage
{
    /// <summary>The forms, as pages and the API name them.</summary>
    public static IReadOnlyList<string> Forms { get; } = ["ota", "alpineBits", "channex", "apaleo", "own"];

    /// <summary>The sample of a form.</summary>
    /// <param name="today">Today where the stay is.</param>
    internal static string Of(string form, DateOnly today)
    {
        var (from, to) = (today.AddDays(7).Iso(), today.AddDays(9).Iso());
        return form switch
        {
            "ota" => $"""
                <OTA_HotelResNotifRQ xmlns="http://www.opentravel.org/OTA/2003/05">
                  <HotelReservations>{OtaReservation("Commit", from, to)}</HotelReservations>
                </OTA_HotelResNotifRQ>
                """,
            "alpineBits" => $"""
                <OTA_ResRetrieveRS xmlns="http://www.opentravel.org/OTA/2003/05" Version="7.000">
                  <Success/>
                  <ReservationsList>{OtaReservation("Requested", from, to)}</ReservationsList>
                </OTA_ResRetrieveRS>
                """,
            "channex" => $$"""
                {
                  "data": {
                    "type": "booking_revision",
                    "attributes": {
                      "unique_id": "BDC-SAMPLE", "ota_reservation_code": "SAMPLE", "ota_name": "BookingCom", "status": "new",
                      "arrival_date": "{{from}}", "departure_date": "{{to}}", "currency": "EUR", "amount": "120.00",
                      "customer": { "name": "Sample", "surname": "Guest", "mail": "sample.guest@guest.booking.com" },
                      "occupancy": { "adults": 2, "children": 0 }, "rooms": []
                    }
                  }
                }
                """,
            "apaleo" => $$"""
                {
                  "id": "SAMPLE-1", "status": "Confirmed", "arrival": "{{from}}T15:00:00Z", "departure": "{{to}}T11:00:00Z", "adults": 2,
                  "primaryGuest": { "firstName": "Sample", "lastName": "Guest", "email": "sample.guest@example.com" },
                  "totalGrossAmount": { "amount": 120, "currency": "EUR" }
                }
                """,
            _ => $$"""
                {
                  "source": "BookingCom", "externalId": "SAMPLE-1", "status": "Confirmed", "arrival": "{{from}}", "departure": "{{to}}",
                  "total": { "amount": 120.00, "currency": "EUR" },
                  "guest": { "name": "Sample Guest", "email": "sample.guest@example.com" }, "adults": 2
                }
                """,
        };
    }

    private static string OtaReservation(string status, string from, string to) =>
        $"""
            <HotelReservation ResStatus="{status}">
              <UniqueID Type="14" ID="SAMPLE-1"/>
              <RoomStays><RoomStay>
                <GuestCounts><GuestCount Count="2"/></GuestCounts>
                <TimeSpan Start="{from}" End="{to}"/><Total AmountAfterTax="120.00" CurrencyCode="EUR"/>
              </RoomStay></RoomStays>
              <ResGuests><ResGuest><Profiles><ProfileInfo><Profile><Customer>
                <PersonName><GivenName>Sample</GivenName><Surname>Guest</Surname></PersonName>
                <Email>sample.guest@example.com</Email>
              </Customer></Profile></ProfileInfo></Profiles></ResGuest></ResGuests>
            </HotelReservation>
            """;
}
