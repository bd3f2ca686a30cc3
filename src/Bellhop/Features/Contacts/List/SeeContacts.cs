using Bellhop.Data;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Features.Contacts.Views;
using Bellhop.Features.Flags;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>Reads everything that the contacts page shows when it opens: the organisation, the cards, the first page of the list.</summary>
public static class SeeContacts
{
    /// <param name="House">The viewer's organisation and its properties.</param>
    /// <param name="Cards">The cards, over the filter's properties. The other parts of the filter are ignored.</param>
    /// <param name="Extras">The figures under the cards.</param>
    /// <param name="Matches">How many guests match the whole filter.</param>
    /// <param name="List">The first page of these guests.</param>
    /// <param name="AsOf">The instant of reading, UTC. Guests who arrive later are news.</param>
    /// <param name="Segment">The name of the filter's segment.</param>
    /// <param name="View">How the viewer wants to see the list; the usual view when left out.</param>
    public sealed record Row(
        SeeOrganization.Row House,
        ContactSummary Cards,
        ContactExtras Extras,
        int Matches,
        Page<ContactRow> List,
        DateTime AsOf,
        string? Segment = null,
        PageView? View = null
    );

    /// <param name="query">The list that is asked for.</param>
    /// <param name="known">What was read for another list over the same properties. The organisation and the cards are taken from
    /// it.</param>
    /// <exception cref="Refusal">403 without contacts.view; 404 for a property or segment that the actor does not see.</exception>
    public static async Task<Row> Run(
        ListContacts.Query query,
        Row? known,
        Actor who,
        BellhopDb db,
        Cursors cursors,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.ContactsView);
        var house = known?.House ?? await SeeOrganization.Run(who, db, cancel);
        var (cards, extras) = known is null
            ? await SummarizeContacts.Glance(query.Filter, house, who, db, cancel)
            : (known.Cards, known.Extras);
        var matches = query.Filter.Narrows ? await SummarizeContacts.Matches(query.Filter, house, who, db, cancel) : cards.TotalContacts;
        var segment = await GetSegment.Name(query.Filter.SegmentId, who, db, cancel);
        var view = known?.View ?? await SeeView.OfPage(who, db, cancel);
        var asOf = db.Now;
        return new(house, cards, extras, matches, await Page(query, who, db, cursors, cancel), asOf, segment, view);
    }

    /// <summary>A page of the list with what must not be missed about its guests.</summary>
    /// <inheritdoc cref="Run"/>
    public static async Task<Page<ContactRow>> Page(
        ListContacts.Query query,
        Actor who,
        BellhopDb db,
        Cursors cursors,
        CancellationToken cancel
    )
    {
        var page = await ListContacts.Run(query, who, db, cursors, cancel);
        var flags = await SeeFlags.Run([.. page.Items.Select(i => i.Id)], who, db, cancel);
        return flags.Count == 0
            ? page
            : page with
            {
                Items = [.. page.Items.Select(row => flags.TryGetValue(row.Id, out var found) ? row with { Flags = found } : row)],
            };
    }
}
