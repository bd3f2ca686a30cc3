using Bellhop.Platform;
using Bellhop.Ui;

namespace Bellhop.Features.Contacts;

/// <summary>The rows that an open page shows. Each guest has one row, whoever arrives meanwhile.</summary>
public sealed class ContactsList
{
    private const int MostNews = ListContacts.MostLimit;

    private readonly HashSet<Guid> _shown = [];
    private readonly List<ContactLine> _lines = [];
    private DateTime _asOf;

    public IReadOnlyList<ContactLine> Lines => _lines;

    /// <summary>The cursor of the next page; null when all rows are shown.</summary>
    public string? Next { get; private set; }

    /// <summary>Whether a page is being read.</summary>
    public bool Busy { get; set; }

    /// <summary>How many guests of this list arrived after it was read.</summary>
    public int News { get; private set; }

    /// <summary>The text of <see cref="News"/>. A number above the counted limit ends with a plus.</summary>
    public string NewsText => News >= MostNews ? Ui.Show.Number(MostNews - 1) + "+" : Ui.Show.Number(News);

    public ListContacts.Query Ask(ContactsAddress address, string? cursor = null) =>
        new(address.Filter, address.Sort, address.Descending, ListContacts.UsualLimit, cursor);

    /// <summary>The query for the newest of the same guests. Those who are not shown and came after <see cref="Show"/> are news.</summary>
    public static ListContacts.Query AskNews(ContactsAddress address) => new(address.Filter, ContactSort.Created, true, MostNews);

    public void Begin() => Busy = true;

    /// <summary>Shows a first page that was read at an instant.</summary>
    public void Show(Page<ContactRow> page, DateTime at)
    {
        _lines.Clear();
        _shown.Clear();
        (_asOf, News) = (at, 0);
        Add(page);
    }

    /// <summary>Adds a further page.</summary>
    public void Add(Page<ContactRow> page)
    {
        _lines.AddRange(page.Items.Where(row => _shown.Add(row.Id)).Select(ContactLine.Of));
        (Next, Busy) = (page.NextCursor, false);
    }

    /// <summary>Counts the guests who arrived. Returns whether the number changed.</summary>
    public bool Hear(Page<ContactRow> newest)
    {
        var before = News;
        News = newest.Items.Count(row => row.CreatedAt >= _asOf && !_shown.Contains(row.Id));
        return News != before;
    }

    /// <summary>Replaces a guest's row by the current one.</summary>
    public void Put(ContactRow row)
    {
        var at = _lines.FindIndex(l => l.Row.Id == row.Id);
        if (at >= 0)
        {
            _lines[at] = ContactLine.Of(row);
        }
    }

    /// <summary>The place of a guest; -1 when not shown.</summary>
    public int IndexOf(Guid id) => _lines.FindIndex(l => l.Row.Id == id);

    public void Remove(Guid id) => _lines.RemoveAll(l => l.Row.Id == id);
}
