using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Intake;

public enum IdentityKind
{
    Phone,
    Email,

    /// <summary>The guest's WhatsApp number, as WhatsApp writes it.</summary>
    WhatsApp,

    /// <summary>WhatsApp's business-scoped id, known within a connection.</summary>
    WhatsAppUser,

    /// <summary>Known within a page.</summary>
    Messenger,

    /// <summary>Known within an account.</summary>
    Instagram,

    /// <summary>Known everywhere.</summary>
    Telegram,
}

/// <summary>Something that leads to a contact. Its key belongs to one contact of the organisation; the database enforces this.</summary>
public sealed class Identity
{
    private static readonly TimeSpan SeenAgain = TimeSpan.FromMinutes(1);

    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid ContactId { get; set; }
    public IdentityKind Kind { get; init; }

    /// <summary>
    /// The key to match by: the digits, with national variants of one mobile number made one; the lower-cased address; a channel's id,
    /// behind the scope in which it is known.
    /// </summary>
    public required string MatchKey { get; init; }

    /// <summary>E.164, the address, or the channel's id.</summary>
    public required string Value { get; set; }

    /// <summary>The spelling that arrived first.</summary>
    public required string AsGiven { get; set; }

    /// <summary>Whether the channel itself proves it. Typed and booked identities are not verified.</summary>
    public bool Verified { get; set; }

    /// <summary>
    /// A stranger typed it, and nothing has proven it yet. It leads here only for other claimed touches; a proven touch takes the key over.
    /// </summary>
    public bool Claimed { get; set; }
    public DateTime FirstSeenAt { get; set; }

    /// <summary>A channel's is accurate to a minute: whoever writes much is not written down for every word.</summary>
    public DateTime LastSeenAt { get; set; }

    /// <summary>The guest's user name on the channel. Guests change it, so nothing is found by it.</summary>
    public string? Label { get; set; }

    /// <summary>A new identity that leads to a contact, seen for the first time.</summary>
    internal static Identity Of(
        int organizationId,
        Guid contactId,
        (IdentityKind Kind, string Key, string Value) said,
        string asGiven,
        DateTime now
    ) =>
        new()
        {
            OrganizationId = organizationId,
            ContactId = contactId,
            Kind = said.Kind,
            MatchKey = said.Key,
            Value = said.Value,
            AsGiven = asGiven,
            FirstSeenAt = now,
            LastSeenAt = now,
        };

    /// <summary>The channel shows it: it is proven, and seen.</summary>
    internal void Prove(DateTime now)
    {
        (Verified, Claimed) = (true, false);
        if (now - LastSeenAt >= SeenAgain)
        {
            LastSeenAt = now;
        }
    }

    /// <summary>Makes it lead to another contact, in that contact's own spelling. Nothing of the earlier contact stays in it.</summary>
    internal void LeadTo(Guid contactId, string value, string asGiven, bool claimed, DateTime seen)
    {
        (ContactId, Value, AsGiven) = (contactId, value, asGiven);
        (Claimed, Verified) = (claimed, false);
        (FirstSeenAt, LastSeenAt) = (seen, seen);
    }
}

internal sealed class IdentityTable : IEntityTypeConfiguration<Identity>
{
    public void Configure(EntityTypeBuilder<Identity> table)
    {
        table.ToTable("identities").HasKey(i => new { i.OrganizationId, i.Id });
        table.WhenMerged(
            new(OnMerge.Moves, nameof(Identity.ContactId))
            {
                Asked = "identity",
                CameBy = [nameof(Identity.Value), nameof(Identity.MatchKey)],
            }
        );
        table.HasOne<Contact>().WithMany().HasForeignKey(i => new { i.OrganizationId, i.ContactId }).OnDelete(DeleteBehavior.Cascade);
        table.Property(i => i.Kind).HasConversion<string>().HasMaxLength(16);
        table.Property(i => i.MatchKey).HasMaxLength(254);
        table.Property(i => i.Value).HasMaxLength(254);
        table.Property(i => i.AsGiven).HasMaxLength(254);
        table.Property(i => i.Label).HasMaxLength(Contact.NameMax);
        table
            .HasIndex(i => new
            {
                i.OrganizationId,
                i.Kind,
                i.MatchKey,
            })
            .IsUnique();
        table.HasIndex(i => new { i.OrganizationId, i.ContactId });
    }
}
