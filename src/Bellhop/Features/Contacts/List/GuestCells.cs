using System.Globalization;
using System.Text;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Bellhop.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Bellhop.Features.Contacts;

/// <summary>
/// A guest's cells as text, written once a guest: the framework then carries one piece a row where it would carry sixty. What is pressed in
/// a row is told by
/// <see cref="RowAction"/>.
/// </summary>
internal sealed class GuestCells
{
    private const int TagsShown = 3;

    private static readonly Html Nothing = Html.Of($"""<span class="mute">–</span>""");
    private static readonly Html WhatsAppIcon = Drawn("whatsapp"),
        EditIcon = Drawn("edit"),
        DeleteIcon = Drawn("trash");

    private readonly Dictionary<ContactLine, MarkupString> _written = new(ReferenceEqualityComparer.Instance);
    private readonly Html.Builder _to = new();
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
        _sources = Enum.GetValues<Source>().ToDictionary(s => s, s => words["Source." + s].Value);
        (_noName, _noPhone, _whatsApp) = (texts["Row.NoName"], texts["Row.NoPhone"], texts["WhatsApp"]);
        (_edit, _delete) = (texts["Edit"], texts["Delete"]);
        (_editOf, _deleteOf, _whatsAppTo, _lastOf) = (Form("Row.Edit"), Form("Row.Delete"), Form("Row.WhatsApp"), Form("Row.Last"));
        _query = address.Closed.Write()[ContactsAddress.Path.Length..];

        CompositeFormat Form(string name) => CompositeFormat.Parse(texts[name].Value);
    }

    /// <summary>How many guests are written.</summary>
    public int Count => _written.Count;

    /// <summary>Every cell of the row but the box before it.</summary>
    public MarkupString Of(ContactLine line)
    {
        if (!_written.TryGetValue(line, out var cells))
        {
            Write(line);
            _written[line] = cells = _to.Take();
        }

        return cells;
    }

    private void Write(ContactLine line)
    {
        var row = line.Row;
        var called = line.Called ?? _noName;
        Who(line);
        _to.Add(
            $"""<td class="from"><span class="src"><svg aria-hidden="true"><use href="{Icon.Sheet}#s-{row.Source}"></use></svg>{_sources[row.Source]}</span></td>"""
        );
        Tags(row);
        Figure(row.Bookings == 0, false, Show.Number(row.Bookings));
        Figure(row.TotalSpent.Minor == 0, true, line.Spent);
        _to.Add($"""<td class="since">{line.Since}</td>""");
        Last(line, called);
        Rating(row);
        Actions(line, called);
    }

    private void Who(ContactLine line)
    {
        var row = line.Row;
        _to.Add($"""<td class="who"><div><span class="{line.Avatar}" aria-hidden="true">{line.Initials}</span><div>""");
        _to.Add($"""<a class="open" id="p-{row.Id}" href="/contacts/{row.Id}{_query}">""");
        if (row.Name is null)
        {
            _to.Add($"""<b class="mute">{_noName}</b></a>""");
        }
        else
        {
            _to.Add($"""<b dir="auto">{row.Name}</b></a>""");
        }

        if (line.Phone is null)
        {
            _to.Add($"<small>{_noPhone}</small></div></div></td>");
        }
        else
        {
            _to.Add($"""<small><bdi dir="ltr">{line.Phone}</bdi></small></div></div></td>""");
        }
    }

    private void Tags(ContactRow row)
    {
        _to.Add($"""<td class="tags">""");
        foreach (var tag in row.Labels.Take(TagsShown))
        {
            _to.Add($"""<bdi class="tag t-{tag.Color}">{tag.Name}</bdi>""");
        }

        if (row.Labels.Count > TagsShown)
        {
            var more = _texts["Row.Tags.More", Show.Number(row.Labels.Count - TagsShown)].Value;
            _to.Add($"""<span class="mute" title="{string.Join(", ", row.Tags.Skip(TagsShown))}">{more}</span>""");
        }

        _to.Add($"</td>");
    }

    private void Figure(bool isNothing, bool isStrong, string figure)
    {
        if (isNothing)
        {
            _to.Add($"""<td class="n"><span class="mute">{figure}</span></td>""");
        }
        else if (isStrong)
        {
            _to.Add($"""<td class="n"><strong>{figure}</strong></td>""");
        }
        else
        {
            _to.Add($"""<td class="n">{figure}</td>""");
        }
    }

    private void Last(ContactLine line, string called)
    {
        if (line.Row.LastBooking is not { } last)
        {
            _to.Add($"""<td class="last">{Nothing}</td>""");
        }
        else if (_may.SeeBookings)
        {
            _to.Add(
                $"""<td class="last"><a class="link" href="/bookings/{last.Id}" aria-label="{Say(_lastOf, called, line.Last)}">{line.Last}</a></td>"""
            );
        }
        else
        {
            _to.Add($"""<td class="last">{line.Last}</td>""");
        }
    }

    private void Rating(ContactRow row)
    {
        if (row.Rating is not { } stars)
        {
            _to.Add($"""<td class="rating">{Nothing}</td>""");
            return;
        }

        var said = _texts["Row.Rating", stars].Value;
        _to.Add(
            $"""<td class="rating"><span aria-label="{said}" role="img"><span class="star">★</span> {Show.Number(stars)}</span></td>"""
        );
    }

    private void Actions(ContactLine line, string called)
    {
        var id = line.Row.Id;
        _to.Add($"""<td class="acts"><span>""");
        if (line.WhatsApp is { } digits)
        {
            _to.Add($"""<a class="icon wa" href="https://wa.me/{digits}" target="_blank" rel="noopener noreferrer" """);
            _to.Add($"""title="{_whatsApp}" aria-label="{Say(_whatsAppTo, called)}">{WhatsAppIcon}</a>""");
        }

        if (_may.Edit)
        {
            _to.Add(
                $"""<button type="button" class="icon" data-act="edit" id="e-{id}" title="{_edit}" aria-label="{Say(_editOf, called)}">{EditIcon}</button>"""
            );
        }

        if (_may.Delete)
        {
            _to.Add(
                $"""<button type="button" class="icon bad" data-act="delete" id="d-{id}" title="{_delete}" aria-label="{Say(_deleteOf, called)}">{DeleteIcon}</button>"""
            );
        }

        _to.Add($"</span></td>");
    }

    private static Html Drawn(string icon) =>
        Html.Of($"""<svg class="ico" aria-hidden="true"><use href="{Icon.Sheet}#{icon}"></use></svg>""");

    private static string Say(CompositeFormat form, params ReadOnlySpan<object?> words) =>
        string.Format(CultureInfo.CurrentCulture, form, words);
}
