using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Contacts;
using Bellhop.Features.Imports.Files;
using Bellhop.Features.Intake;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Imports;

/// <summary>
/// Takes an import back: deletes the guests that it made and restores the fields that it changed. A guest that somebody changed later, or
/// with a later booking, note or message, stays as it is and is listed.
/// </summary>
public static class ReverseImport
{
    private const int InOneSave = 50;

    /// <summary>The job handler.</summary>
    public static readonly JobHandler Handler = new("imports.reverse", Continue);

    /// <exception cref="Refusal">403 without contacts.importExport; 404; 409 <c>not-reversible</c> for a rehearsal, an import that is at
    /// work, or one already taken back.</exception>
    public static async Task<Answered<ImportRow>> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsImportExport);
        return await db.Save(
            async () =>
            {
                var import =
                    await db.Imports.VisibleTo(who).SingleOrDefaultAsync(i => i.Id == id, cancel) ?? throw Refusal.NotThere("import", id);
                if (import.DryRun || import.State is not (ImportState.Completed or ImportState.Failed or ImportState.Cancelled))
                {
                    throw Refusal.Conflict("not-reversible", ErrorText.Of<ImportTexts>("NotReversible"));
                }

                import.State = ImportState.Reversing;
                import.JobId = await db.Queue(who, Handler.Kind, id.ToString(), cancel: cancel);
                db.Happened(who, "import.reversalAsked", "import", id);
                await db.Flush(cancel);
                return new Answered<ImportRow>((await GetImport.Read(id, who, db, cancel))!, 202, $"/imports/{id}");
            },
            cancel
        );
    }

    /// <summary>
    /// Continues where it stopped: each save takes some guests back and deletes their notes; guests that are kept are skipped by their ids.
    /// </summary>
    private static async Task Continue(Job job, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsImportExport);
        var id = Guid.Parse(job.Argument);
        if (await ImportJob.Find(id, job.OrganizationId, db, cancel) is not { State: ImportState.Reversing } import)
        {
            return;
        }

        await db
            .Imports.Where(i => i.OrganizationId == import.OrganizationId && i.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.Kept, 0), cancel);
        for (Guid? after = Guid.Empty; after is { } last; )
        {
            after = await db.Save(
                () => TakeSomeBack(import, job, last, who, db, cancel),
                cancel,
                SettingsLock.Shared(who.OrganizationId),
                alone: true
            );
            cancel.ThrowIfCancellationRequested();
        }

        await db.Save(
            async () =>
            {
                var mine = await db.Imports.SingleAsync(i => i.OrganizationId == import.OrganizationId && i.Id == id, cancel);
                await RemoveTags(mine.MadeTags, who, db, cancel);
                mine.State = ImportState.Reversed;
                db.Happened(who, "import.reversed", "import", id, $"reverted={mine.Reverted}", $"kept={mine.Kept}");
            },
            cancel
        );
    }

    /// <summary>Deletes tags that the import made, if no guest has them, no segment uses them and nobody changed them.</summary>
    private static async Task RemoveTags(IReadOnlyList<Guid> made, Actor who, BellhopDb db, CancellationToken cancel)
    {
        foreach (var tag in await db.Tags.VisibleTo(who).Where(t => made.Contains(t.Id) && t.UpdatedAt == t.CreatedAt).ToListAsync(cancel))
        {
            var id = tag.Id.ToString("D");
            if (
                !await db.ContactTags.AnyAsync(t => t.OrganizationId == who.OrganizationId && t.TagId == tag.Id, cancel)
                && !await db.Segments.AnyAsync(s => s.OrganizationId == who.OrganizationId && s.Conditions.Contains(id), cancel)
            )
            {
                db.Tags.Remove(tag);
                db.Happened(who, "tag.deleted", "tag", tag.Id);
            }
        }
    }

    private static async Task<Guid?> TakeSomeBack(Import import, Job job, Guid after, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var some = await db
            .ImportChanges.Where(c => c.OrganizationId == import.OrganizationId && c.ImportId == import.Id && c.ContactId > after)
            .OrderBy(c => c.ContactId)
            .Take(InOneSave)
            .ToListAsync(cancel);
        var (reverted, kept) = (0, 0);
        foreach (var change in some)
        {
            var contact = await ResolveContact.ForChange(db, import.OrganizationId, change.ContactId, cancel);
            if (
                contact is null
                || contact.UpdatedAt != change.Version
                || !await ContactSeen.IsWhole(contact.Id, who, db, cancel)
                || (change.Created && await db.HasMoreThanImport(contact.OrganizationId, contact.Id, cancel))
            )
            {
                kept++;
                continue;
            }

            if (change.Created)
            {
                db.Happened(who, "contact.deleted", "contact", contact.Id);
                await db.DeleteContactRows(import.OrganizationId, contact.Id, cancel);
            }
            else
            {
                await Restore(contact, change, who, db, cancel);
            }

            reverted++;
        }

        await db
            .Imports.Where(i => i.OrganizationId == import.OrganizationId && i.Id == import.Id)
            .ExecuteUpdateAsync(
                set => set.SetProperty(i => i.Reverted, i => i.Reverted + reverted).SetProperty(i => i.Kept, i => i.Kept + kept),
                cancel
            );
        db.TellOfMany(import.OrganizationId, "import");
        await ImportProgress.Tell(job, import.Reverted + reverted, import.Created + import.Updated, db, cancel);
        return some.Count < InOneSave ? null : some[^1].ContactId;
    }

    private static async Task Restore(Contact contact, ImportChange change, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var before = JsonSerializer.Deserialize<ImportedChanges.Before>(change.Before)!;
        var shown = (contact.Name, contact.Phone, contact.Email);
        var (tags, property) = (contact.TagIds, contact.PropertyId);
        contact.Show(
            before.Name is { } name ? name.Value : contact.Name,
            before.Phone is { } was ? was.Value : contact.Phone,
            before.Email is { } email ? email.Value : contact.Email
        );
        foreach (var detail in ImportFields.Details.Where(d => before.Details?.ContainsKey(d.Name) == true))
        {
            detail.Set(contact, before.Details![detail.Name]);
        }

        if (before.PhoneAttached && shown.Phone is { } phone)
        {
            await FreeIdentity.One(contact, IdentityKind.Phone, Phone.Parse(phone, null).MatchKey!, db, cancel);
        }

        if (before.EmailAttached && shown.Email is { } address)
        {
            await FreeIdentity.One(contact, IdentityKind.Email, address, db, cancel);
        }

        contact.TagIds = [.. contact.TagIds.Except(before.Tags)];
        db.RemoveRange(
            await db
                .ContactTags.Where(t =>
                    t.OrganizationId == contact.OrganizationId && t.ContactId == contact.Id && before.Tags.Contains(t.TagId)
                )
                .ToListAsync(cancel)
        );
        await RestoredFields.Consents(contact, before, db, cancel);
        await RestoredFields.Places(contact, before, db, cancel);
        contact.UpdatedAt = db.Now.After(contact.UpdatedAt);
        await RestoredFields.Say(contact, before, shown, tags, property, who, db, cancel);
        db.ImportChanges.Remove(change);
        await db.Flush(cancel);
        await MeetEarlier(contact, before, who, db, cancel);
    }

    /// <summary>
    /// When the guest is again as an earlier import left it, but with a new version, updates that import's note, so that it can still be
    /// taken back. If that import made the guest and was already taken back, deletes the guest, unless it has more than imports gave it.
    /// </summary>
    private static async Task MeetEarlier(Contact contact, ImportedChanges.Before before, Actor who, BellhopDb db, CancellationToken cancel)
    {
        if (before.Version is not { } version)
        {
            return;
        }

        var earlier = await db
            .ImportChanges.Where(c => c.OrganizationId == contact.OrganizationId && c.ContactId == contact.Id && c.Version == version)
            .ToListAsync(cancel);
        earlier.ForEach(c => c.Version = contact.UpdatedAt);
        var makers = earlier.Where(c => c.Created).Select(c => c.ImportId).ToList();
        if (
            makers.Count > 0
            && await db.Imports.AnyAsync(
                i => i.OrganizationId == contact.OrganizationId && makers.Contains(i.Id) && i.State == ImportState.Reversed,
                cancel
            )
            && !await db.HasMoreThanImport(contact.OrganizationId, contact.Id, cancel)
        )
        {
            db.Happened(who, "contact.deleted", "contact", contact.Id);
            await db.DeleteContactRows(contact.OrganizationId, contact.Id, cancel);
        }
    }
}
