using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Bellhop.Features.Reviews;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Doctor;

/// <summary>Some contacts with all rows from which their figures are computed.</summary>
internal sealed class ContactPart
{
    private ILookup<Guid, ContactAtProperty> _places = Array.Empty<ContactAtProperty>().ToLookup(a => a.ContactId);
    private ILookup<Guid, GuestFigures.Stay> _stays = Array.Empty<(Guid, GuestFigures.Stay)>().ToLookup(s => s.Item1, s => s.Item2);
    private ILookup<Guid, Guid> _touched = Array.Empty<(Guid, Guid)>().ToLookup(t => t.Item1, t => t.Item2);
    private ILookup<Guid, Guid> _tags = Array.Empty<ContactTag>().ToLookup(t => t.ContactId, t => t.TagId);
    private ILookup<Guid, Identity> _identities = Array.Empty<Identity>().ToLookup(i => i.ContactId);
    private Dictionary<Guid, Contact> _shown = [];
    private IReadOnlyDictionary<Guid, short> _stars = new Dictionary<Guid, short>();

    public required IReadOnlyList<Contact> Contacts { get; init; }

    /// <summary>The contacts' bookings.</summary>
    public required IReadOnlyList<Booking> Bookings { get; init; }

    public static async Task<ContactPart> Read(int organizationId, Guid after, int most, BellhopDb db, CancellationToken cancel)
    {
        var contacts = await db
            .Contacts.AsNoTracking()
            .Where(c => c.OrganizationId == organizationId && c.Id > after)
            .OrderBy(c => c.Id)
            .Take(most)
            .ToListAsync(cancel);

        // Each table is read by contact id, from one contact to another. This also reads rows in between whose contact does not exist.
        var last = contacts.Count < most ? Guid.AllBitsSet : contacts[^1].Id;
        var bookings = await db
            .Bookings.AsNoTracking()
            .Where(b => b.OrganizationId == organizationId && b.ContactId > after && b.ContactId <= last)
            .ToListAsync(cancel);
        var touches = await db
            .Touches.Where(t => t.OrganizationId == organizationId && t.ContactId > after && t.ContactId <= last)
            .Select(t => new { t.ContactId, t.PropertyId })
            .ToListAsync(cancel);
        var reviews = await db
            .Reviews.AsNoTracking()
            .Where(r => r.OrganizationId == organizationId && r.ContactId > after && r.ContactId <= last)
            .ToListAsync(cancel);
        var places = await db
            .ContactsAtProperty.AsNoTracking()
            .Where(a => a.OrganizationId == organizationId && a.ContactId > after && a.ContactId <= last)
            .ToListAsync(cancel);
        var tags = await db
            .ContactTags.AsNoTracking()
            .Where(t => t.OrganizationId == organizationId && t.ContactId > after && t.ContactId <= last)
            .ToListAsync(cancel);
        var identities = (
            await db
                .Identities.AsNoTracking()
                .Where(i => i.OrganizationId == organizationId && i.ContactId > after && i.ContactId <= last)
                .ToListAsync(cancel)
        ).ToLookup(i => i.ContactId);
        return new()
        {
            Contacts = contacts,
            Bookings = bookings,
            _shown = contacts.ToDictionary(c => c.Id, c => Shown(c, identities[c.Id])),
            _stars = reviews.GroupBy(r => r.ContactId!.Value).ToDictionary(g => g.Key, g => ReviewFollower.LatestStars(g)!.Value),
            _places = places.ToLookup(a => a.ContactId),
            _stays = bookings.ToLookup(b => b.ContactId!.Value, GuestFigures.Stay.Of),
            _touched = touches.Distinct().ToLookup(t => t.ContactId, t => t.PropertyId),
            _tags = tags.ToLookup(t => t.ContactId, t => t.TagId),
            _identities = identities,
        };
    }

    /// <summary>The right search text of the contact of one of these bookings.</summary>
    public string? TextOf(Booking booking) => booking.ContactId is { } id && _shown.TryGetValue(id, out var shown) ? shown.Search : null;

    /// <summary>
    /// Checks one contact's figures and returns the differences. Adds both the stored and the right figures to the counters.
    /// </summary>
    public List<CheckFigures.Difference> Check(Contact contact, FigureRules rules, CounterCheck counters)
    {
        var found = new List<CheckFigures.Difference>();
        var stays = _stays[contact.Id].ToList();
        var shown = _shown[contact.Id];
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
            if (place.Listed == 0 && rules.ListedAt(place.PropertyId) == 1)
            {
                found.Add(new("contactAt", id, "listed", "0", "1"));
            }

            counters.Add(place, place.PropertyId, counted, rules.Zone);
        }

        // Every booking counts as a touch.
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

    /// <summary>Identities that lead to no contact, or whose key does not match their value, so that they cannot be found.</summary>
    /// <returns>The wrong field, and the right key; null when the identity must be deleted.</returns>
    public IEnumerable<(Guid Id, string Field, string? Key)> Astray()
    {
        foreach (var identity in _identities.SelectMany(i => i))
        {
            if (!_shown.ContainsKey(identity.ContactId))
            {
                yield return (identity.Id, "contactId", null);
            }
            else if (Key(identity) is var key && key != identity.MatchKey)
            {
                yield return (identity.Id, "matchKey", key);
            }
        }
    }

    /// <summary>Shown phones and e-mails that lead to no contact. A guest who comes with one would become a second contact.</summary>
    public async Task<IReadOnlyList<(Guid ContactId, string Field)>> Unled(int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var wanted = Contacts
            .SelectMany(c => ShownKeys(c).Select(k => (c.Id, k.Kind, k.Key)))
            // An identity with the right value but a wrong key was reported already.
            .Where(k => !_identities[k.Id].Any(i => i.Kind == k.Kind && Key(i) == k.Key))
            .ToList();
        if (wanted.Count == 0)
        {
            return [];
        }

        // A value that two guests show leads to one of them.
        var keys = wanted.Select(k => k.Key).Distinct(StringComparer.Ordinal).ToArray();
        var led = (
            await db
                .Identities.Where(i => i.OrganizationId == organizationId && keys.Contains(i.MatchKey))
                .Where(i => db.Contacts.Any(c => c.OrganizationId == organizationId && c.Id == i.ContactId))
                .Select(i => new { i.Kind, i.MatchKey })
                .ToListAsync(cancel)
        ).ConvertAll(i => (i.Kind, i.MatchKey));
        return [.. wanted.Where(k => !led.Contains((k.Kind, k.Key))).Select(k => (k.Id, k.Kind == IdentityKind.Phone ? "phone" : "email"))];
    }

    /// <summary>The keys of a contact's shown phone and e-mail.</summary>
    internal static IEnumerable<(IdentityKind Kind, string Key, string Value)> ShownKeys(Contact contact)
    {
        if (contact.Phone is { } phone && PhoneKey(phone, null) is { } key)
        {
            yield return (IdentityKind.Phone, key, phone);
        }

        if (contact.Email is { } address && Email.Parse(address) is { Usable: true } email)
        {
            yield return (IdentityKind.Email, email.Address, address);
        }
    }

    private static string? Key(Identity identity) =>
        identity.Kind switch
        {
            IdentityKind.Phone => PhoneKey(identity.Value, identity.MatchKey),
            IdentityKind.Email => Email.Parse(identity.Value).Address,
            _ => identity.MatchKey, // a channel's id is what the channel says
        };

    /// <summary>
    /// The key of a stored number. It avoids the library where it can, because parsing each number takes longer than all other checks.
    /// </summary>
    /// <param name="stored">The key that is stored; null for none.</param>
    private static string? PhoneKey(string value, string? stored) =>
        value.StartsWith('+')
        && value.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0
        && (stored ?? Phone.KeyOfDigits(value)) is var key
        && key == Phone.KeyOfDigits(value)
            ? key
            : Phone.Parse(value, null).MatchKey;

    /// <summary>Contacts that a search would miss, and deleted contacts that it would find.</summary>
    /// <param name="after">This part begins after this id.</param>
    /// <param name="isLast">Whether this is the last part.</param>
    public Task<IReadOnlyList<Guid>> Unsearchable(int organizationId, Guid after, bool isLast, BellhopDb db, CancellationToken cancel) =>
        db.Strayed(
            organizationId,
            after,
            isLast ? Guid.AllBitsSet : Contacts[^1].Id,
            Contacts.ToDictionary(c => c.Id, c => _shown[c.Id].Search),
            cancel
        );

    private static Contact Shown(Contact contact, IEnumerable<Identity> identities)
    {
        var shown = new Contact();
        shown.Show(contact.Name, contact.Phone, contact.Email, identities);
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
