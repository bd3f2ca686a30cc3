using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Intake;

/// <summary>One guest in one organisation. The inherited figures cover all properties of the organisation.</summary>
public sealed class Contact : Figures
{
    public const int NameMax = 200;
    public const int PhoneMax = 64;
    public const int EmailMax = 254;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The name as people write it, in any script. It is never split into parts.</summary>
    public string? Name { get; set; }

    /// <summary>The shown phone, E.164. The rows of <see cref="Identity"/> say which phones lead to the contact.</summary>
    public string? Phone { get; set; }
    public string? Email { get; set; }

    /// <summary>ISO 3166-1 alpha-2: the country that was given, else that of the shown phone. Null when neither tells one.</summary>
    public string? Country { get; private set; }

    /// <summary>The country as somebody gave it; null when none was given.</summary>
    public string? CountryGiven { get; private set; }

    /// <summary>The language that the guest speaks, ISO 639-1; null when it is not known.</summary>
    public string? Language { get; set; }

    /// <summary>The birthday as <c>yyyy-MM-dd</c>, so that both databases compare its day and month; null when it is not known.</summary>
    public string? Birthday { get; set; }

    /// <summary>
    /// Phones and addresses that staff removed, in the format of <see cref="Intake.TakenOff"/>. Null when there are none.
    /// </summary>
    public string? TakenOff { get; set; }

    /// <summary>The assigned property: that of the first touch, until staff choose another.</summary>
    public Guid PropertyId { get; set; }

    /// <summary>
    /// The text that the search looks in, see <see cref="SearchText"/>. The save adds phones and e-mails that lead here but are not shown.
    /// </summary>
    public string Search { get; set; } = "";

    /// <summary>The contact's tags, for lists to read. To find the contacts with a tag, read the tags' own table.</summary>
    public Guid[] TagIds { get; set; } = [];
    public DateTime UpdatedAt { get; set; }

    /// <summary>The folded name; a name of signs that folding leaves out stays as it is.</summary>
    internal static string KeyOf(string name) => Fold.Key(name) is { Length: > 0 } key ? key : name;

    /// <summary>Sets the shown name, phone and e-mail, and the folded copies made from them.</summary>
    public void Show(string? name, string? phone, string? email) => Show(name, phone, email, []);

    /// <inheritdoc cref="Show(string?, string?, string?)"/>
    /// <param name="name">The shown name.</param>
    /// <param name="phone">The shown phone.</param>
    /// <param name="email">The shown e-mail.</param>
    /// <param name="identities">The identities that lead to the contact, for the search; those shown may be among them.</param>
    internal void Show(string? name, string? phone, string? email, IEnumerable<Identity> identities)
    {
        var changes = (name, phone, email) != (Name, Phone, Email);
        if (phone != Phone)
        {
            Country = CountryGiven ?? Platform.Phone.RegionOf(phone);
        }

        Name = name;
        Phone = phone;
        Email = email;
        NameKey = name is null ? null : KeyOf(name);
        NameEmpty = Empty(name);
        if (changes || Search.Length == 0)
        {
            Search = SearchText.Of(this, identities);
        }
    }

    /// <summary>Sets the country that was given; null: the shown phone tells it.</summary>
    public void SayCountry(string? given) => (CountryGiven, Country) = (given, given ?? Platform.Phone.RegionOf(Phone));
}

/// <summary>A contact at one property where it is known. The figures cover that property alone.</summary>
public sealed class ContactAtProperty : Figures
{
    public Guid PropertyId { get; init; }
    public Guid ContactId { get; init; }

    /// <summary>
    /// 1: the row is in the indexes that lists over one property read. 0 is possible only at an organisation's only property
    /// (<see cref="Property.IsOnly"/>): there each guest would be in two indexes for each order.
    /// </summary>
    public short Listed { get; set; } = 1;

    /// <summary>The value of <see cref="Listed"/> for a new row.</summary>
    public static short ListedAt(Property property) => (short)(property.IsOnly ? 0 : 1);
}

public static class ContactRights
{
    /// <summary>
    /// The contacts of the actor's organisation that the actor may see. An actor with limited properties sees the contacts known at one of
    /// them.
    /// </summary>
    public static IQueryable<Contact> VisibleTo(this IQueryable<Contact> contacts, Actor who, IQueryable<ContactAtProperty> at)
    {
        var mine = contacts.Where(c => c.OrganizationId == who.OrganizationId);
        return who.Properties is { } limited
            ? mine.Where(c => at.Any(a => a.OrganizationId == c.OrganizationId && a.ContactId == c.Id && limited.Contains(a.PropertyId)))
            : mine;
    }
}

internal sealed class ContactTable : IEntityTypeConfiguration<Contact>
{
    public void Configure(EntityTypeBuilder<Contact> table)
    {
        table.ToTable("contacts").HasKey(c => new { c.OrganizationId, c.Id });
        table
            .IsAudited(
                "contact",
                c => c.Id,
                [
                    .. typeof(Figures).GetProperties().Select(p => p.Name),
                    nameof(Contact.Country),
                    nameof(Contact.Search),
                    nameof(Contact.TagIds),
                    nameof(Contact.UpdatedAt),
                ]
            )
            .HasPersonalData();
        table.HasOne<Property>().WithMany().HasForeignKey(c => new { c.OrganizationId, c.PropertyId }).OnDelete(DeleteBehavior.Restrict);
        table.Property(c => c.Name).HasMaxLength(Contact.NameMax);
        table.Property(c => c.NameKey).HasMaxLength(4 * Contact.NameMax);
        table.Property(c => c.Phone).HasMaxLength(Contact.PhoneMax);
        table.Property(c => c.Email).HasMaxLength(Contact.EmailMax);
        table.Property(c => c.Country).HasMaxLength(2);
        table.Property(c => c.CountryGiven).HasMaxLength(2);
        table.Property(c => c.Language).HasMaxLength(2);
        table.Property(c => c.Birthday).HasMaxLength(10);
        table.Property(c => c.TakenOff).HasMaxLength(Intake.TakenOff.MaxLength);
        table.Property(c => c.Source).HasConversion<string>().HasMaxLength(16);
        foreach (var sorted in Figures.Sorted)
        {
            table.HasIndex([nameof(Contact.OrganizationId), .. sorted, nameof(Contact.Id)]);
        }

        table.HasIndex(c => new { c.OrganizationId, c.ActiveUntil }).HasFilter("active_until IS NOT NULL");
        table.HasIndex(c => new { c.OrganizationId, c.Country }).HasFilter("country IS NOT NULL");
        table.HasIndex(c => new { c.OrganizationId, c.Language }).HasFilter("language IS NOT NULL");
    }
}

internal sealed class ContactAtPropertyTable : IEntityTypeConfiguration<ContactAtProperty>
{
    public void Configure(EntityTypeBuilder<ContactAtProperty> table)
    {
        table
            .ToTable("contact_at")
            .HasKey(a => new
            {
                a.OrganizationId,
                a.PropertyId,
                a.ContactId,
            });
        table.WhenMerged(new(OnMerge.Own, nameof(ContactAtProperty.ContactId)));
        table.HasOne<Contact>().WithMany().HasForeignKey(a => new { a.OrganizationId, a.ContactId }).OnDelete(DeleteBehavior.Cascade);
        table.HasOne<Property>().WithMany().HasForeignKey(a => new { a.OrganizationId, a.PropertyId }).OnDelete(DeleteBehavior.Restrict);
        table.Property(a => a.NameKey).HasMaxLength(4 * Contact.NameMax);
        table.Property(a => a.Source).HasConversion<string>().HasMaxLength(16);
        foreach (var sorted in Figures.Sorted)
        {
            table
                .HasIndex([
                    nameof(ContactAtProperty.OrganizationId),
                    nameof(ContactAtProperty.PropertyId),
                    .. sorted,
                    nameof(ContactAtProperty.ContactId),
                ])
                .HasFilter("listed = 1");
        }

        table
            .HasIndex(a => new
            {
                a.OrganizationId,
                a.PropertyId,
                a.NextArrival,
            })
            .HasFilter("next_arrival IS NOT NULL");
        table
            .HasIndex(a => new
            {
                a.OrganizationId,
                a.PropertyId,
                a.ActiveUntil,
            })
            .HasFilter("active_until IS NOT NULL AND listed = 1");

        // Serves a guest's rows, and the first arrivals of guests at some properties, from the index alone.
        table
            .HasIndex(a => new
            {
                a.OrganizationId,
                a.ContactId,
                a.PropertyId,
                a.FirstArrival,
            })
            .HasDatabaseName("ix_contact_at_guest");
    }
}
