using System.Text;
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

    private const string GoneMark = " / deleted";

    /// <summary>The longest text that names a tag, one that is gone too.</summary>
    public const int NamedMax = NameMax + 10;

    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>As written by whoever made or renamed it.</summary>
    public required string Name { get; set; }

    /// <summary>As <see cref="Key"/> makes it of the name: one tag has it.</summary>
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

    /// <summary>
    /// What one tag has: the name without case alone, for <c>Año</c> is not <c>Ano</c>. The folded name stands before it, so that keys are
    /// in
    /// the order in which people look for names.
    /// </summary>
    public static string Key(string name) => $"{Fold.Key(name)}\u0001{name.Normalize(NormalizationForm.FormC).ToLowerInvariant()}";

    /// <summary>
    /// What stands where a deleted tag is still named, such as in a segment. No tag can be called so: a name has no slash.
    /// </summary>
    public static string Gone(string name) => name + GoneMark;

    /// <summary>The name of a tag that is gone, where the text stands for one; else null.</summary>
    public static string? NameOfGone(string text) => text.EndsWith(GoneMark, StringComparison.Ordinal) ? text[..^GoneMark.Length] : null;
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
        table.IsAudited("tag", t => t.Id);
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
