using System.Text;
using System.Text.Json;
using Bellhop.Features.Contacts;
using Bellhop.Features.Loyalty;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using CsCheck;

namespace Bellhop.Tests.Features.Contacts;

public sealed class ContactRowTextTests
{
    private static readonly Gen<string?> Text = Gen.OneOf(
        Gen.Const((string?)null),
        Any<string?>("Ana", "<b>\"José\"\\ & 'Zoë'", "王伟\t\u202E", "😀 \u0001", "", "a/b+c"),
        Gen.String[Gen.Char[' ', '\uD7FF'], 0, 40]!
    );
    private static readonly Gen<DateTime> Instant = Gen.Long[0, 4_102_444_800_000]
        .Select(ms => DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime);
    private static readonly Gen<DateOnly> Day = Gen.Int[0, 1_000_000].Select(DateOnly.FromDayNumber);
    private static readonly Gen<Money> Amount = Gen.Select(Gen.Long[-MoneyInput.Most, MoneyInput.Most], Any("EUR", "JPY", "KWD"))
        .Select((minor, currency) => new Money(minor, currency));

    private static readonly Gen<ContactRow> Row =
        from id in Gen.Guid
        from texts in Text.Array[4]
        from source in Gen.Enum<Source>()
        from home in Gen.Bool
        from tags in Any("VIP", "naïve \"quoted\"", "日本").Array[0, 3]
        from bookings in Gen.Int[0, 5000]
        from spent in Amount
        from days in Day.Array[2]
        from last in Gen.Bool
        from rating in Gen.Int[0, 5]
        from loyal in Gen.Bool
        from at in Instant.Array[2]
        select new ContactRow(
            id,
            texts[0],
            texts[1],
            texts[2],
            source,
            home ? new(id, texts[3] ?? "Harbour") : null,
            tags,
            bookings,
            spent,
            days[0],
            last ? new(id, texts[3], days[1]) : null,
            rating == 0 ? null : rating,
            home != last,
            loyal ? new(LoyaltyTier.Gold, bookings) : null,
            at[0],
            at[1]
        );

    /// <summary>
    /// One shape of a guest everywhere: what writes itself and what the serializer writes (and the description says) are the same bytes.
    /// </summary>
    [Fact]
    public void A_guest_writes_itself_as_the_serializer_would() =>
        Gen.Select(Row.Array[0, 4], Text)
            .Sample(
                (rows, cursor) =>
                {
                    var page = new Page<ContactRow>(rows, cursor);
                    Encoding.UTF8.GetString(FastJson.Bytes(page)).ShouldBe(JsonSerializer.Serialize(page, Json.Options));
                },
                iter: 2000
            );

    [Fact]
    public void What_cannot_be_written_leaves_nothing_to_the_next_answer()
    {
        var half = new Page<object>([new { Id = 1 }, new Unwritable()], null);
        Should.Throw<InvalidOperationException>(() => FastJson.Bytes(half));
        Encoding.UTF8.GetString(FastJson.Bytes(new Page<string>(["whole"], null))).ShouldBe("""{"items":["whole"],"nextCursor":null}""");
    }

    private static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private sealed class Unwritable : IFastJson
    {
        public void Write(Utf8JsonWriter json) => throw new InvalidOperationException();
    }
}
