using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Bellhop.Features.Reviews;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Doctor;

/// <summary>Some contacts with everything their figures follow from.</summary>
internal sealed class ContactPart
{
    private ILookup<Guid, ContactAtProperty> _places = Array.Empty<ContactAtProperty>().ToLookup(a => a.ContactId);
    private ILookup<Guid, GuestFigures.Stay> _stays = Array.Empty<(Guid, GuestFigures.Stay)>().ToLookup(s => s.Item1, s => s.Item2);
    private ILookup<Guid, Guid> _touched = Array.Empty<(Guid, Guid)>().ToLookup(t => t.Item1, t => t.Item2);
    private ILookup<Guid, Guid> _tags = Array.Empty<ContactTag>().ToLookup(t => t.ContactId, t => t.TagId);
    private List<Identity> _identities = [];
    private IReadOnlyDictionary<Guid, short> _stars = new Dictionary<Guid, short>();

    public required IReadOnlyList<Contact> Contacts { get; init; }

    public static async Task<ContactPart> Read(int organizationId, Guid after, int most, BellhopDb db, CancellationToken cancel)
    {
        var contacts = await db
            .Contacts.AsNoTracking()
            .Where(c => c.OrganizationId == organizationId && c.Id > after)
            .OrderBy(c => c.Id)
            .Take(most)
            .ToListAsync(cancel);
        if (contacts.Count == 0)
        {
            return new() { Contacts = [] };
        }

        var ids = contacts.Select(c => c.Id).ToArray();
        var stays = await db
            .Bookings.AsNoTracking()
            .Where(b => b.OrganizationId == organizationId && b.ContactId != null && ids.Contains(b.ContactId.Value))
            .ToListAsync(cancel);
        var touches = await db
            .Touches.Where(t => t.OrganizationId == organizationId && ids.Contains(t.ContactId))
            .Select(t => new { t.ContactId, t.PropertyId })
            .Distinct()
            .ToListAsync(cancel);
        var reviews = await db
            .Reviews.AsNoTracking()
            .Where(r => r.OrganizationId == organizationId && r.ContactId != null && ids.Contains(r.ContactId.Value))
            .ToListAsync(cancel);
        return new()
        {
            Contacts = contacts,
            _stars = reviews
                .GroupBy(r => r.ContactId!.Value)
                .ToDictionary(g => g.Key, g => ReviewFollower.Latest(g.AsQueryable()).First().Stars),
            _places = (
                await db
                    .ContactsAtProperty.AsNoTracking()
                    .Where(a => a.OrganizationId == organizationId && ids.Contains(a.ContactId))
                    .ToListAsync(cancel)
            ).ToLookup(a => a.ContactId),
            _stays = stays.ToLookup(b => b.ContactId!.Value, GuestFigures.Stay.Of),
            _touched = touches.ToLookup(t => t.ContactId, t => t.PropertyId),
            _tags = (
                await db
                    .ContactTags.AsNoTracking()
                    .Where(t => t.OrganizationId == organizationId && ids.Contains(t.ContactId))
                    .ToListAsync(cancel)
            ).ToLookup(t => t.ContactId, t => t.TagId),
            _identities = await db
                .Identities.AsNoTracking()
                .Where(i => i.OrganizationId == organizationId && ids.Contains(i.ContactId))
                .ToListAsync(cancel),
        };
    }

    /// <summary>What is wrong with one contact's figures; both stored and right ones are added to the counters.</summary>
    public List<CheckFigures.Difference> Check(Contact contact, FigureRules rules, CounterCheck counters)
    {
        var found = new List<CheckFigures.Difference>();
        var stays = _stays[contact.Id].ToList();
        var shown = Shown(contact);
        Compare(found, "contact", contact.Id.ToString(), contact, rules.Count(stays), rules.ZoneOf(contact.PropertyId), rules);
        Names(found, "contact", contact.Id.ToString(), contact, shown);
        Stars(found, "contact", contact.Id.ToString(), contact, contact.Id);
        if (contact.Search != shown.Search)
        {
            found.Add(new("contact", contact.Id.ToString(), "searchText", null, null));
        }

        if (!_tags[contact.Id].ToHashSet().SetEquals(contact.TagIds))
        {
            found.Add(new("contact", contact.Id.ToString(), "tags", Ids(contact.TagIds), Ids(_tags[contact.Id])));
        }

        counters.Add(contact, Guid.Empty, rules.Count(stays), rules.Zone);
        var places = _places[contact.Id].ToList();
        foreach (var place in places)
        {
            var id = $"{contact.Id} at {place.PropertyId}";
            var counted = rules.Count(stays.FindAll(s => s.PropertyId == place.PropertyId));
            Compare(found, "contactAt", id, place, counted, rules.ZoneOf(place.PropertyId), rules);
            Names(found, "contactAt", id, place, shown);
            Stars(found, "contactAt", id, place, contact.Id);
            counters.Add(place, place.PropertyId, counted, rules.Zone);
        }

        // A booking is a touch.
        foreach (var untouched in stays.Select(s => s.PropertyId).Distinct().Except(_touched[contact.Id]))
        {
            found.Add(new("touch", $"{contact.Id} at {untouched}", "known", "no", "yes"));
        }

        foreach (
            var missing in _touched[contact.Id].Concat(stays.Select(s => s.PropertyId)).Distinct().Except(places.Select(p => p.PropertyId))
        )
        {
            found.Add(new("contactAt", $"{contact.Id} at {missing}", "known", "no", "yes"));
        }

        return found;
    }

    /// <summary>Identities whose key does not follow from their value: they would not be found.</summary>
    public IEnumerable<(Guid Id, string? Key)> Unfindable() =>
        from identity in _identities
        let key = identity.Kind == IdentityKind.Phone ? Phone.Parse(identity.Value, null).MatchKey : Email.Parse(identity.Value).Address
        where key != identity.MatchKey
        select (identity.Id, key);

    /// <summary>Contacts a search would not find, and what it would find that is no contact any more.</summary>
    /// <param name="after">The id this part begins after.</param>
    /// <param name="isLast">Whether it goes to the end.</param>
    public Task<IReadOnlyList<Guid>> Unsearchable(int organizationId, Guid after, bool isLast, BellhopDb db, CancellationToken cancel) =>
        db.Strayed(
            organizationId,
            after,
            isLast ? Guid.AllBitsSet : Contacts[^1].Id,
            Contacts.ToDictionary(c => c.Id, c => Shown(c).Search),
            cancel
        );

    private static Contact Shown(Contact contact)
    {
        var shown = new Contact();
        shown.Show(contact.Name, contact.Phone, contact.Email);
        return shown;
    }

    private static void Names(List<CheckFigures.Difference> found, string entity, string id, Figures figures, Contact shown)
    {
        if (figures.NameKey != shown.NameKey || figures.NameEmpty != shown.NameEmpty)
        {
            found.Add(new(entity, id, "nameKey", null, null));
        }
    }

    private void Stars(List<CheckFigures.Difference> found, string entity, string id, Figures figures, Guid contactId)
    {
        var right = new ContactAtProperty();
        ReviewFollower.Show(right, _stars.TryGetValue(contactId, out var stars) ? stars : null);
        if ((figures.Rating, figures.RatingEmpty) != (right.Rating, right.RatingEmpty))
        {
            found.Add(new(entity, id, "rating", Said(figures.Rating), Said(right.Rating)));
        }
    }

    private static void Compare(
        List<CheckFigures.Difference> found,
        string entity,
        string id,
        Figures stored,
        GuestFigures.Counted counted,
        TimeZoneInfo zone,
        FigureRules rules
    )
    {
        var right = new ContactAtProperty { CreatedAt = stored.CreatedAt };
        BookingFollower.Write(right, counted, zone);
        Note("bookings", stored.Bookings, right.Bookings);
        Note("spent", stored.Spent, right.Spent);
        Note("customerSince", stored.CustomerSince, right.CustomerSince);
        Note("activeUntil", stored.ActiveUntil, right.ActiveUntil);
        Note("firstArrival", stored.FirstArrival, right.FirstArrival);
        if (!rules.RollsBefore(stored.LastArrival, stored.NextArrival, zone))
        {
            Note("lastBookingId", stored.LastBookingId, right.LastBookingId);
            Note("lastArrival", stored.LastArrival, right.LastArrival);
            Note("lastEmpty", stored.LastEmpty, right.LastEmpty);
            Note("nextArrival", stored.NextArrival, right.NextArrival);
        }

        void Note<T>(string field, T was, T should)
        {
            if (!EqualityComparer<T>.Default.Equals(was, should))
            {
                found.Add(new(entity, id, field, Said(was), Said(should)));
            }
        }
    }

    private static string Ids(IEnumerable<Guid> ids) => string.Join(',', ids.Distinct().Order());

    private static string? Said<T>(T value) =>
        value is IFormattable some ? some.ToString(null, System.Globalization.CultureInfo.InvariantCulture) : value?.ToString();
}
