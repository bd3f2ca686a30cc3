using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Inbox;

/// <summary>That a person has a conversation open, and when they last wrote in it. It is true for a moment only.</summary>
public sealed class Presence
{
    public int OrganizationId { get; init; }
    public Guid ConversationId { get; init; }
    public Guid PersonId { get; init; }
    public required string PersonName { get; set; }
    public DateTime At { get; set; }

    /// <summary>Null when they are not writing.</summary>
    public DateTime? WroteAt { get; set; }
}

internal sealed class PresenceTable : IEntityTypeConfiguration<Presence>
{
    public void Configure(EntityTypeBuilder<Presence> table)
    {
        table
            .ToTable("presences")
            .HasKey(p => new
            {
                p.OrganizationId,
                p.ConversationId,
                p.PersonId,
            });
        table
            .HasOne<Conversation>()
            .WithMany()
            .HasForeignKey(p => new { p.OrganizationId, p.ConversationId })
            .OnDelete(DeleteBehavior.Cascade);
        table.Property(p => p.PersonName).HasMaxLength(256);
    }
}

/// <summary>Says that the caller has a conversation open now. An open page says so again and again.</summary>
public static class NotePresence
{
    /// <summary>Told to open pages.</summary>
    public const string Kind = "presence";

    /// <summary>How often an open page says so.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    /// <exception cref="Refusal">404 for a conversation that the actor does not see.</exception>
    public static async Task Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ConversationsView);
        await db.Save(
            async () =>
            {
                await ConversationSeenBy.Demand(id, who, db, cancel);
                await Mark(id, isWriting: null, who, db, cancel);
            },
            cancel
        );
    }

    /// <param name="isWriting">Null: as before.</param>
    internal static async Task Mark(Guid id, bool? isWriting, Actor who, BellhopDb db, CancellationToken cancel)
    {
        if (who.Kind != ActorKind.User)
        {
            return; // a program sits before no page
        }

        var here = await db.Presences.FindAsync([who.OrganizationId, id, who.Id], cancel);
        if (here is null)
        {
            here = new()
            {
                OrganizationId = who.OrganizationId,
                ConversationId = id,
                PersonId = who.Id,
                PersonName = who.Name,
            };
            db.Presences.Add(here);
        }

        (here.PersonName, here.At) = (who.Name, db.Now);
        here.WroteAt = isWriting is { } writes ? (writes ? db.Now : null) : here.WroteAt;
        db.TellOfMany(who.OrganizationId, Kind);
    }
}

/// <summary>Who else has a conversation open now.</summary>
public static class SeePresence
{
    private static readonly TimeSpan Here = TimeSpan.FromSeconds(75);
    private static readonly TimeSpan Writing = TimeSpan.FromSeconds(20);

    public sealed record Row(Guid PersonId, string Name, bool IsWriting);

    /// <summary>Who writes comes first.</summary>
    /// <exception cref="Refusal">404 for a conversation that the actor does not see.</exception>
    public static async Task<IReadOnlyList<Row>> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ConversationsView);
        await ConversationSeenBy.Demand(id, who, db, cancel);
        var (since, writing) = (db.Now - Here, db.Now - Writing);
        var others = await db
            .Presences.AsNoTracking()
            .Where(p => p.OrganizationId == who.OrganizationId && p.ConversationId == id && p.PersonId != who.Id && p.At > since)
            .ToListAsync(cancel);
        return
        [
            .. others
                .Select(p => new Row(p.PersonId, p.PersonName, p.WroteAt > writing))
                .OrderByDescending(r => r.IsWriting)
                .ThenBy(r => r.Name, StringComparer.CurrentCulture),
        ];
    }
}
