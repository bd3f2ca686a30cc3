using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Tags;

/// <summary>Gives a guest a tag. Makes the tag when it does not exist.</summary>
public static class TagContact
{
    /// <summary>The most tags of one guest. More would say nothing, and would slow down every list.</summary>
    public const int MostOfOne = 100;

    /// <exception cref="Refusal">404; 400 when the name is not valid; 409 <c>too-many-tags</c>.</exception>
    public static async Task Run(Guid id, string name, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        await db.Save(
            async () =>
            {
                var contact = await Find(id, who, db, cancel);
                var errors = new ValidationErrors();
                var clean = TagRules.Name(name, errors);
                errors.Refuse();
                var (tag, isNew) = await FindOrMake(clean!, who, db, cancel);
                if (
                    !isNew
                    && await db.ContactTags.AnyAsync(
                        t => t.OrganizationId == who.OrganizationId && t.ContactId == id && t.TagId == tag.Id,
                        cancel
                    )
                )
                {
                    return;
                }

                if (contact.TagIds.Length >= MostOfOne)
                {
                    throw Refusal.Conflict("too-many-tags", ErrorText.Of<TagTexts>("TooMany", MostOfOne));
                }

                db.ContactTags.Add(
                    new()
                    {
                        OrganizationId = who.OrganizationId,
                        ContactId = id,
                        TagId = tag.Id,
                        CreatedAt = contact.CreatedAt,
                    }
                );
                await Write(contact, [.. contact.TagIds.Append(tag.Id).Distinct()], who, db, cancel);
            },
            cancel
        );
    }

    /// <summary>Holds the contact's row until the save ends, and returns the contact.</summary>
    /// <exception cref="Refusal">404.</exception>
    internal static async Task<Contact> Find(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        await db.LockContact(who.OrganizationId, id, cancel);
        return await db.Contacts.VisibleTo(who, db.ContactsAtProperty).SingleOrDefaultAsync(c => c.Id == id, cancel)
            ?? throw Refusal.NotThere("contact", id);
    }

    /// <summary>Writes the tags to the contact's row, and records an event of the change.</summary>
    internal static async Task Write(Contact contact, Guid[] tags, Actor who, BellhopDb db, CancellationToken cancel)
    {
        await db.Flush(cancel);
        var (before, after) = (await Names(contact.TagIds), await Names(tags));
        contact.TagIds = tags;
        contact.UpdatedAt = db.Now.After(contact.UpdatedAt);
        db.Happened(
            who,
            "contact.updated",
            "contact",
            contact.Id,
            contact.Id,
            new Dictionary<string, string?[]> { ["tags"] = [before, after] }
        );

        async Task<string?> Names(Guid[] ids) =>
            ids.Length == 0 ? null : string.Join(", ", (await TagNames.Of(ids, who.OrganizationId, db, cancel)).Values.Select(t => t.Name));
    }

    /// <summary>Finds the tag with this clean name, or makes it.</summary>
    internal static async Task<(Tag Tag, bool IsNew)> FindOrMake(string name, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var key = Tag.Key(name);
        if (await db.Tags.VisibleTo(who).SingleOrDefaultAsync(t => t.NameKey == key, cancel) is { } there)
        {
            return (there, false);
        }

        var tag = TagRules.Make(name, null, who, db.Now);
        db.Tags.Add(tag);
        db.Happened(who, "tag.created", "tag", tag.Id);
        return (tag, true);
    }
}

/// <summary>Takes a tag off a guest. The tag itself stays.</summary>
public static class UntagContact
{
    /// <exception cref="Refusal">404 for the contact. A tag that the contact does not have is no error.</exception>
    public static async Task Run(Guid id, string name, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        await db.Save(
            async () =>
            {
                var contact = await TagContact.Find(id, who, db, cancel);
                var key = Tag.Key(Text.Clean(name).Value ?? "");
                var label = await db.ContactTags.SingleOrDefaultAsync(
                    l =>
                        l.OrganizationId == who.OrganizationId
                        && l.ContactId == id
                        && db.Tags.VisibleTo(who).Any(t => t.Id == l.TagId && t.NameKey == key),
                    cancel
                );
                if (label is not null)
                {
                    db.ContactTags.Remove(label);
                    await TagContact.Write(contact, [.. contact.TagIds.Where(t => t != label.TagId).Distinct()], who, db, cancel);
                }
            },
            cancel
        );
    }
}
