using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Contacts.Segments;

/// <summary>
/// The segments that a guest is in now, by name. All segments that the viewer sees are tested for this guest in one statement.
/// </summary>
public static class ListGuestSegments
{
    // The most segments that are tested, the first by name. Each is a column of the statement.
    private const int MostAsked = 200;

    // The same rule as LiveSegment.VisibleTo, which a compiled query cannot call.
    private static readonly Compiled<Guid, Segment> Seen = new(
        (db, organizationId, whoId) =>
            db
                .Segments.AsNoTracking()
                .Where(s => s.OrganizationId == organizationId && (s.ListedFor == Guid.Empty || s.ListedFor == whoId))
                .OrderBy(s => s.NameKey)
                .ThenBy(s => s.ListedFor != Guid.Empty)
                .Take(MostAsked)
    );

    /// <exception cref="Refusal">403 without contacts.view; 404 when the actor does not see the contact.</exception>
    public static async Task<IReadOnlyList<SegmentName>> Run(Guid contactId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        var scope = await ContactScope.Of(ContactFilter.None, who, db, cancel);
        var segments = await Seen.ToList(db, who.OrganizationId, who.Id, cancel);
        var rules = new List<SegmentRule>();
        foreach (var segment in segments)
        {
            rules.Add(await StoredRules.Read(segment.Conditions, segment.OrganizationId, db, cancel));
        }

        var answers = scope.IsEmpty ? null : await ExplainSegment.Ask(rules, contactId, scope, db, cancel);
        return answers is null
            ? throw Refusal.NotThere("contact", contactId)
            : [.. segments.Zip(answers).Where(s => s.Second).Select(s => new SegmentName(s.First.Id, s.First.Name, s.First.IsShared))];
    }
}
