using Bellhop.Data;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>Everything the contacts page shows when it opens, read once: where one is, the cards, the top of the list.</summary>
public static class SeeContacts
{
    /// <param name="House">Where the viewer is.</param>
    /// <param name="Cards">Over the properties of the filter, whatever else it asks.</param>
    /// <param name="Extras">The figures under them.</param>
    /// <param name="Matches">How many guests the whole filter leaves.</param>
    /// <param name="List">The first page of them.</param>
    /// <param name="AsOf">Read at this instant, UTC: who arrives later is news.</param>
    /// <param name="Segment">What the filter's segment is called.</param>
    public sealed record Row(
        SeeOrganization.Row House,
        ContactSummary Cards,
        ContactExtras Extras,
        int Matches,
        Page<ContactRow> List,
        DateTime AsOf,
        string? Segment = null
    );

    /// <param name="query">The list that is asked for.</param>
    /// <param name="known">What was read for another list over the same properties: house and cards are taken from it.</param>
    /// <exception cref="Refusal">403 without contacts.view; 404 for a property or segment not seen.</exception>
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
        var asOf = db.Now;
        return new(house, cards, extras, matches, await ListContacts.Run(query, who, db, cursors, cancel), asOf, segment);
    }
}
