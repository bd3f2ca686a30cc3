using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Tags;

/// <summary>Colours that can be told apart and read in both themes; which shade each is, is the style sheet's.</summary>
public enum TagColor
{
    Gray,
    Red,
    Orange,
    Yellow,
    Green,
    Teal,
    Blue,
    Purple,
    Pink,
}

/// <summary>A label for guests, the organisation's own.</summary>
public sealed class Tag
{
    public const int NameMax = 50;

    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>As written by whoever made or renamed it.</summary>
    public required string Name { get; set; }

    /// <summary>The folded name: one tag has it.</summary>
    public required string NameKey { get; set; }
    public TagColor Color { get; set; }
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; set; }

    /// <summary>
    /// Since when it is gone for everybody, while the work that takes it from its guests is on its way. Its name is free.
    /// </summary>
    public DateTime? DeletedAt { get; set; }

    /// <summary>Gone for everybody from now on; its name is another's to have.</summary>
    public void Delete(DateTime now)
    {
        (DeletedAt, UpdatedAt) = (now, now.After(UpdatedAt));
        NameKey = "\u0001" + Id.ToString("D"); // no name folds to this: controls are refused in names
    }

    public static string Key(string name) => Fold.Key(name) is { Length: > 0 } key ? key : name;
}

/// <summary>
/// A contact has a tag. The contact's own <see cref="Contact.TagIds"/> says the same, for lists to read without asking here.
/// </summary>
public sealed class ContactTag
{
    public int OrganizationId { get; init; }
    public Guid ContactId { get; init; }
    public Guid TagId { get; init; }

    /// <summary>The contact's first touch, which never changes: the newest of a tag are read off its index.</summary>
    public DateTime CreatedAt { get; init; }
}

public static class TagRights
{
    /// <summary>The organisation's tags that there are: whoever is in it sees them.</summary>
    public static IQueryable<Tag> VisibleTo(this IQueryable<Tag> tags, Platform.Actor who) =>
        tags.Where(t => t.OrganizationId == who.OrganizationId && t.DeletedAt == null);
}

internal sealed class TagTable : IEntityTypeConfiguration<Tag>
{
    public void Configure(EntityTypeBuilder<Tag> table)
    {
        table.ToTable("tags").HasKey(t => new { t.OrganizationId, t.Id });
        table.Property(t => t.Name).HasMaxLength(Tag.NameMax);

        // One sign may fold to many letters.
        table.Property(t => t.NameKey).HasMaxLength(20 * Tag.NameMax);
        table.Property(t => t.Color).HasConversion<string>().HasMaxLength(16);
        table.HasIndex(t => new { t.OrganizationId, t.NameKey }).IsUnique();
    }
}

internal sealed class ContactTagTable : IEntityTypeConfiguration<ContactTag>
{
    public void Configure(EntityTypeBuilder<ContactTag> table)
    {
        table
            .ToTable("contact_tags")
            .HasKey(t => new
            {
                t.OrganizationId,
                t.ContactId,
                t.TagId,
            });
        table.HasOne<Contact>().WithMany().HasForeignKey(t => new { t.OrganizationId, t.ContactId }).OnDelete(DeleteBehavior.Cascade);
        table.HasOne<Tag>().WithMany().HasForeignKey(t => new { t.OrganizationId, t.TagId }).OnDelete(DeleteBehavior.Cascade);
        table.HasIndex(t => new
        {
            t.OrganizationId,
            t.TagId,
            t.CreatedAt,
            t.ContactId,
        });
    }
}

/// <summary>A deleted contact's labels go with its own row: the database sees to it.</summary>
internal sealed class TagFollower : Follower
{
    public override IReadOnlyList<Type> Tables { get; } = [typeof(ContactTag)];
}
