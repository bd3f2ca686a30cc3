using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Features.Notes;
using Bellhop.Features.Profile;
using Bellhop.Features.Reviews;
using Bellhop.Platform;

namespace Bellhop.Benchmarks.Profile;

/// <summary>What the drawer reads of a guest, section by section as it does, and the query one would write by hand for each.</summary>
/// <param name="Name">Of the section.</param>
/// <param name="Ours">The use case, its first page.</param>
/// <param name="Hand">By hand: <c>@organization</c> and <c>@contact</c> are its values.</param>
internal sealed record ProfileSection(string Name, Func<Guid, Actor, BellhopDb, Cursors, Task> Ours, string Hand)
{
    public static IReadOnlyList<ProfileSection> All { get; } =
    [
        new(
            "who it is",
            (id, who, db, _) => GetContact.Run(id, who, db, default),
            """
            SELECT c.*, p.name, o.currency, b.reference, b.arrival FROM contacts c
                JOIN properties p ON p.organization_id = c.organization_id AND p.id = c.property_id
                JOIN organizations o ON o.id = c.organization_id
            LEFT JOIN bookings b ON b.organization_id = c.organization_id AND b.id = c.last_booking_id
                WHERE c.organization_id = @organization AND c.id = @contact
            """
        ),
        new(
            "rating",
            (id, who, db, _) => SeeRating.Run(id, who, db, default),
            "SELECT count(*), sum(stars) FROM reviews WHERE organization_id = @organization AND contact_id = @contact"
        ),
        new(
            "consents",
            (id, who, db, _) => ListConsents.Run(id, who, db, default),
            "SELECT channel, granted, at, source FROM consents WHERE organization_id = @organization "
                + "AND contact_id = @contact ORDER BY channel"
        ),
        new(
            "segments",
            (id, who, db, _) => ListGuestSegments.Run(id, who, db, default),
            """
            SELECT s.id, s.name, s.conditions, c.bookings >= 3, c.spent >= 50000, c.rating >= 4, c.source = 'Website' OR c.source =
                'Airbnb', c.last_arrival < '2025-01-01'
            FROM segments s JOIN contacts c ON c.organization_id = s.organization_id AND c.id = @contact
                WHERE s.organization_id = @organization ORDER BY s.name_key
            """
        ),
        new(
            "bookings",
            (id, who, db, cursors) => ListContactBookings.Run(id, new(10), who, db, cursors, default),
            "SELECT b.*, p.name FROM bookings b JOIN properties p ON p.organization_id = b.organization_id "
                + "AND p.id = b.property_id WHERE b.organization_id = @organization AND b.contact_id = @contact "
                + "ORDER BY b.arrival DESC, b.id DESC LIMIT 11"
        ),
        new(
            "reviews",
            (id, who, db, cursors) => ListReviews.Run(new(new(5), ContactId: id), who, db, cursors, default),
            "SELECT r.*, p.name FROM reviews r JOIN properties p ON p.organization_id = r.organization_id "
                + "AND p.id = r.property_id WHERE r.organization_id = @organization AND r.contact_id = @contact "
                + "ORDER BY r.at DESC, r.id DESC LIMIT 6"
        ),
        new(
            "notes",
            (id, who, db, cursors) => ListNotes.Run(id, new(5), who, db, cursors, default),
            "SELECT * FROM notes WHERE organization_id = @organization AND contact_id = @contact ORDER BY pinned DESC, id DESC LIMIT 6"
        ),
        new(
            "timeline",
            (id, who, db, cursors) => ListTimeline.Run(id, new(10), who, db, cursors, default),
            """
            SELECT * FROM (
            SELECT * FROM (SELECT t.id, t.at, t.kind, t.source, p.name FROM touches t
                JOIN properties p ON p.organization_id = t.organization_id AND p.id = t.property_id
                WHERE t.organization_id = @organization AND t.contact_id = @contact ORDER BY t.at DESC, t.id DESC LIMIT 11) a
            UNION ALL SELECT * FROM (SELECT e.id, e.at, e.action, e.fields, e.who_name FROM events e
                WHERE e.organization_id = @organization AND e.entity_kind = 'contact' AND e.entity_id = @contact
                ORDER BY e.at DESC, e.id DESC LIMIT 11) b
            UNION ALL SELECT * FROM (SELECT e.id, e.at, e.action, e.fields, e.who_name FROM events e
                WHERE e.organization_id = @organization AND e.id IN (SELECT l.event_id FROM event_contacts l
                WHERE l.organization_id = @organization AND l.contact_id = @contact) ORDER BY e.at DESC, e.id DESC LIMIT 11) c
            ) x ORDER BY at DESC, id DESC LIMIT 11
            """
        ),
        new(
            "identities",
            (id, who, db, _) => ListIdentities.Run(id, who, db, default),
            "SELECT * FROM identities WHERE organization_id = @organization AND contact_id = @contact ORDER BY first_seen_at, id"
        ),
    ];
}
