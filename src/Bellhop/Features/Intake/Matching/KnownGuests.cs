using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Intake;

/// <summary>
/// The guests that many touches lead to, and the matching rule of <see cref="ResolveContact"/> for them. They are read in a few statements,
/// whatever their number.
/// </summary>
internal sealed class KnownGuests
{
    private readonly Dictionary<string, KnownGuest> _byPhone = new(StringComparer.Ordinal),
        _byEmail = new(StringComparer.Ordinal);

    /// <summary>Reads the guests that the keys lead to.</summary>
    public static async Task<KnownGuests> Of(
        IReadOnlyCollection<GuestKeys> keys,
        IReadOnlyList<Detail> details,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var known = new KnownGuests();
        var phones = await Owners(
            IdentityKind.Phone,
            [.. keys.Select(k => k.PhoneKey).OfType<string>().Distinct(StringComparer.Ordinal)],
            who,
            db,
            cancel
        );
        var emails = await Owners(
            IdentityKind.Email,
            [.. keys.Select(k => k.Address).OfType<string>().Distinct(StringComparer.Ordinal)],
            who,
            db,
            cancel
        );
        if (phones.Count + emails.Count == 0)
        {
            return known;
        }

        var guests = await Read([.. phones.Concat(emails).Select(o => o.ContactId).Distinct()], details, who, db, cancel);
        Fill(known._byPhone, phones);
        Fill(known._byEmail, emails);
        return known;

        void Fill(Dictionary<string, KnownGuest> by, List<(string Key, Guid ContactId)> owners)
        {
            foreach (var (key, id) in owners)
            {
                if (guests.TryGetValue(id, out var guest))
                {
                    by[key] = guest;
                }
            }
        }
    }

    /// <summary>The guest that the touch belongs to, and as rival another guest that its e-mail leads to.</summary>
    public (KnownGuest? Guest, KnownGuest? Rival) Match(GuestKeys keys)
    {
        var byPhone = keys.PhoneKey is { } phone ? _byPhone.GetValueOrDefault(phone) : null;
        var byEmail = keys.Address is { } address ? _byEmail.GetValueOrDefault(address) : null;
        var found =
            byPhone
            ?? (
                byEmail is not null && GuestKeys.EmailDecides(phoneIsKnown: false, keys.PhoneKey is not null, byEmail.HasPhone)
                    ? byEmail
                    : null
            );
        return (found, byEmail == found ? null : byEmail);
    }

    /// <summary>Makes those keys that lead nowhere yet lead to the guest.</summary>
    /// <returns>The keys that were attached.</returns>
    public GuestKeys Attach(KnownGuest guest, GuestKeys keys)
    {
        var phone = keys.PhoneKey is { } key && _byPhone.TryAdd(key, guest);
        var email = keys.Address is { } address && _byEmail.TryAdd(address, guest);
        guest.HasPhone |= phone;
        return new(phone ? keys.PhoneKey : null, keys.Phone, keys.PhoneAsGiven, email ? keys.Address : null, keys.EmailAsGiven);
    }

    /// <summary>Makes the key lead to this guest instead of any other, for an earlier decision that is not stored.</summary>
    public void Put(IdentityKind kind, string key, KnownGuest guest) => (kind == IdentityKind.Phone ? _byPhone : _byEmail)[key] = guest;

    /// <summary>All guests, each once.</summary>
    public IEnumerable<KnownGuest> All => _byPhone.Values.Concat(_byEmail.Values).DistinctBy(g => g.Id);

    /// <summary>Replaces a guest wherever a key leads to it.</summary>
    public void Replace(KnownGuest guest)
    {
        foreach (var by in new[] { _byPhone, _byEmail })
        {
            foreach (var key in by.Where(e => e.Value.Id == guest.Id).Select(e => e.Key).ToList())
            {
                by[key] = guest;
            }
        }
    }

    private static async Task<List<(string Key, Guid ContactId)>> Owners(
        IdentityKind kind,
        IReadOnlyCollection<string> keys,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        if (keys.Count == 0)
        {
            return [];
        }

        // A claimed identity leads nowhere here, because a row of a file takes its key over.
        return await db.Read(
            $"""
            SELECT match_key, contact_id FROM identities WHERE organization_id = {who.OrganizationId} AND kind = {kind}
            AND claimed = {false} AND {db.Dialect.Among($"match_key", keys)}
            """,
            row => (row.Text(), row.Id()),
            cancel
        );
    }

    /// <summary>Reads guests by id as they are stored now, with the given details.</summary>
    public static async Task<Dictionary<Guid, KnownGuest>> Read(
        IReadOnlyCollection<Guid> ids,
        IReadOnlyList<Detail> details,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var (mine, dialect) = (who.OrganizationId, db.Dialect);
        var columns = Sql.Join(", ", details.Select(d => Sql.Name(d.Column)).Prepend(Sql.Of($"taken_off")));
        var guests = await db.Read(
            $"""
            SELECT id, name, phone, email, property_id, tag_ids, {columns} FROM contacts
            WHERE organization_id = {mine} AND {dialect.Among($"id", ids)}
            """,
            row => Guest(row, details),
            cancel
        );
        var found = guests.ToDictionary(g => g.Id);
        Sql ofThem = $"organization_id = {mine} AND {dialect.Among($"contact_id", ids)}";
        foreach (
            var (id, property) in await db.Read(
                $"SELECT contact_id, property_id FROM contact_at WHERE {ofThem}",
                row => (row.Id(), row.Id()),
                cancel
            )
        )
        {
            found[id].At.Add(property);
        }

        foreach (
            var (id, channel, granted) in await db.Read(
                $"SELECT contact_id, channel, granted FROM consents WHERE {ofThem}",
                row => (row.Id(), row.Name<ConsentChannel>(), row.Flag()),
                cancel
            )
        )
        {
            found[id].Consents[channel] = granted;
        }

        foreach (
            var id in await db.Read(
                $"SELECT DISTINCT contact_id FROM identities WHERE kind = 'Phone' AND {ofThem}",
                row => row.Id(),
                cancel
            )
        )
        {
            found[id].HasPhone = true;
        }

        foreach (var guest in found.Values)
        {
            guest.IsHidden = who.Properties is { } limited && !limited.Any(guest.At.Contains);
            guest.IsAssignedElsewhere = !who.Sees(guest.PropertyId);
        }

        return found;
    }

    private static KnownGuest Guest(SqlRow row, IReadOnlyList<Detail> details)
    {
        var guest = new KnownGuest
        {
            Id = row.Id(),
            Name = row.TextOrNull(),
            Phone = row.TextOrNull(),
            Email = row.TextOrNull(),
            PropertyId = row.Id(),
            Tags = [.. GuidText.Read(row.Text())],
            TakenOff = row.TextOrNull(),
        };
        foreach (var detail in details)
        {
            if (row.TextOrNull() is { } value)
            {
                guest.Details[detail] = value;
            }
        }

        return guest;
    }
}
