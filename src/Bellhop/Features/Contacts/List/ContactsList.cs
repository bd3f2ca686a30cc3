using Bellhop.Platform;
using Bellhop.Ui;

namespace Bellhop.Features.Contacts;

/// <summary>The rows an open page shows. Each guest stands there once, whoever arrives meanwhile.</summary>
public sealed class ContactsList
{
    private const int MostNews = ListContacts.MostLimit;

    private readonly HashSet<Guid> _shown = [];
    private readonly List<ContactLine> _lines = [];
    private DateTime _asOf;

    public IReadOnlyList<ContactLine> Lines => _lines;

    /// <summary>Where the next page begins; null where everything is shown.</summary>
    public string? Next { get; private set; }

    /// <summary>Being read.</summary>
    public bool Busy { get; set; }

    /// <summary>Guests who belong in this list and arrived after it was read.</summary>
    public int News { get; private set; }

    /// <summary>Their number; past what was counted, a plus behind.</summary>
    public string NewsText => News >= MostNews ? Ui.Show.Number(MostNews - 1) + "+" : Ui.Show.Number(News);

    public ListContacts.Query Ask(ContactsAddress address, string? cursor = null) =>
        new(address.Filter, address.Sort, address.Descending, ListContacts.UsualLimit, cursor);

    /// <summary>The newest of the same guests: those who are not shown and came after <see cref="Show"/> are news.</summary>
    public static ListContacts.Query AskNews(ContactsAddress address) => new(address.Filter, ContactSort.Created, true, MostNews);

    public void Begin() => Busy = true;

    /// <summary>A first page, as of an instant.</summary>
    public void Show(Page<ContactRow> page, DateTime at)
    {
        _lines.Clear();
        _shown.Clear();
        (_asOf, News) = (at, 0);
        Add(page);
    }

    /// <summary>A further page.</summary>
    public void Add(Page<ContactRow> page)
    {
        _lines.AddRange(page.Items.Where(row => _shown.Add(row.Id)).Select(ContactLine.Of));
        (Next, Busy) = (page.NextCursor, false);
    }

    /// <summary>Counts who arrived. Whether that changed anything.</summary>
    public bool Hear(Page<ContactRow> newest)
    {
        var before = News;
        News = newest.Items.Count(row => row.CreatedAt >= _asOf && !_shown.Contains(row.Id));
        return News != before;
    }

    /// <summary>A guest as they are now, in the row they have.</summary>
    public void Put(ContactRow row)
    {
        var at = _lines.FindIndex(l => l.Row.Id == row.Id);
        if (at >= 0)
        {
            _lines[at] = ContactLine.Of(row);
        }
    }

    /// <summary>Where a guest stands; -1 where not.</summary>
    public int IndexOf(Guid id) => _lines.FindIndex(l => l.Row.Id == id);

    public void Remove(Guid id) => _lines.RemoveAll(l => l.Row.Id == id);
}
