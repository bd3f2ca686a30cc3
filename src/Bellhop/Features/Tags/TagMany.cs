using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Tags;

/// <summary>One tag for many contacts in a few statements, with the same rows and events as one by one. Inside a save.</summary>
internal static class TagMany
{
    private static readonly ParameterNames PropertyNames = new("property");

    /// <param name="Changed">Those that had it not (or had it) before.</param>
    /// <param name="Full">How many have as many tags as one may have.</param>
    public readonly record struct Done(IReadOnlyList<Guid> Changed, int Full);

    private sealed record Row(Guid Id, Guid[] Tags, DateTime UpdatedAt);

    /// <summary>Puts the tag on those of the contacts that the actor sees, or takes it off.</summary>
    /// <param name="whole">Whether it is a 404 where one of them is not theirs to see; else those are passed over.</param>
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

    // In the order of the key, so that two writers never wait for each other in a circle.
    private static async Task<List<Row>> Hold(IReadOnlyList<Guid> ids, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var limited = who.Properties;
        var seen = limited is null
            ? ""
            : " AND EXISTS (SELECT 1 FROM contact_at a WHERE a.organization_id = @organization "
                + $"AND a.contact_id = c.id{PropertyNames.AndIn("a.property_id", limited.Count)})";
        await using var reading = await db.Write(
            "SELECT c.id, c.tag_ids, c.updated_at FROM contacts c WHERE c.organization_id = @organization "
                + $"AND {db.AmongIds("c.id", "@ids")}{seen} ORDER BY c.id{db.ForUpdate}",
            cancel
        );
        reading.With("organization", who.OrganizationId).With("ids", db.StoredIds(ids));
        for (var i = 0; i < limited?.Count; i++)
        {
            reading.With(PropertyNames[i], db.Stored(limited[i]));
        }

        return await reading.ToList(
            row => new Row(db.ReadId(row, 0), [.. GuidText.Read(row.GetString(1)).Distinct()], db.ReadInstant(row, 2)),
            cancel
        );
    }

    private static async Task Write(Tag tag, bool put, List<Row> changed, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var ids = db.StoredIds(changed.Select(r => r.Id));
        var among = db.AmongIds(put ? "id" : "contact_id", "@ids");
        await using (
            var labels = await db.Write(
                put
                    ? "INSERT INTO contact_tags (organization_id, contact_id, tag_id, created_at) "
                        + "SELECT organization_id, id, @tag, created_at FROM contacts WHERE organization_id = @organization "
                        + $"AND {among} ON CONFLICT DO NOTHING"
                    : $"DELETE FROM contact_tags WHERE organization_id = @organization AND tag_id = @tag AND {among}",
                cancel
            )
        )
        {
            await labels
                .With("organization", who.OrganizationId)
                .With("ids", ids)
                .With("tag", db.Stored(tag.Id))
                .Command.ExecuteNonQueryAsync(cancel);
        }

        // One instant for all of them, later than any of theirs.
        var at = db.Now.After(changed.Max(r => r.UpdatedAt));
        var tags = put
            ? "CASE WHEN tag_ids = '' THEN @text ELSE tag_ids || ',' || @text END"
            : "ltrim(replace(replace(tag_ids, ',' || @text, ''), @text, ''), ',')";
        await using (
            var contacts = await db.Write(
                $"UPDATE contacts SET tag_ids = {tags}, updated_at = @at WHERE organization_id = @organization "
                    + $"AND {db.AmongIds("id", "@ids")}",
                cancel
            )
        )
        {
            await contacts
                .With("organization", who.OrganizationId)
                .With("ids", ids)
                .With("text", tag.Id.ToString("D"))
                .With("at", db.Stored(at))
                .Command.ExecuteNonQueryAsync(cancel);
        }

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
