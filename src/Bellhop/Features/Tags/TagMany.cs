using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Tags;

/// <summary>
/// Puts one tag on many contacts, or takes it off, in a few statements. It writes the same rows and events as one by one. Call it inside a
/// save.
/// </summary>
internal static class TagMany
{
    /// <param name="Changed">The contacts that the call changed.</param>
    /// <param name="Full">How many contacts did not get the tag, because they have the most tags allowed.</param>
    public readonly record struct Done(IReadOnlyList<Guid> Changed, int Full);

    private sealed record Row(Guid Id, Guid[] Tags, DateTime UpdatedAt);

    /// <summary>Puts the tag on the contacts that the actor sees, or takes it off them.</summary>
    /// <param name="whole">True: a contact that the actor does not see is a 404. False: such a contact is skipped.</param>
    /// <exception cref="Refusal">404.</exception>
    public static async Task<Done> Change(
        Tag tag,
        bool put,
        IReadOnlyList<Guid> ids,
        bool whole,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.ContactsEdit);
        await db.Flush(cancel); // a tag made in this save
        var rows = await Hold(ids, who, db, cancel);
        if (whole && rows.Count < ids.Count)
        {
            throw Refusal.NotThere("contact", ids.Except(rows.Select(r => r.Id)).First());
        }

        var chosen = rows.FindAll(r => r.Tags.Contains(tag.Id) != put);
        var changed = put ? chosen.FindAll(r => r.Tags.Length < TagContact.MostOfOne) : chosen;
        if (changed.Count > 0)
        {
            await Write(tag, put, changed, who, db, cancel);
        }

        return new(changed.ConvertAll(r => r.Id), chosen.Count - changed.Count);
    }

    // Locks rows in the order of the key, so that two writers never wait for each other in a circle.
    private static async Task<List<Row>> Hold(IReadOnlyList<Guid> ids, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var seen = ContactSeen.And($"c.id", who);
        return await db.Read(
            $"""
            SELECT c.id, c.tag_ids, c.updated_at FROM contacts c WHERE c.organization_id = {who.OrganizationId}
            AND {db.Dialect.Among($"c.id", ids)}{seen} ORDER BY c.id{db.Dialect.ForUpdate}
            """,
            row => new Row(row.Id(), [.. GuidText.Read(row.Text()).Distinct()], row.Instant()),
            cancel
        );
    }

    private static async Task Write(Tag tag, bool put, List<Row> changed, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var ids = changed.ConvertAll(r => r.Id);
        await db.Execute(
            put
                ? Sql.Of(
                    $"""
                    INSERT INTO contact_tags (organization_id, contact_id, tag_id, created_at)
                        SELECT organization_id, id, {tag.Id}, created_at FROM contacts
                    WHERE organization_id = {who.OrganizationId} AND {db.Dialect.Among($"id", ids)} ON CONFLICT DO NOTHING
                    """
                )
                : $"""
                DELETE FROM contact_tags
                WHERE organization_id = {who.OrganizationId} AND tag_id = {tag.Id} AND {db.Dialect.Among($"contact_id", ids)}
                """,
            cancel
        );

        // One instant for all contacts, later than the last change of each.
        var (at, text) = (db.Now.After(changed.Max(r => r.UpdatedAt)), tag.Id.ToString("D"));
        var tags = put
            ? Sql.Of($"CASE WHEN tag_ids = '' THEN {text} ELSE tag_ids || ',' || {text} END")
            : $"ltrim(replace(replace(tag_ids, ',' || {text}, ''), {text}, ''), ',')";
        await db.Execute(
            $"""
            UPDATE contacts SET tag_ids = {tags}, updated_at = {at}
            WHERE organization_id = {who.OrganizationId} AND {db.Dialect.Among($"id", ids)}
            """,
            cancel
        );

        var names = await TagNames.Of([.. changed.SelectMany(r => r.Tags), tag.Id], who.OrganizationId, db, cancel);
        db.HappenedToContacts(
            who,
            "contact.updated",
            "contact",
            changed.Select(row =>
            {
                var after = put ? row.Tags.Append(tag.Id) : row.Tags.Where(t => t != tag.Id);
                return (
                    row.Id,
                    (IReadOnlyDictionary<string, string?[]>)new Dictionary<string, string?[]> { ["tags"] = [Say(row.Tags), Say(after)] }
                );
            })
        );

        string? Say(IEnumerable<Guid> of)
        {
            var mine = of.ToHashSet();
            return mine.Count == 0 ? null : string.Join(", ", names.Values.Where(t => mine.Contains(t.Id)).Select(t => t.Name));
        }
    }
}
