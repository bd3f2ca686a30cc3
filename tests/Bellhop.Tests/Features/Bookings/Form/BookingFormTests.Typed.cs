using System.Net;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Bookings;

/// <summary>What a guest typed or pasted into the form, read as people write it.</summary>
public sealed partial class BookingFormTests
{
    [Theory, MemberData(nameof(Engines))]
    public async Task A_price_and_a_phone_are_read_as_people_write_them(string engine)
    {
        await using var app = await Start(engine);
        var house = await app.MakeHouse();
        var client = app.Anonymous();
        foreach (
            var (field, value, expected) in new (string, string, string)[]
            {
                ("price", "12,50", "1250 +351912345678"),
                ("price", " 12,5 ", "1250 +351912345678"),
                ("price", "1.234,56", "123456 +351912345678"),
                ("price", "1,234.56", "123456 +351912345678"),
                ("price", "1 234,56", "123456 +351912345678"),
                ("price", "1'234", "123400 +351912345678"),
                ("price", "", "0 +351912345678"),
                ("phone", "912\t345 678", "12050 +351912345678"),
                ("phone", "+351\t912345678\t", "12050 +351912345678"),
                ("phone", "912 345\r\n678", "12050 +351912345678"),
            }
        )
        {
            var form = await Fill(app, client, house.Lisbon);
            form[field] = value;
            using var answer = await client.PostAsync($"/book/{house.Lisbon}", new FormUrlEncodedContent(form));
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"{field}={value}");
            await using var db = app.Open();
            var booking = await db.Bookings.AsNoTracking().OrderByDescending(b => b.Id).FirstAsync();
            $"{booking.Total} {booking.GuestPhone}".ShouldBe(expected, $"{field}={value}");
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_price_that_may_be_either_of_two_is_refused_with_a_sentence_and_kept_in_its_field(string engine)
    {
        await using var app = await Start(engine);
        var house = await app.MakeHouse();
        var client = app.Anonymous();
        var form = await Fill(app, client, house.Lisbon);
        foreach (var price in (string[])["1,234", "12,500", "about 50", "1e3", "--5"])
        {
            form["price"] = price;
            using var answer = await client.PostAsync($"/book/{house.Lisbon}", new FormUrlEncodedContent(form));
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, price);
            var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
            html.ShouldContain("An amount without a separator for thousands, such as 1200.50 or 1200,50.");
            html.ShouldMatch($"id=\"price\"[^>]*value=\"{price}\"[^>]*aria-invalid=\"true\"");
        }

        await using var db = app.Open();
        (await db.Bookings.CountAsync()).ShouldBe(0);
    }
}
