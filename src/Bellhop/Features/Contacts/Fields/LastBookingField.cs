using System.Text.Json;
using Bellhop.Data;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Contacts;

/// <summary>The latest counted arrival that is not in the future, else the next one.</summary>
internal static class LastBookingField
{
    public static Column<LastBooking?> Column { get; } =
        new("lastBooking", r => r.LastBooking, Write, Read)
        {
            Sql = ["b.id", "b.reference", "f.last_arrival"],
            OfSeveral =
                "coalesce(max(CASE WHEN last_arrival <= today THEN last_arrival END), min(last_arrival)) AS last_arrival, "
                + "min(last_empty) AS last_empty",
            Sort = new("lastBooking", "f.last_arrival", SortValue.Day, Empty: "f.last_empty", Read: 2),
            Csv = new("lastBooking", "last booking", 11, static (to, row, at) => to.Csv.Day(to.Db.ReadDay(row, at)))
            {
                Sql = "f.last_arrival",
                MayBeEmpty = true,
            },
            Cell = new("last", Write),
        };

    private static LastBooking? Read(GuestReading of, int at) =>
        of.Row.IsDBNull(at) ? null : new(of.Db.ReadId(of.Row, at), of.Row.ReadText(at + 1), of.Db.ReadDay(of.Row, at + 2));

    private static void Write(Utf8JsonWriter json, LastBooking? last)
    {
        if (last is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString("id"u8, last.Id);
        json.WriteString("reference"u8, last.Reference);
        json.WritePropertyName("arrival"u8);
        Json.WriteDay(json, last.Arrival);
        json.WriteEndObject();
    }

    private static void Write(GuestCells to, ContactLine line)
    {
        if (line.Row.LastBooking is not { } last)
        {
            to.Html.Add($"""<td class="last">{GuestCells.Nothing}</td>""");
        }
        else if (to.LinksBookings)
        {
            to.Html.Add(
                $"""<td class="last"><a class="link" href="/bookings/{last.Id}" """
                    + $"""aria-label="{to.BookingOf(line)}">{line.Last}</a></td>"""
            );
        }
        else
        {
            to.Html.Add($"""<td class="last">{line.Last}</td>""");
        }
    }
}
