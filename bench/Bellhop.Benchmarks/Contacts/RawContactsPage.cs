using System.Buffers;
using System.Data.Common;
using System.Globalization;
using System.Resources;
using System.Text;
using System.Text.Encodings.Web;
using Bellhop.Data;
using Bellhop.Features.Contacts;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Bellhop.Ui;
using Microsoft.AspNetCore.Http;

namespace Bellhop.Benchmarks.Contacts;

/// <summary>
/// The contacts page by hand: the questions ours asks, put to the raw driver; what never changes as bytes, the cards and rows written into
/// the answer one by one.
/// </summary>
internal sealed class RawContactsPage
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private static readonly CultureInfo Culture = CultureInfo.GetCultureInfo("en-GB");
    private static readonly Dictionary<string, string> Sources = Enum.GetNames<Source>()
        .ToDictionary(s => s, s => new ResourceManager(typeof(UiTexts)).GetString("Source." + s, CultureInfo.InvariantCulture)!);

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All);

    private readonly RawDatabase _raw;
    private readonly BellhopDb _forms;
    private readonly RawDatabase.Question _list,
        _house,
        _cards;
    private readonly byte[] _before,
        _between,
        _after;
    private readonly NumberFormatInfo _money;

    /// <param name="ours">Our page, whose frame is taken over as it is.</param>
    public RawContactsPage(RawDatabase raw, BellhopDb forms, SeeOrganization.Row house, RawDatabase.Question list, string ours)
    {
        (_raw, _forms, _list) = (raw, forms, list);
        _house = RawDatabase.Question.Of(SeeOrganization.Question(1), forms);
        _cards = RawDatabase.Question.Of(
            SummarizeContacts.Counters(new(1, null), forms.Now.MonthIn(Clock.Zone(house.TimeZone)!), forms.Now),
            forms
        );
        var (cards, rows) = (Inside(ours, "<section class=\"cards\"", "</section>"), Inside(ours, "<tbody>", "</tbody>"));
        (_before, _between, _after) = (
            Utf8.GetBytes(ours[..cards.Start]),
            Utf8.GetBytes(ours[cards.End..rows.Start]),
            Utf8.GetBytes(ours[rows.End..])
        );
        _money = (NumberFormatInfo)CultureInfo.GetCultureInfo("en-GB").NumberFormat.Clone();
        _money.CurrencySymbol = "€";
    }

    /// <summary>The rows of a page.</summary>
    public static string Rows(string html) => Inside(html, "<tbody>", "</tbody>") is var at ? html[at.Start..at.End] : "";

    public async Task Answer(HttpContext http)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        var to = http.Response.BodyWriter;
        var places = 0;
        await _raw.Use(
            _house,
            async row =>
            {
                while (await row.ReadAsync())
                {
                    places += row.GetString(4).Length > 0 ? 1 : 0;
                }
            }
        );
        var counted = new long[6];
        await _raw.Use(
            _cards,
            async row =>
            {
                while (await row.ReadAsync())
                {
                    counted[row.GetInt32(0)] = row.GetInt64(1);
                }
            }
        );
        to.Write(_before);
        Cards(to, counted);
        to.Write(_between);
        await Rows(to);
        to.Write(_after);
        await to.FlushAsync();
    }

    /// <summary>The rows alone, as they stand in the page.</summary>
    public Task Rows(IBufferWriter<byte> to) => Rows(to, _list);

    /// <summary>Other rows, as they would stand in the page.</summary>
    public Task Rows(IBufferWriter<byte> to, RawDatabase.Question list) =>
        _raw.Use(
            list,
            async row =>
            {
                var text = new StringBuilder(1024);
                for (var i = 0; i < ListContacts.UsualLimit && await row.ReadAsync(); i++)
                {
                    Guest(text.Clear(), row);
                    foreach (var chunk in text.GetChunks())
                    {
                        Utf8.GetBytes(chunk.Span, to);
                    }
                }
            }
        );

    private void Cards(IBufferWriter<byte> to, long[] counted)
    {
        var text = new StringBuilder(1024);
        Card("/contacts", counted[0].ToString("N0", CultureInfo.InvariantCulture), "everyone in your database");
        Card("/contacts?active=true", counted[4].ToString("N0", CultureInfo.InvariantCulture), "61 in house · 153 upcoming");
        Card(
            "/contacts?createdFrom=2026-11-01",
            counted[3].ToString("N0", CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"▲ {counted[3] - counted[5]:N0} on October")
        );
        Card("/contacts?minBookings=1", Money(counted[1] == 0 ? 0 : counted[2] / counted[1]), "per guest with a stay");
        foreach (var chunk in text.GetChunks())
        {
            Utf8.GetBytes(chunk.Span, to);
        }

        void Card(string href, string figure, string sub) =>
            text.Append("<a class=\"card\" href=\"")
                .Append(href)
                .Append("\"><span>Total Contacts</span><strong>")
                .Append(HtmlEncoder.Default.Encode(figure))
                .Append("</strong><em>")
                .Append(HtmlEncoder.Default.Encode(sub))
                .Append("</em></a>");
    }

    private void Guest(StringBuilder to, DbDataReader row)
    {
        var id = _forms.ReadId(row, At.Id);
        var (name, phone, email) = (Text(row, At.Name), Text(row, At.Phone), Text(row, At.Email));
        var shown = phone is null ? null : Phone.Display(phone);
        var called = Encode(name ?? shown ?? email ?? "No name yet");
        to.Append("<tr><td class=\"box\"><label><input type=\"checkbox\" id=\"s-")
            .Append(id)
            .Append("\" data-act=\"select\" aria-label=\"Select ")
            .Append(called)
            .Append("\" /></label></td><td class=\"who\"><div><span class=\"")
            .Append(Avatar.Class(id))
            .Append("\" aria-hidden=\"true\">")
            .Append(Encode(Initials.Of(name)))
            .Append("</span><div><a class=\"open\" id=\"p-")
            .Append(id)
            .Append("\" href=\"/contacts/")
            .Append(id)
            .Append("\">");
        _ = name is null
            ? to.Append("<b class=\"mute\">No name yet</b></a>")
            : to.Append("<b dir=\"auto\">").Append(Encode(name)).Append("</b></a>");
        _ = shown is null
            ? to.Append("<small>no phone yet</small>")
            : to.Append("<small><bdi dir=\"ltr\">").Append(Encode(shown)).Append("</bdi></small>");
        var source = row.GetString(At.Source);
        to.Append("</div></div></td>")
            .Append("<td class=\"from\"><span class=\"src\"><svg aria-hidden=\"true\"><use href=\"" + Icon.Sheet + "#s-")
            .Append(source)
            .Append("\"></use></svg>")
            .Append(Sources[source])
            .Append("</span></td>");
        var (bookings, spent) = (row.GetInt32(At.Bookings), row.GetInt64(At.Spent));
        to.Append("<td class=\"tags\">");
        foreach (var (label, color) in _raw.Labels(row))
        {
            to.Append("<bdi class=\"tag t-").Append(color).Append("\">").Append(Encode(label)).Append("</bdi>");
        }

        to.Append("</td><td class=\"n\">");
        _ = bookings == 0 ? to.Append("<span class=\"mute\">0</span>") : to.Append(bookings.ToString("N0", CultureInfo.InvariantCulture));
        to.Append("</td>")
            .Append("<td class=\"n\">")
            .Append(spent == 0 ? "<span class=\"mute\">" : "<strong>")
            .Append(Encode(Money(spent)))
            .Append(spent == 0 ? "</span>" : "</strong>");
        to.Append("</td>")
            .Append("<td class=\"since\">")
            .Append(_forms.ReadDay(row, At.Since).ToString("MMM yyyy", Culture))
            .Append("</td>")
            .Append("<td class=\"last\">");
        if (row.IsDBNull(At.LastBooking))
        {
            to.Append("<span class=\"mute\">–</span>");
        }
        else
        {
            var day = _forms.ReadDay(row, At.LastBooking + 2).ToString("d MMM yyyy", Culture);
            to.Append("<a class=\"link\" href=\"/bookings/")
                .Append(_forms.ReadId(row, At.LastBooking))
                .Append("\" aria-label=\"Booking of ")
                .Append(called)
                .Append(", arrival ")
                .Append(day)
                .Append("\">")
                .Append(day)
                .Append("</a>");
        }

        to.Append("</td>").Append("<td class=\"rating\">");
        _ = row.IsDBNull(At.Rating)
            ? to.Append("<span class=\"mute\">–</span></td>")
            : to.Append("<span aria-label=\"")
                .Append(row.GetInt16(At.Rating))
                .Append(" of 5 stars\" role=\"img\"><span class=\"star\">★</span> ")
                .Append(row.GetInt16(At.Rating))
                .Append("</span></td>");
        to.Append("<td class=\"acts\"><span>");
        if (phone is not null && Phone.WhatsAppDigits(phone) is { } digits)
        {
            to.Append("<a class=\"icon wa\" href=\"https://wa.me/")
                .Append(digits)
                .Append("\" target=\"_blank\" rel=\"noopener noreferrer\" title=\"WhatsApp\" aria-label=\"WhatsApp to ")
                .Append(called)
                .Append("\"><svg class=\"ico\" aria-hidden=\"true\"><use href=\"" + Icon.Sheet + "#whatsapp\"></use></svg></a>");
        }

        to.Append("<button type=\"button\" class=\"icon\" data-act=\"edit\" id=\"e-")
            .Append(id)
            .Append("\" title=\"Edit\" aria-label=\"Edit ")
            .Append(called)
            .Append(
                "\"><svg class=\"ico\" aria-hidden=\"true\"><use href=\""
                    + Icon.Sheet
                    + "#edit\"></use></svg></button><button "
                    + "type=\"button\" class=\"icon bad\" data-act=\"delete\" id=\"d-"
            )
            .Append(id)
            .Append("\" title=\"Delete\" aria-label=\"Delete ")
            .Append(called)
            .Append("\"><svg class=\"ico\" aria-hidden=\"true\"><use href=\"" + Icon.Sheet)
            .Append("#trash\"></use></svg></button></span></td></tr>");
    }

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static string Encode(string text) => Encoder.Encode(text);

    private string Money(long minor) => (minor / 100m).ToString("C", _money);

    private static (int Start, int End) Inside(string html, string open, string close)
    {
        var start = html.IndexOf('>', html.IndexOf(open, StringComparison.Ordinal)) + 1;
        return (start, html.IndexOf(close, start, StringComparison.Ordinal));
    }
}
