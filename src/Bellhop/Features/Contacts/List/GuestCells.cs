using System.Globalization;
using System.Text;
using Bellhop.Features.Flags;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Bellhop.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Bellhop.Features.Contacts;

/// <summary>
/// Writes a guest's cells as text, once for each guest. The framework then handles one piece for each row instead of sixty.
/// <see cref="RowAction"/> tells what is pressed in a row.
/// </summary>
internal sealed class GuestCells
{
    /// <summary>The cell's content when there is nothing to show.</summary>
    public static readonly Html Nothing = Platform.Web.Html.Of($"""<span class="mute">–</span>""");

    private static readonly Html WhatsAppIcon = Drawn("whatsapp"),
        EditIcon = Drawn("edit"),
        DeleteIcon = Drawn("trash");

    private readonly IReadOnlyList<Column> _shown;
    private readonly Dictionary<ContactLine, MarkupString> _written = new(ReferenceEqualityComparer.Instance);
    private readonly (bool Edit, bool Delete) _may;
    private readonly IStringLocalizer _texts;
    private readonly IStringLocalizer<FlagTexts> _flags;
    private readonly Dictionary<Source, string> _sources;
    private readonly CompositeFormat _select,
        _editOf,
        _deleteOf,
        _whatsAppTo,
        _lastOf;
    private readonly string _whatsApp,
        _edit,
        _delete;

    public GuestCells(
        ContactsAddress address,
        IReadOnlyList<Column> shown,
        bool mayEdit,
        bool mayDelete,
        bool maySeeBookings,
        IStringLocalizer<ContactTexts> texts,
        IStringLocalizer<UiTexts> words,
        IStringLocalizer<FlagTexts> flags
    )
    {
        _flags = flags;
        (_shown, _may, LinksBookings, _texts) = (shown, (mayEdit, mayDelete), maySeeBookings, texts);
        _sources = Enum.GetValues<Source>().ToDictionary(s => s, s => words["Source." + s].Value);
        (NoName, NoPhone, _whatsApp) = (texts["Row.NoName"], texts["Row.NoPhone"], texts["WhatsApp"]);
        (_edit, _delete) = (texts["Edit"], texts["Delete"]);
        (_select, _editOf, _deleteOf) = (Form("Row.Select"), Form("Row.Edit"), Form("Row.Delete"));
        (_whatsAppTo, _lastOf) = (Form("Row.WhatsApp"), Form("Row.Last"));
        Query = address.Closed.Write()[ContactsAddress.Path.Length..];

        CompositeFormat Form(string name) => CompositeFormat.Parse(texts[name].Value);
    }

    /// <summary>The columns that have a cell, in the usual order of the table.</summary>
    public static IReadOnlyList<Column> Columns { get; } = [.. ContactRow.Columns.Where(c => c.Cell is not null)];

    /// <summary>The builder that cells are written into.</summary>
    public Html.Builder Html { get; } = new();

    /// <summary>Whether a booking is a link to its page.</summary>
    public bool LinksBookings { get; }

    public string NoName { get; }
    public string NoPhone { get; }

    /// <summary>The list's query, which follows the address of a guest.</summary>
    public string Query { get; }

    /// <summary>How many guests' cells are kept.</summary>
    public int Count => _written.Count;

    /// <summary>All cells of the row except the box before them.</summary>
    public MarkupString Of(ContactLine line)
    {
        if (!_written.TryGetValue(line, out var cells))
        {
            Write(line);
            _written[line] = cells = Html.Take();
        }

        return cells;
    }

    /// <summary>The whole row in one piece, as the request writes it: the same as the table draws of a guest who is not selected.</summary>
    public MarkupString Row(ContactLine line, bool hasBox)
    {
        Html.Add($"<tr>");
        if (hasBox)
        {
            Html.Add(
                $"""<td class="box"><label><input type="checkbox" id="s-{line.Row.Id}" data-act="select" """
                    + $"""aria-label="{ToSelect(line)}" /></label></td>"""
            );
        }

        Write(line);
        Html.Add($"</tr>");
        return Html.Take();
    }

    /// <summary>What the box before a guest is called.</summary>
    public string ToSelect(ContactLine line) => Say(_select, line.Called ?? NoName);

    /// <summary>The name of a source.</summary>
    public string Called(Source source) => _sources[source];

    /// <summary>A text of the page.</summary>
    public string Say(string name, params object[] words) => _texts[name, words].Value;

    /// <summary>A guest's last booking as a text, for people who cannot see its column.</summary>
    public string BookingOf(ContactLine line) => Say(_lastOf, line.Called ?? NoName, line.Last);

    /// <summary>Writes what must not be missed about a guest, each kind once.</summary>
    public void Flags(ContactLine line)
    {
        foreach (var flag in line.Row.Flags.Where(f => f.Reason != GuestFlagKind.Tag).DistinctBy(f => f.Reason))
        {
            var words = FlagWords.Of(flag, _flags);
            Html.Add($"""<span class="flag {words.Look}" title="{words.Whole}">{Drawn(words.Icon)}{words.Label}</span>""");
        }
    }

    private void Write(ContactLine line)
    {
        foreach (var column in _shown)
        {
            column.Cell!.Write(this, line);
        }

        Actions(line, line.Called ?? NoName);
    }

    private void Actions(ContactLine line, string called)
    {
        var id = line.Row.Id;
        Html.Add($"""<td class="acts"><span>""");
        if (line.WhatsApp is { } digits)
        {
            Html.Add($"""<a class="icon wa" href="https://wa.me/{digits}" target="_blank" rel="noopener noreferrer" """);
            Html.Add($"""title="{_whatsApp}" aria-label="{Say(_whatsAppTo, called)}">{WhatsAppIcon}</a>""");
        }

        if (_may.Edit)
        {
            Html.Add(
                $"""<button type="button" class="icon" data-act="edit" id="e-{id}" title="{_edit}" """
                    + $"""aria-label="{Say(_editOf, called)}">{EditIcon}</button>"""
            );
        }

        if (_may.Delete)
        {
            Html.Add(
                $"""<button type="button" class="icon bad" data-act="delete" id="d-{id}" title="{_delete}" """
                    + $"""aria-label="{Say(_deleteOf, called)}">{DeleteIcon}</button>"""
            );
        }

        Html.Add($"</span></td>");
    }

    private static Html Drawn(string icon) =>
        Platform.Web.Html.Of($"""<svg class="ico" aria-hidden="true"><use href="{Icon.Sheet}#{icon}"></use></svg>""");

    private static string Say(CompositeFormat form, params ReadOnlySpan<object?> words) =>
        string.Format(CultureInfo.CurrentCulture, form, words);
}
