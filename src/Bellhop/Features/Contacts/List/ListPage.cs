using Bellhop.Data;
using Criteria = Bellhop.Features.Contacts.ContactSql.Criteria;
using NullsPart = Bellhop.Features.Contacts.ContactSql.NullsPart;
using Plan = Bellhop.Features.Contacts.ContactSql.Plan;

namespace Bellhop.Features.Contacts;

/// <summary>Reads one page: from a place on, first the guests with the sort's key, then those without it, until the page is full.</summary>
internal sealed class ListPage(ListContacts.Query query, ContactScope scope, ContactQuery question, Criteria found, BellhopDb db)
{
    private readonly bool _byIndex = found.Plan is not (Plan.Walk or Plan.TagWalk);
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

        if (_byIndex && Rows.Count == 0 && !FoundTooMany)
        {
            FoundTooMany = await question.CountHits(found, scope, db, cancel) > found.Most;
        }

        End = more ? _last : null;
    }

    /// <summary>Adds the rows that still fit. Returns whether there were more.</summary>
    private async Task<bool> Read(NullsPart part, ListPosition? after, CancellationToken cancel)
    {
        var shape = new ContactSql.QueryShape(
            found,
            query.Sort,
            query.Descending,
            part,
            after is not null,
            query.Limit > ListContacts.UsualLimit
        );
        await using var reading = await db.Read(ContactSql.Page(db, shape), cancel);
        var command = reading.Command;
        await scope.Add(command, db, cancel);
        question.Add(command, db);
        question.AddHits(command, found, db);
        after?.Add(command, db, query.Sort);
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            if (_byIndex && row.GetInt64(ContactSql.HitsAt) > found.Most)
            {
                FoundTooMany = true;
                return false;
            }

            if (Rows.Count == query.Limit)
            {
                return true;
            }

            Rows.Add(ContactRow.Read(new(row, db, _now, Rows.Count == 0 ? null : Rows[^1])));
            if (Rows.Count == query.Limit)
            {
                _last = ListPosition.Of(row, db, query.Sort, part);
            }
        }

        return false;
    }
}
