using System.Text;
using Bellhop.Features.Properties;
using Bellhop.Features.Tags;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>
/// What the request read, on its way to the circuit that takes the page over. The framework encrypts it with the data-protection keys; here
/// it is bound to its viewer, their
/// rights, the address and a short time, so that it shows nobody what they would not be shown now.
/// </summary>
internal static class HandedContacts
{
    /// <summary>A circuit's first message is 32 KB at most, this and its encryption in it. What is larger is read again instead.</summary>
    public const int Most = 12 * 1024;

    // A page that was kept and opened again much later asks anew.
    private static readonly TimeSpan Lives = TimeSpan.FromMinutes(1);

    // Written and read by one and the same build only.
    private static readonly string Build = typeof(HandedContacts).Module.ModuleVersionId.ToString("N");

    /// <summary>Null where it is too large to hand over.</summary>
    public static byte[]? Write(SeeContacts.Row row, ContactsAddress address, Actor who)
    {
        using var bytes = new MemoryStream(8 * 1024);
        using (var to = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            to.Write(Binding(address, who));
            to.Write(row.AsOf.Ticks);
            Write(to, row.House);
            Write(to, row.Cards, row.Extras);
            to.Write(row.Matches);
            Write(to, row.Segment);
            Write(to, row.List.NextCursor);
            to.Write7BitEncodedInt(row.List.Items.Count);
            foreach (var guest in row.List.Items)
            {
                Write(to, guest);
            }
        }

        return bytes.Length > Most ? null : bytes.ToArray();
    }

    /// <summary>Null where it is not for this viewer, address or time.</summary>
    public static SeeContacts.Row? Read(byte[] handed, ContactsAddress address, Actor who, DateTime now)
    {
        using var from = new BinaryReader(new MemoryStream(handed, writable: false), Encoding.UTF8);
        if (
            from.ReadString() != Binding(address, who)
            || new DateTime(from.ReadInt64(), DateTimeKind.Utc) is var asOf && (now < asOf || now - asOf > Lives)
        )
        {
            return null;
        }

        var house = ReadHouse(from);
        var (cards, extras) = ReadCards(from, house.Currency);
        var (matches, segment, next, guests) = (
            from.ReadInt32(),
            ReadText(from),
            ReadText(from),
            new ContactRow[from.Read7BitEncodedInt()]
        );
        for (var i = 0; i < guests.Length; i++)
        {
            guests[i] = ReadGuest(from);
        }

        return new(house, cards, extras, matches, new(guests, next), asOf, segment);
    }

    private static string Binding(ContactsAddress address, Actor who) =>
        $"{Build} {who.OrganizationId} {who.Id:N} {who.Permissions.Stored()} {(who.Properties is { } limit ? string.Join(',', limit.Order()) : "all")} {address.Closed.Write()}";

    private static void Write(BinaryWriter to, SeeOrganization.Row house)
    {
        to.Write(house.Name);
        to.Write(house.Currency);
        to.Write(house.TimeZone);
        to.Write(house.Today.DayNumber);
        to.Write7BitEncodedInt(house.Places.Count);
        foreach (var place in house.Places)
        {
            Write(to, place.Id);
            to.Write(place.Name);
            to.Write(place.TimeZone);
            to.Write(place.Currency);
        }
    }

    private static SeeOrganization.Row ReadHouse(BinaryReader from)
    {
        var (name, currency, zone, today, places) = (
            from.ReadString(),
            from.ReadString(),
            from.ReadString(),
            DateOnly.FromDayNumber(from.ReadInt32()),
            new SeeOrganization.Place[from.Read7BitEncodedInt()]
        );
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = new(ReadId(from), from.ReadString(), from.ReadString(), from.ReadString());
        }

        return new(name, currency, zone, today, places);
    }

    private static void Write(BinaryWriter to, ContactSummary cards, ContactExtras extras)
    {
        to.Write(cards.TotalContacts);
        to.Write(cards.ActiveGuests);
        to.Write(cards.NewThisMonth);
        to.Write(cards.AverageLifetimeValue.Minor);
        to.Write(cards.AverageOverAll.Minor);
        to.Write(extras.InHouse);
        to.Write(extras.Upcoming);
        to.Write(extras.NewLastMonth);
    }

    private static (ContactSummary, ContactExtras) ReadCards(BinaryReader from, string currency) =>
        (
            new(from.ReadInt32(), from.ReadInt32(), from.ReadInt32(), new(from.ReadInt64(), currency), new(from.ReadInt64(), currency)),
            new(from.ReadInt32(), from.ReadInt32(), from.ReadInt32())
        );

    private static void Write(BinaryWriter to, ContactRow guest)
    {
        Write(to, guest.Id);
        Write(to, guest.Name);
        Write(to, guest.Phone);
        Write(to, guest.Email);
        to.Write((byte)guest.Source);
        Write(to, guest.Property?.Name);
        Write(to, guest.Property?.Id ?? default);
        to.Write7BitEncodedInt(guest.Labels.Count);
        foreach (var tag in guest.Labels)
        {
            Write(to, tag.Id);
            to.Write(tag.Name);
            to.Write((byte)tag.Color);
        }

        to.Write(guest.Bookings);
        to.Write(guest.TotalSpent.Minor);
        to.Write(guest.TotalSpent.Currency);
        to.Write(guest.CustomerSince.DayNumber);
        to.Write(guest.LastBooking is not null);
        if (guest.LastBooking is { } last)
        {
            Write(to, last.Id);
            Write(to, last.Reference);
            to.Write(last.Arrival.DayNumber);
        }

        to.Write(guest.Rating ?? -1);
        to.Write(guest.Active);
        Write(to, guest.Loyalty?.Tier);
        to.Write(guest.Loyalty?.Points ?? 0);
        to.Write(guest.CreatedAt.Ticks);
        to.Write(guest.UpdatedAt.Ticks);
    }

    private static ContactRow ReadGuest(BinaryReader from)
    {
        var (id, name, phone, email, source) = (ReadId(from), ReadText(from), ReadText(from), ReadText(from), (Source)from.ReadByte());
        var (property, propertyId, tags) = (ReadText(from), ReadId(from), new TagLabel[from.Read7BitEncodedInt()]);
        for (var i = 0; i < tags.Length; i++)
        {
            tags[i] = new(ReadId(from), from.ReadString(), (TagColor)from.ReadByte());
        }

        var (bookings, spent, since) = (
            from.ReadInt32(),
            new Money(from.ReadInt64(), from.ReadString()),
            DateOnly.FromDayNumber(from.ReadInt32())
        );
        var last = from.ReadBoolean() ? new LastBooking(ReadId(from), ReadText(from), DateOnly.FromDayNumber(from.ReadInt32())) : null;
        var (rating, active, tier, points) = (from.ReadInt32(), from.ReadBoolean(), ReadText(from), from.ReadInt32());
        return new(
            id,
            name,
            phone,
            email,
            source,
            property is null ? null : new(propertyId, property),
            [.. tags.Select(t => t.Name)],
            bookings,
            spent,
            since,
            last,
            rating < 0 ? null : rating,
            active,
            tier is null ? null : new(tier, points),
            new(from.ReadInt64(), DateTimeKind.Utc),
            new(from.ReadInt64(), DateTimeKind.Utc)
        )
        {
            Labels = tags,
        };
    }

    private static void Write(BinaryWriter to, Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        to.Write(bytes);
    }

    private static Guid ReadId(BinaryReader from) => new(from.ReadBytes(16));

    private static void Write(BinaryWriter to, string? text)
    {
        to.Write(text is not null);
        if (text is not null)
        {
            to.Write(text);
        }
    }

    private static string? ReadText(BinaryReader from) => from.ReadBoolean() ? from.ReadString() : null;
}
