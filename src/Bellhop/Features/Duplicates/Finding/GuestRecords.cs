using Bellhop.Data;
using Bellhop.Features.Duplicates.Scoring;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Duplicates;

/// <summary>What is compared of stored guests.</summary>
internal static class GuestRecords
{
    /// <summary>The fields, in the order of a record's: name, phones, addresses, birthday.</summary>
    public static readonly IReadOnlyList<FieldKind> Kinds = [FieldKind.Name, FieldKind.Number, FieldKind.Email, FieldKind.Date];
    public const int Name = 0;
    public const int Phone = 1;
    public const int Email = 2;
    public const int Birthday = 3;

    /// <summary>What is compared of one guest. Most of it is asked of few guests, and is made when it is asked for.</summary>
    public sealed class Guest(Rows stored)
    {
        /// <summary>What is stored of the guest, from which all else follows.</summary>
        public Rows Stored => stored;

        public Guid Id => stored.Contact.Id;

        /// <summary>All values, also those that are only claimed.</summary>
        public GuestRecord All { get; } = Record(stored, _ => true);

        /// <summary>Without what a stranger typed.</summary>
        public GuestRecord Proven => field ??= stored.Leads.Any(l => l.Claimed) ? Record(stored, l => !l.Claimed) : All;

        /// <summary>The channels' own ids that are proven: the kind with the scope in which the id is known.</summary>
        public IReadOnlySet<string> Ids =>
            field ??= stored
                .Leads.Where(l => !l.Claimed && l.Kind is not (IdentityKind.Phone or IdentityKind.Email))
                .Select(l => $"{l.Kind}/{(l.Key.LastIndexOf('/') is > 0 and var at ? l.Key[..at] : "")}")
                .ToHashSet(StringComparer.Ordinal);

        /// <summary>Each key once, in order.</summary>
        public IReadOnlyList<long> Keys => field ??= [.. CandidateKeys.Of(Kinds, All).Select(k => unchecked((long)k)).Order()];
    }

    /// <summary>The rows of one guest.</summary>
    public sealed record Rows(Shown Contact, IReadOnlyList<Lead> Leads)
    {
        public bool Equals(Rows? other) => other is not null && Contact == other.Contact && Leads.SequenceEqual(other.Leads);

        public override int GetHashCode() => Contact.GetHashCode();
    }

    public sealed record Shown(Guid Id, string? Name, string? Phone, string? Email, string? Birthday);

    public sealed record Lead(IdentityKind Kind, string Key, string Value, bool Claimed);

    /// <summary>The guests that are still there, by id.</summary>
    public static Task<Dictionary<Guid, Guest>> Of(
        IReadOnlyCollection<Guid> ids,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    ) => Again(ids, new Dictionary<Guid, Guest>(), organizationId, db, cancel);

    /// <summary>Reads guests again. Those that are as they were known are the same objects, and nothing is computed anew.</summary>
    public static async Task<Dictionary<Guid, Guest>> Again(
        IReadOnlyCollection<Guid> ids,
        IReadOnlyDictionary<Guid, Guest> known,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var guests = new Dictionary<Guid, Guest>(ids.Count);
        if (ids.Count == 0)
        {
            return guests;
        }

        Shown? mine = null;
        var leads = new List<(Guid Id, Lead Lead)>();
        await db.ReadWhile(
            $"""
            SELECT c.id, c.name, c.phone, c.email, c.birthday, i.id, i.kind, i.match_key, i.value, i.claimed
            FROM contacts c LEFT JOIN identities i ON i.organization_id = c.organization_id AND i.contact_id = c.id
            WHERE c.organization_id = {organizationId} AND {db.Dialect.Among($"c.id", ids)} ORDER BY c.id
            """,
            row =>
            {
                Next(row);
                return true;
            },
            cancel
        );
        Add();
        return guests;

        void Next(SqlRow row)
        {
            var id = row.Id();
            if (id == mine?.Id)
            {
                row.Skip(4);
            }
            else
            {
                Add();
                mine = new(id, row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull());
            }

            if (row.IsNull)
            {
                row.Skip(5);
            }
            else
            {
                leads.Add((row.Id(), new(row.Name<IdentityKind>(), row.Text(), row.Text(), row.Flag())));
            }
        }

        void Add()
        {
            if (mine is not null)
            {
                // Sorted here: asked for the order of two tables, SQLite would walk all identities for each contact.
                var rows = new Rows(mine, [.. leads.OrderBy(l => l.Id).Select(l => l.Lead)]);
                guests[mine.Id] = known.TryGetValue(mine.Id, out var before) && before.Stored.Equals(rows) ? before : new(rows);
                leads.Clear();
            }
        }
    }

    private static GuestRecord Record(Rows stored, Func<Lead, bool> counts)
    {
        var (guest, leads) = (stored.Contact, stored.Leads);
        return new(
            Kinds,
            [
                guest.Name is null ? [] : [guest.Name],
                Values(IdentityKind.Phone, guest.Phone, PairEvidence.KeyOf),
                Values(IdentityKind.Email, guest.Email, address => address),
                guest.Birthday is null ? [] : [guest.Birthday],
            ]
        );

        // What is shown is among the identities mostly, and reading a phone takes long.
        List<string> Values(IdentityKind kind, string? value, Func<string, string?> key)
        {
            var some = leads.Where(l => l.Kind == kind).ToList();
            var keys = some.Where(counts).Select(l => l.Key).ToList();
            if (value is not null && !some.Exists(l => l.Value == value) && key(value) is { } shown && !some.Exists(l => l.Key == shown))
            {
                keys.Add(shown);
            }

            return keys;
        }
    }
}
