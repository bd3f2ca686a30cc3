using System.Text.Json;
using Bellhop.Features.Bookings;
using Bellhop.Features.Bookings.Payments;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Features.Reviews;
using Bellhop.Platform;

namespace Bellhop.Features.Demo;

/// <summary>
/// The demo's guests before they are stored. Nobody else can know them, because the organisation is new: so the door's rule of matching
/// works on them in memory, and thousands of arrivals need no question to the database.
/// </summary>
internal sealed class DemoHouse(Actor who, IReadOnlyDictionary<Guid, Property> places, DemoRates rates)
{
    private readonly Dictionary<string, Known> _byPhone = new(StringComparer.Ordinal),
        _byEmail = new(StringComparer.Ordinal);
    private readonly Dictionary<(Guid Older, Guid Newer), LikelyDuplicate> _pairs = [];

    /// <summary>A guest with everything that is known of it.</summary>
    internal sealed class Known
    {
        public required Contact Contact { get; init; }
        public List<Identity> Identities { get; } = [];
        public Dictionary<Guid, ContactAtProperty> Places { get; } = [];
        public List<Touch> Touches { get; } = [];
        public List<Booking> Bookings { get; } = [];
        public List<Payment> Payments { get; } = [];
        public List<Review> Reviews { get; } = [];
        public List<Event> Events { get; } = [];
        public List<EventContact> EventContacts { get; } = [];
        public List<EventDetail> EventDetails { get; } = [];
    }

    public List<Known> Guests { get; } = [];

    /// <summary>The pairs that may be one guest.</summary>
    public IEnumerable<LikelyDuplicate> Pairs => _pairs.Values;

    /// <summary>A guest who arrives without a booking.</summary>
    public Known Ask(DemoGuest guest, Source source, Guid propertyId, DateTime at)
    {
        var given = new ResolveContact.Given(
            guest.Name,
            guest.Phone,
            guest.Phone is null ? null : Phone.Parse(guest.Phone, guest.Country),
            guest.Email,
            Email.Parse(guest.Email)
        );
        return Resolve(given, source, TouchKind.Manual, places[propertyId], at, bookingId: null);
    }

    /// <summary>A booking as an outside system sends it.</summary>
    public Booking Take(ReceiveBooking.Input input, DateTime at)
    {
        var property = places[input.PropertyId];
        var incoming = Incoming.Read(input, at);
        var phone = incoming.PhoneAt(property);
        var booking = incoming.New(property, at);
        incoming.Write(booking, phone);
        booking.Converted = rates.On(booking.Currency, booking.BookedAt.DayIn(property.Zone)) is { } rate
            ? BookingRules.Convert(booking, rate, rates.Currency)
            : null;
        booking.ConvertedCurrency = booking.Converted is null ? null : rates.Currency;
        var guest = Resolve(incoming.Guest(phone), booking.Source, TouchKind.Booking, property, at, booking.Id);
        booking.ContactId = guest.Contact.Id;
        guest.Bookings.Add(booking);
        guest.Events.Add(Happened("booking.created", "booking", booking.Id, at));
        return booking;
    }

    /// <summary>Computes each guest's figures and search texts, when everything is known.</summary>
    public void Count(DateTime now)
    {
        foreach (var guest in Guests)
        {
            var contact = guest.Contact;
            contact.Search = SearchText.Of(contact, guest.Identities);
            Count(contact, guest, guest.Bookings, places[contact.PropertyId], now);
            foreach (var (id, at) in guest.Places)
            {
                at.ShowAs(contact);
                Count(at, guest, guest.Bookings.FindAll(b => b.PropertyId == id), places[id], now);
            }

            guest.Bookings.ForEach(b => b.Search = BookingText.Of(b, contact.Search));
        }
    }

    /// <summary>An event of the demo.</summary>
    public Event Happened(string action, string kind, Guid id, DateTime at, params IEnumerable<string> fields) =>
        Event.By(who, action, kind, id, at, fields);

    private void Count(Figures figures, Known guest, List<Booking> bookings, Property place, DateTime now)
    {
        var stays = bookings.ConvertAll(b => GuestFigures.Stay.Of(b));
        BookingFollower.Write(
            figures,
            GuestFigures.Count(stays, rates.Currency, id => places[id].Zone, zone => now.DayIn(zone)),
            place.Zone
        );
        ReviewFollower.Show(figures, ReviewFollower.LatestStars(guest.Reviews));
    }

    private Known Resolve(ResolveContact.Given given, Source source, TouchKind kind, Property place, DateTime at, Guid? bookingId)
    {
        var keys = GuestKeys.Of(given);
        var byPhone = keys.PhoneKey is { } phone ? _byPhone.GetValueOrDefault(phone) : null;
        var byEmail = keys.Address is { } address ? _byEmail.GetValueOrDefault(address) : null;
        var emailDecides =
            byEmail is not null
            && GuestKeys.EmailDecides(
                byPhone is not null,
                keys.PhoneKey is not null,
                byEmail.Identities.Exists(i => i.Kind == IdentityKind.Phone)
            );
        var found = byPhone ?? (emailDecides ? byEmail : null);
        var guest = found ?? Make(source, place, at);
        Attach(guest, given, keys, isNew: found is null, at);
        if (byEmail is not null && byEmail != guest)
        {
            Pair(guest.Contact.Id, byEmail.Contact.Id, keys.Address!, at);
        }

        Touch(guest, source, kind, place, at, bookingId, isNew: found is null);
        return guest;
    }

    private Known Make(Source source, Property place, DateTime at)
    {
        var guest = new Known
        {
            Contact = new()
            {
                OrganizationId = who.OrganizationId,
                Source = source,
                PropertyId = place.Id,
                CreatedAt = at,
                UpdatedAt = at,
            },
        };
        Guests.Add(guest);
        guest.Events.Add(Happened("contact.created", "contact", guest.Contact.Id, at));
        return guest;
    }

    private void Attach(Known guest, ResolveContact.Given given, GuestKeys keys, bool isNew, DateTime at)
    {
        var contact = guest.Contact;
        var before = (contact.Name, contact.Phone, contact.Email);
        contact.Show(contact.Name ?? given.Name, contact.Phone ?? keys.Phone, contact.Email ?? keys.Address);
        if (contact.CountryGiven is null && given.Country is not null && given.Country != contact.Country)
        {
            contact.SayCountry(given.Country);
        }

        foreach (var identity in keys.Identities(who.OrganizationId, contact.Id, at))
        {
            var by = identity.Kind == IdentityKind.Phone ? _byPhone : _byEmail;
            if (by.TryAdd(identity.MatchKey, guest))
            {
                guest.Identities.Add(identity);
            }
            else if (by[identity.MatchKey] == guest)
            {
                guest.Identities.Find(i => i.Kind == identity.Kind && i.MatchKey == identity.MatchKey)!.LastSeenAt = at;
            }
        }

        if (!isNew && before != (contact.Name, contact.Phone, contact.Email))
        {
            contact.UpdatedAt = at.After(contact.UpdatedAt);
            var changes = ContactChanges.Between(before, contact);
            var happened = Happened("contact.updated", "contact", contact.Id, at, changes.Keys);
            guest.Events.Add(happened);
            guest.EventDetails.Add(
                new()
                {
                    OrganizationId = who.OrganizationId,
                    Id = happened.Id,
                    ContactId = contact.Id,
                    Detail = JsonSerializer.Serialize(changes),
                }
            );
        }
    }

    private void Touch(Known guest, Source source, TouchKind kind, Property place, DateTime at, Guid? bookingId, bool isNew)
    {
        guest.Touches.Add(
            new()
            {
                OrganizationId = who.OrganizationId,
                ContactId = guest.Contact.Id,
                PropertyId = place.Id,
                Kind = kind,
                Source = source,
                At = at,
                BookingId = bookingId,
            }
        );
        if (guest.Places.ContainsKey(place.Id))
        {
            return;
        }

        guest.Places[place.Id] = new()
        {
            OrganizationId = who.OrganizationId,
            PropertyId = place.Id,
            ContactId = guest.Contact.Id,
            Listed = ContactAtProperty.ListedAt(place),
            Source = source,
            CreatedAt = at,
        };
        if (!isNew)
        {
            var happened = Happened("contact.becameKnown", "contact", guest.Contact.Id, at, "property");
            guest.Events.Add(happened);
            guest.EventContacts.Add(
                new()
                {
                    OrganizationId = who.OrganizationId,
                    ContactId = guest.Contact.Id,
                    At = at,
                    EventId = happened.Id,
                    PropertyId = place.Id,
                }
            );
        }
    }

    private void Pair(Guid one, Guid other, string address, DateTime at)
    {
        var key = one.CompareTo(other) < 0 ? (one, other) : (other, one);
        if (!_pairs.TryGetValue(key, out var pair))
        {
            _pairs[key] = pair = LikelyDuplicate.New(who.OrganizationId, one, other, at);
        }

        pair.Show(IdentityKind.Email, address, claimed: false);
    }
}

/// <summary>The demo's rates to the organisation's currency, by currency, the earliest first.</summary>
internal sealed class DemoRates(string currency, ILookup<string, (DateOnly Day, decimal Rate)> rates)
{
    public string Currency => currency;

    /// <summary>The latest rate on or before a day; null when there is none.</summary>
    public decimal? On(string from, DateOnly day) =>
        from == currency ? 1m
        : rates[from].LastOrDefault(r => r.Day <= day) is { Rate: > 0 } known ? known.Rate
        : null;
}
