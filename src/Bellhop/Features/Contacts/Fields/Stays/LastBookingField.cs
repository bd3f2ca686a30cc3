using System.Text.Json;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Contacts;

/// <summary>The latest counted arrival that is not in the future. When there is none, the next arrival.</summary>
internal static class LastBookingField
{
    private static readonly GuestColumn LastArrival = GuestColumn.Figure("last_arrival"),
        Empty = GuestColumn.Figure("last_empty");

    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText Reference = JsonEncodedText.Encode("reference");
    private static readonly JsonEncodedText Arrival = JsonEncodedText.Encode("arrival");

    public static Column<LastBooking?> Column { get; } =
        new("lastBooking", r => r.LastBooking, Write, Read)
        {
            Reads = [new("b", "id"), new("b", "reference"), LastArrival],
            OfSeveral =
                $"coalesce(max(CASE WHEN last_arrival <= today THEN last_arrival END), min(last_arrival)) AS last_arrival, "
                + $"min(last_empty) AS last_empty",
            FirstOfSeveral =
                $"last_empty, CASE WHEN last_arrival <= today THEN 0 ELSE 1 END, "
                + $"CASE WHEN last_arrival <= today THEN last_arrival END DESC, last_arrival",
            Sort = new("lastBooking", LastArrival, SortValue.Day, Empty),
            Csv = new("lastBooking", "last booking", 11, static (to, row) => to.Csv.Day(row.Day()))
            {
                Sql = LastArrival.Over,
                MayBeEmpty = true,
            },
            Cell = new("last", Write),
        };

    public static Parameter<DateOnly?> From { get; } =
        new("lastStayFrom", f => f.LastStayFrom, (f, v) => f with { LastStayFrom = v }, ParameterKinds.Day) { OfApi = true, Place = 0 };

    public static Parameter<DateOnly?> To { get; } =
        new("lastStayTo", f => f.LastStayTo, (f, v) => f with { LastStayTo = v }, ParameterKinds.Day) { OfApi = true, Place = 0 };

    public static Parameter<int?> WithinDays { get; } =
        new("lastStayWithinDays", f => f.LastStayWithinDays, (f, v) => f with { LastStayWithinDays = v }, Days) { Place = 6 };

    public static Parameter<int?> BeforeDays { get; } =
        new("lastStayBeforeDays", f => f.LastStayBeforeDays, (f, v) => f with { LastStayBeforeDays = v }, Days) { Place = 6 };

    public static Test First { get; } = new(LastArrival, (arrival, first) => $"{arrival} >= {first}");
    public static Test Last { get; } = new(LastArrival, (arrival, last) => $"{arrival} <= {last}");

    public static Condition Condition { get; } =
        new("lastStay", From, To)
        {
            Chip = (f, say) => say.Span(f.LastStayFrom, f.LastStayTo),
            Editor = PairEditor.Days("l", From, To),
            Kind = "Stay",
            KindPlace = 12,
            Range = new FilterRange<DateOnly>(From, To),
            Tests = [First, Last],
            Start = new(LastArrival, Empty, First, Last),
            Ask = static of =>
            {
                of.Take(First, of.Filter.LastStayFrom);
                of.Take(Last, of.Filter.LastStayTo);
            },
        };

    public static Condition Within { get; } =
        new("lastStayWithin", WithinDays)
        {
            Chip = (f, say) => say.Days("F.Within", f.LastStayWithinDays!.Value),
            Editor = new DaysEditor("ld", WithinDays),
            InPanel = false,
            Kind = "StayWithin",
            KindPlace = 10,
            Begin = new(LastStayWithinDays: 30),
            NeedsHouse = true,
            AsOf = static (f, today) =>
                f with
                {
                    LastStayFrom = RelativeDays.Later(f.LastStayFrom, RelativeDays.Ago(today, f.LastStayWithinDays)),
                    LastStayTo = RelativeDays.Earlier(f.LastStayTo, f.LastStayWithinDays is null ? null : today),
                    LastStayWithinDays = null,
                },
        };

    public static Condition Before { get; } =
        new("lastStayBefore", BeforeDays)
        {
            Chip = (f, say) => say.Days("F.Before", f.LastStayBeforeDays!.Value),
            Editor = new DaysEditor("lb", BeforeDays),
            InPanel = false,
            Kind = "StayBefore",
            KindPlace = 11,
            Begin = new(LastStayBeforeDays: 180),
            NeedsHouse = true,
            AsOf = static (f, today) =>
                f with
                {
                    LastStayTo = RelativeDays.Earlier(f.LastStayTo, RelativeDays.Ago(today, f.LastStayBeforeDays + 1)),
                    LastStayBeforeDays = null,
                },
        };

    private static ParameterKind<int?> Days => ParameterKinds.Whole(0, ContactFilter.DaysMost);

    private static LastBooking? Read(GuestReading of)
    {
        if (!of.Row.IsNull)
        {
            return new(of.Row.Id(), of.Row.TextOrNull(), of.Row.Day());
        }

        of.Row.Skip(Column.Reads.Count);
        return null;
    }

    private static void Write(Utf8JsonWriter json, LastBooking? last)
    {
        if (last is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString(Id, last.Id);
        json.WriteString(Reference, last.Reference);
        json.WritePropertyName(Arrival);
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
