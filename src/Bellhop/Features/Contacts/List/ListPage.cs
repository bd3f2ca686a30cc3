using Bellhop.Data;
using Criteria = Bellhop.Features.Contacts.ContactSql.Criteria;
using NullsPart = Bellhop.Features.Contacts.ContactSql.NullsPart;

namespace Bellhop.Features.Contacts;

/// <summary>Reads one page: from a place on, first the guests with the sort's key, then those without it, until the page is full.</summary>
internal sealed class ListPage(ListContacts.Query query, ContactScope scope, ContactQuery question, Criteria found, BellhopDb db)
{
    private readonly DateTime _now = db.Now;
    private ListPosition? _last;

    public List<ContactRow> Rows { get; } = new(query.Limit);

    /// <summary>Where the page ended; null when nothing follows.</summary>
    public ListPosition? End { get; private set; }

    /// <summary>Whether the search index found more than it was asked for. Its answer is not complete then.</summary>
    public bool FoundTooMany { get; private set; }

    public async Task Read(ListPosition? after, CancellationToken cancel)
    {
        var part = after?.Part ?? NullsPart.Filled;
        var more = await Read(part, after, cancel);
        if (!more && !FoundTooMany && part == NullsPart.Filled && query.Sort.Key.Empty is not null)
        {
            more = await Read(NullsPart.Empty, null, cancel);
        }

        if (Shape(NullsPart.Filled, null).IsByIndex && Rows.Count == 0 && !FoundTooMany)
        {
            FoundTooMany = await question.CountHits(found, scope, db, cancel) > found.Most;
        }

        End = more ? _last : null;
    }

    /// <summary>Adds the rows that still fit. Returns whether there were more.</summary>
    private async Task<bool> Read(NullsPart part, ListPosition? after, CancellationToken cancel)
    {
        var shape = Shape(part, after);
        var values = new GuestValues(scope, question) { Key = after?.KeyOf(query.Sort), After = after?.Id ?? default };
        GuestReading? reading = null;
        var more = false;
        await db.ReadWhile(
            ContactSql.Page(db.Dialect, shape, values),
            row =>
            {
                if (Rows.Count == query.Limit)
                {
                    more = true;
                    return false;
                }

                var guest = ContactRow.Read(reading ??= new(row, _now) { Before = Rows.LastOrDefault() });
                FoundTooMany = shape.IsByIndex && row.Long() > found.Most;
                if (FoundTooMany)
                {
                    return false;
                }

                Rows.Add(guest);
                reading.Before = guest;
                if (Rows.Count == query.Limit)
                {
                    _last = ListPosition.Of(guest.Id, row, query.Sort, part);
                }
                else if (part == NullsPart.Filled)
                {
                    row.Skip(1);
                }

                return true;
            },
            cancel
        );
        return more;
    }

    private ContactSql.QueryShape Shape(NullsPart part, ListPosition? after) =>
        new(found, query.Sort, query.Descending, part, after is not null, query.Limit > ListContacts.UsualLimit);
}
