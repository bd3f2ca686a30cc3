using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Duplicates;

/// <summary>
/// Notes each contact of which something changed that is compared: a value, or the days of a stay. The save writes only its id; a job
/// compares it within seconds.
/// </summary>
internal sealed class DuplicateFollower : Follower
{
    private static readonly string[] Compared =
    [
        nameof(Contact.Name),
        nameof(Contact.Phone),
        nameof(Contact.Email),
        nameof(Contact.Birthday),
    ];

    private static readonly string[] OfStay =
    [
        nameof(Booking.ContactId),
        nameof(Booking.Arrival),
        nameof(Booking.Departure),
        nameof(Booking.Reference),
    ];

    public override IReadOnlyList<Type> Tables { get; } = [typeof(DuplicateCheck)];

    public override Task Writing(BellhopDb db, CancellationToken cancel)
    {
        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (entry.State is EntityState.Unchanged or EntityState.Detached)
            {
                continue;
            }

            switch (entry.Entity)
            {
                case Contact contact when entry.State == EntityState.Deleted:
                    db.SaveContext.Unchecked.Remove((contact.OrganizationId, contact.Id));
                    break;
                case Contact contact when entry.State == EntityState.Added || Compared.Any(c => entry.Property(c).IsModified):
                    Note(db, contact.OrganizationId, contact.Id);
                    break;
                case Identity identity:
                    Note(db, identity.OrganizationId, identity.ContactId);
                    if (entry.State == EntityState.Modified)
                    {
                        Note(db, identity.OrganizationId, (Guid)entry.Property(nameof(Identity.ContactId)).OriginalValue!);
                    }

                    break;
                case Booking booking when entry.State != EntityState.Modified || OfStay.Any(c => entry.Property(c).IsModified):
                    NoteGuest(db, booking);
                    if (
                        entry.State == EntityState.Modified
                        && entry.Property(nameof(Booking.ContactId)).OriginalValue is Guid before
                        && before != booking.ContactId
                    )
                    {
                        Note(db, booking.OrganizationId, before);
                    }

                    break;
                case LikelyDuplicate pair when entry.State != EntityState.Deleted && IsDoors(pair, entry):
                    Note(db, pair.OrganizationId, pair.OlderId);
                    break;
            }
        }

        return Task.CompletedTask;
    }

    public override Task BulkInserted(BellhopDb db, IReadOnlyCollection<object> rows, CancellationToken cancel)
    {
        foreach (var row in rows)
        {
            switch (row)
            {
                case Contact contact:
                    Note(db, contact.OrganizationId, contact.Id);
                    break;
                case Identity identity:
                    Note(db, identity.OrganizationId, identity.ContactId);
                    break;
                case Booking booking:
                    NoteGuest(db, booking);
                    break;
                case LikelyDuplicate pair:
                    Note(db, pair.OrganizationId, pair.OlderId);
                    Note(db, pair.OrganizationId, pair.NewerId);
                    break;
            }
        }

        return Task.CompletedTask;
    }

    public override Task ContactDeleted(BellhopDb db, int organizationId, Guid contactId, CancellationToken cancel) =>
        db.Execute($"DELETE FROM duplicate_checks WHERE organization_id = {organizationId} AND contact_id = {contactId}", cancel);

    // What the job found itself is no reason to look again.
    private static bool IsDoors(LikelyDuplicate pair, Microsoft.EntityFrameworkCore.ChangeTracking.EntityEntry entry)
    {
        var reasons = entry.Property(nameof(LikelyDuplicate.Reasons));
        var before = entry.State == EntityState.Added ? "" : (string)reasons.OriginalValue!;
        return !Doors(pair.Reasons).SetEquals(Doors(before));
    }

    private static HashSet<string> Doors(string reasons) =>
        reasons.Split(',').Where(r => LikelyDuplicate.ScoreOf(r) > 0).ToHashSet(StringComparer.Ordinal);

    private static void NoteGuest(BellhopDb db, Booking booking)
    {
        if (booking.ContactId is { } guest)
        {
            Note(db, booking.OrganizationId, guest);
        }
    }

    private static void Note(BellhopDb db, int organizationId, Guid contactId)
    {
        db.SaveContext.Unchecked.Add((organizationId, contactId));
        db.SaveContext.ToQueue.Add((organizationId, FindDuplicates.Kind));
    }
}
