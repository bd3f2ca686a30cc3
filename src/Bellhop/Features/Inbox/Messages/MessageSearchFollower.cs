using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>Gives the search index the texts of messages that come, change or go, in the same save.</summary>
internal sealed class MessageSearchFollower : Follower
{
    public override IReadOnlyList<Type> Tables { get; } = [typeof(Message)];

    public override Task Writing(BellhopDb db, CancellationToken cancel)
    {
        foreach (var entry in db.ChangeTracker.Entries<Message>())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted))
            {
                continue;
            }

            var (search, place) = (entry.Property(m => m.Search), entry.Property(m => m.ConversationId));
            var before = entry.State == EntityState.Added ? null : search.OriginalValue;
            var after = entry.State == EntityState.Deleted ? null : search.CurrentValue;
            if (before != after || (entry.State == EntityState.Modified && place.IsModified && after is not null))
            {
                var (organization, id) = (entry.Entity.OrganizationId, entry.Entity.Id);
                db.SaveContext.MessageTexts.Add(new(organization, id, place.CurrentValue, before, after));
            }
        }

        return Task.CompletedTask;
    }

    public override Task BulkInserted(BellhopDb db, IReadOnlyCollection<object> rows, CancellationToken cancel)
    {
        foreach (var message in (rows as IEnumerable<Message> ?? []).Where(m => m.Search is not null))
        {
            db.SaveContext.MessageTexts.Add(new(message.OrganizationId, message.Id, message.ConversationId, null, message.Search));
        }

        return Task.CompletedTask;
    }
}
