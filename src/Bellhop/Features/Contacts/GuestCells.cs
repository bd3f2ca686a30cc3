using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Bellhop.Platform;
using Bellhop.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Bellhop.Features.Contacts;

/// <summary>
/// A guest's cells as text, written once a guest: the framework then carries one piece a row where it would carry sixty. Whatever is not a
/// constant goes through
/// <see cref="Text"/>, which encodes it. What is pressed in a row is told by <see cref="RowAction"/>.
/// </summary>
internal sealed class GuestCells
{
    private const int TagsShown = 3;
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly Dictionary<ContactLine, MarkupString> _written = new(ReferenceEqualityComparer.Instance);
    private readonly StringBuilder _to = new(2048);
    private readonly (bool Edit, bool Delete, bool SeeBookings) _may;
    private readonly IStringLocalizer _texts;
    private readonly Dictionary<Source, string> _sources;
    private readonly CompositeFormat _editOf,
        _deleteOf,
        _whatsAppTo,
        _lastOf;
    private readonly string _noName,
        _noPhone,
        _whatsApp,
        _edit,
        _delete,
        _query;

    public GuestCells(
        ContactsAddress address,
        bool mayEdit,
        bool mayDelete,
        bool maySeeBookings,
        IStringLocalizer<ContactsPageTexts> texts,
        IStringLocalizer<UiTexts> words
    )
    {
        (_may, _texts) = ((mayEdit, mayDelete, maySeeBookings), texts);
        _sources = Enum.GetValues<Source>().ToDictionary(s => s, s => Encoder.Encode(words["Source." + s]));
        (_noName, _noPhone, _whatsApp, _edit, _delete) = (
            One("Row.NoName"),
            One("Row.NoPhone"),
            One("WhatsApp"),
            One("Edit"),
            One("Delete")
        );
        (_editOf, _deleteOf, _whatsAppTo, _lastOf) = (Form("Row.Edit"), Form("Row.Delete"), Form("Row.WhatsApp"), Form("Row.Last"));
        _query = Encoder.Encode(address.Closed.Write()[ContactsAddress.Path.Length..]);

        string One(string name) => Encoder.Encode(texts[name]);
        CompositeFormat Form(string name) => CompositeFormat.Parse(One(name));
    }

    /// <summary>How many guests are written.</summary>
    public int Count => _written.Count;

    /// <summary>Every cell of the row but the box before it.</summary>
    public MarkupString Of(ContactLine line)
    {
        if (!_written.TryGetValue(line, out var cells))
        {
            _to.Clear();
            Write(line);
            _written[line] = cells = new(_to.ToString());
        }

        return cells;
    }

    private void Write(ContactLine line)
    {
        var row = line.Row;
        var called = line.Called is { } known ? Encoder.Encode(known) : _noName;
        Who(line);
        Add("<td class=\"from\"><span class=\"src\"><svg aria-hidden=\"true\"><use href=\"")
            .Add(Icon.Sheet)
            .Add("#s-")
            .Add(row.Source.ToString())
            .Add("\"></use></svg>")
            .Add(_sources[row.Source])
            .Add("</span></td>");
        Tags(row);
        Figure(row.Bookings == 0, false, Show.Number(row.Bookings));
        Figure(row.TotalSpent.Minor == 0, true, line.Spent);
        Add("<td class=\"since\">").Text(line.Since).Add("</td>");
        Last(line, called);
        Add("<td class=\"rating\">");
        _ = row.Rating is { } stars
            ? Add("<span aria-label=\"")
                .Text(_texts["Row.Rating", stars])
                .Add("\" role=\"img\"><span class=\"star\">★</span> ")
                .Text(Show.Number(stars))
                .Add("</span></td>")
            : Add("<span class=\"mute\">–</span></td>");
        Actions(line, called);
    }

    private void Who(ContactLine line)
    {
        var row = line.Row;
        Add("<td class=\"who\"><div><span class=\"")
            .Add(line.Avatar)
            .Add("\" aria-hidden=\"true\">")
            .Text(line.Initials)
            .Add("</span><div><a class=\"open\" id=\"p-")
            .Add(row.Id)
            .Add("\" href=\"/contacts/")
            .Add(row.Id)
            .Add(_query)
            .Add("\">");
        _ = row.Name is null ? Add("<b class=\"mute\">").Add(_noName) : Add("<b dir=\"auto\">").Text(row.Name);
        Add("</b></a><small>");
        _ = line.Phone is null ? Add(_noPhone) : Add("<bdi dir=\"ltr\">").Text(line.Phone).Add("</bdi>");
        Add("</small></div></div></td>");
    }

    private void Tags(ContactRow row)
    {
        Add("<td class=\"tags\">");
        foreach (var tag in row.Labels.Take(TagsShown))
        {
            Add("<bdi class=\"tag t-").Add(tag.Color.ToString()).Add("\">").Text(tag.Name).Add("</bdi>");
        }

        if (row.Labels.Count > TagsShown)
        {
            Add("<span class=\"mute\" title=\"")
                .Text(string.Join(", ", row.Tags.Skip(TagsShown)))
                .Add("\">")
                .Text(_texts["Row.Tags.More", Show.Number(row.Labels.Count - TagsShown)])
                .Add("</span>");
        }

        Add("</td>");
    }

    private void Figure(bool isNothing, bool isStrong, string figure)
    {
        Add("<td class=\"n\">");
        _ =
            isNothing ? Add("<span class=\"mute\">").Text(figure).Add("</span>")
            : isStrong ? Add("<strong>").Text(figure).Add("</strong>")
            : Text(figure);
        Add("</td>");
    }

    private void Last(ContactLine line, string called)
    {
        Add("<td class=\"last\">");
        if (line.Row.LastBooking is not { } last)
        {
            Add("<span class=\"mute\">–</span>");
        }
        else if (_may.SeeBookings)
        {
            Add("<a class=\"link\" href=\"/bookings/")
                .Add(last.Id)
                .Add("\" aria-label=\"")
                .Say(_lastOf, called, Encoder.Encode(line.Last!))
                .Add("\">")
                .Text(line.Last!)
                .Add("</a>");
        }
        else
        {
            Text(line.Last!);
        }

        Add("</td>");
    }

    private void Actions(ContactLine line, string called)
    {
        Add("<td class=\"acts\"><span>");
        if (line.WhatsApp is { } digits)
        {
            Add("<a class=\"icon wa\" href=\"https://wa.me/")
                .Text(digits)
                .Add("\" target=\"_blank\" rel=\"noopener noreferrer\" title=\"")
                .Add(_whatsApp)
                .Add("\" aria-label=\"")
                .Say(_whatsAppTo, called);
            Drawn("whatsapp").Add("</a>");
        }

        if (_may.Edit)
        {
            Add("<button type=\"button\" class=\"icon\" data-act=\"edit\" id=\"e-")
                .Add(line.Row.Id)
                .Add("\" title=\"")
                .Add(_edit)
                .Add("\" aria-label=\"")
                .Say(_editOf, called);
            Drawn("edit").Add("</button>");
        }

        if (_may.Delete)
        {
            Add("<button type=\"button\" class=\"icon bad\" data-act=\"delete\" id=\"d-")
                .Add(line.Row.Id)
                .Add("\" title=\"")
                .Add(_delete)
                .Add("\" aria-label=\"")
                .Say(_deleteOf, called);
            Drawn("trash").Add("</button>");
        }

        Add("</span></td>");
    }

    private GuestCells Drawn(string icon) =>
        Add("\"><svg class=\"ico\" aria-hidden=\"true\"><use href=\"").Add(Icon.Sheet).Add("#").Add(icon).Add("\"></use></svg>");

    /// <summary>What is markup, or is encoded already.</summary>
    private GuestCells Add(string markup)
    {
        _to.Append(markup);
        return this;
    }

    private GuestCells Add(Guid id)
    {
        _to.Append(CultureInfo.InvariantCulture, $"{id}");
        return this;
    }

    /// <summary>What somebody wrote.</summary>
    private GuestCells Text(string text) => Add(Encoder.Encode(text));

    private GuestCells Say(CompositeFormat form, params ReadOnlySpan<object?> encoded)
    {
        _to.AppendFormat(CultureInfo.CurrentCulture, form, encoded);
        return this;
    }
}
