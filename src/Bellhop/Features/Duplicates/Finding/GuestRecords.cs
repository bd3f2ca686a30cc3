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

    /// <param name="All">All values, also those that are only claimed.</param>
    /// <param name="Proven">Without what a stranger typed.</param>
    /// <param name="Ids">The channels' own ids that are proven: the kind with the scope in which the id is known.</param>
    public sealed record Guest(Guid Id, GuestRecord All, GuestRecord Proven, IReadOnlySet<string> Ids)
    {
        public HashSet<long> Keys { get; } = [.. CandidateKeys.Of(Kinds, All).Select(k => unchecked((long)k))];
    }

    private sealed record Shown(Guid Id, string? Name, string? Phone, string? Email, string? Birthday);

    private sealed record Lead(Guid ContactId, IdentityKind Kind, string Key, string Value, bool Claimed);

    /// <summary>The guests that are still there, by id.</summary>
    public static async Task<Dictionary<Guid, Guest>> Of(
        IReadOnlyCollection<Guid> ids,
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

        var shown = await db.Read(
            $"""
            SELECT id, name, phone, email, birthday FROM contacts
            WHERE organization_id = {organizationId} AND {db.Dialect.Among($"id", ids)}
            """,
            row => new Shown(row.Id(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull()),
            cancel
        );
        var leads = await db.Read(
            $"""
            SELECT contact_id, kind, match_key, value, claimed FROM identities
            WHERE organization_id = {organizationId} AND {db.Dialect.Among($"contact_id", ids)} ORDER BY contact_id, id
            """,
            row => new Lead(row.Id(), row.Name<IdentityKind>(), row.Text(), row.Text(), row.Flag()),
            cancel
        );
        var mine = leads.ToLookup(l => l.ContactId);
        foreach (var guest in shown)
        {
            guests[guest.Id] = Of(guest, [.. mine[guest.Id]]);
        }

        return guests;
    }

    private static Guest Of(Shown guest, IReadOnlyList<Lead> leads) =>
        new(
            guest.Id,
            Record(guest, leads, _ => true),
            Record(guest, leads, l => !l.Claimed),
            leads
                .Where(l => !l.Claimed && l.Kind is not (IdentityKind.Phone or IdentityKind.Email))
                .Select(l => $"{l.Kind}/{(l.Key.LastIndexOf('/') is > 0 and var at ? l.Key[..at] : "")}")
                .ToHashSet(StringComparer.Ordinal)
        );

    private static GuestRecord Record(Shown guest, IReadOnlyList<Lead> leads, Func<Lead, bool> counts)
    {
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
