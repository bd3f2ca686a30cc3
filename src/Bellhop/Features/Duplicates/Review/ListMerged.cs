using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Duplicates;

/// <summary>All merges that stand, the latest first. An actor sees those whose kept guest they see.</summary>
public static class ListMerged
{
    /// <param name="Page">The page's size and its cursor.</param>
    /// <param name="PropertyId">Only where the kept guest is known at this property.</param>
    public sealed record Query(PageQuery Page, Guid? PropertyId = null)
    {
        internal string Binding(Actor who) =>
            $"merged/{who.OrganizationId}/{(who.Properties is { } limited ? string.Join(',', limited.Order()) : "all")}/{PropertyId}";
    }

    /// <summary>One of the two, as the list shows them.</summary>
    public sealed record Guest(Guid Id, string? Name, string? Phone, string? Email);

    /// <param name="Merge">When and who.</param>
    /// <param name="Kept">The guest that is kept, as they are now.</param>
    /// <param name="Joined">The guest that was merged into that one, as they were.</param>
    public sealed record Row(MergeRow Merge, Guest Kept, Guest Joined);

    private sealed record Before(Before.Contact Other)
    {
        internal sealed record Contact(string? Name, string? Phone, string? Email);
    }

    /// <exception cref="Refusal">403 without contacts.edit; 404 for a property that the actor does not see; 400 for a wrong
    /// cursor.</exception>
    public static async Task<Page<Row>> Run(Query query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        query.Page.Refuse();
        var place = await PairPlace.Of(query.PropertyId, who, db, cancel);
        var after = query.Page.After(cursors, query.Binding(who)) is { } last ? Guid.Parse(last) : (Guid?)null;
        Sql goesOn = after is { } id ? $" AND m.id < {id}" : Sql.None;
        var rows = await db.Read(
            $"""
            SELECT m.id, m.contact_id, m.from_id, m.at, m.who_kind, m.who_id, m.who_name, m.state, c.name, c.phone, c.email
            FROM merges m JOIN contacts c ON c.organization_id = m.organization_id AND c.id = m.contact_id
            WHERE m.organization_id = {who.OrganizationId}{goesOn}{ContactSeen.And($"m.contact_id", who)}{PairPlace.KnowsKept(place, who)}
            ORDER BY m.id DESC{SqlDialect.Limit(query.Page.Limit + 1)}
            """,
            Read,
            cancel
        );
        return query.Page.Page(rows, r => r.Merge.Id.ToString(), cursors, query.Binding(who));
    }

    private static Row Read(SqlRow row)
    {
        var (id, kept, from, at) = (row.Id(), row.Id(), row.Id(), row.Instant());
        var who = new MergeRow.Doer(row.Name<ActorKind>(), row.Id(), row.Text());
        var before = JsonSerializer.Deserialize<Before>(row.Text())!.Other;
        return new(
            new(id, kept, from, at, who),
            new(kept, row.TextOrNull(), row.TextOrNull(), row.TextOrNull()),
            new(from, before.Name, before.Phone, before.Email)
        );
    }
}

/// <summary>Narrows pairs and merges to one property.</summary>
internal static class PairPlace
{
    /// <summary>The property asked for; null for all.</summary>
    /// <exception cref="Refusal">404 for a property that the actor does not see.</exception>
    public static async Task<Guid?> Of(Guid? asked, Actor who, BellhopDb db, CancellationToken cancel)
    {
        if (asked is { } property)
        {
            await VisibleProperties.Of([property], who, db, cancel);
        }

        return asked;
    }

    /// <summary>The condition, with its AND, that the kept guest of a merge <c>m</c> is known at the property.</summary>
    public static Sql KnowsKept(Guid? property, Actor who) =>
        property is { } at ? $" AND EXISTS ({IsAt(at, $"m.contact_id", who)})" : Sql.None;

    /// <summary>The condition, with its AND, that one guest of a pair <c>d</c> is known at the property.</summary>
    public static Sql KnowsOne(Guid? property, Actor who) =>
        property is { } at ? $" AND (EXISTS ({IsAt(at, $"d.older_id", who)}) OR EXISTS ({IsAt(at, $"d.newer_id", who)}))" : Sql.None;

    private static Sql IsAt(Guid property, Sql contactId, Actor who) =>
        $"""
            SELECT 1 FROM contact_at k
            WHERE k.organization_id = {who.OrganizationId} AND k.property_id = {property} AND k.contact_id = {contactId}
            """;
}
