using System.Text;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Tags;

/// <summary>Colours that people can tell apart and read in both themes. The style sheet decides the shades.</summary>
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

/// <summary>A label that staff give to guests. It belongs to the organisation.</summary>
public sealed class Tag
{
    public const int NameMax = 50;

    private const string GoneMark = " / deleted";

    /// <summary>The greatest length of a text that names a tag, including a deleted one.</summary>
    public const int NamedMax = NameMax + 10;

    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The name as it was written last.</summary>
    public required string Name { get; set; }

    /// <summary>The name's <see cref="Key"/>. No two tags have the same.</summary>
    public required string NameKey { get; set; }
    public TagColor Color { get; set; }
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; set; }

    /// <summary>
    /// When the tag was deleted; null when it was not. It is gone for everybody and its name is free, while a job still removes it from its
    /// guests.
    /// </summary>
    public DateTime? DeletedAt { get; set; }

    /// <summary>Deletes the tag for everybody. Another tag may have its name from now on.</summary>
    public void Delete(DateTime now)
    {
        (DeletedAt, UpdatedAt) = (now, now.After(UpdatedAt));
        NameKey = "\u0001" + Id.ToString("D"); // no name folds to this: controls are refused in names
    }

    /// <summary>
    /// The unique key of a name: the name without case, since <c>Año</c> is not <c>Ano</c>. The folded name stands before it, so that keys
    /// sort in the order in which people look for names.
    /// </summary>
    public static string Key(string name) => $"{Fold.Key(name)}\u0001{name.Normalize(NormalizationForm.FormC).ToLowerInvariant()}";

    /// <summary>
    /// The text for a deleted tag that is still named, for example in a segment. No tag can have this name, since a name has no slash.
    /// </summary>
    public static string Gone(string name) => name + GoneMark;

    /// <summary>The name of the deleted tag that the text stands for; null when the text is not such a text.</summary>
    public static string? NameOfGone(string text) => text.EndsWith(GoneMark, StringComparison.Ordinal) ? text[..^GoneMark.Length] : null;
}

/// <summary>
/// One tag of one contact. The contact's <see cref="Contact.TagIds"/> has the same tags, so that lists need not read this table.
/// </summary>
public sealed class ContactTag
{
    public int OrganizationId { get; init; }
    public Guid ContactId { get; init; }
    public Guid TagId { get; init; }

    /// <summary>The time of the contact's first touch, which never changes. It lets an index give the newest contacts of a tag.</summary>
    public DateTime CreatedAt { get; init; }
}

public static class TagRights
{
    /// <summary>The tags of the actor's organisation that are not deleted. Everybody in the organisation sees them.</summary>
    public static IQueryable<Tag> VisibleTo(this IQueryable<Tag> tags, Platform.Actor who) =>
        tags.Where(t => t.OrganizationId == who.OrganizationId && t.DeletedAt == null);
}

internal sealed class TagTable : IEntityTypeConfiguration<Tag>
{
    public void Configure(EntityTypeBuilder<Tag> table)
    {
        table.ToTable("tags").HasKey(t => new { t.OrganizationId, t.Id });
        table.IsAudited("tag", t => t.Id);
        table.Property(t => t.Name).HasMaxLength(Tag.NameMax);

        // One character may fold to many letters.
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
        table.WhenMerged(new(OnMerge.Moves, nameof(ContactTag.ContactId)));
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
