using System.Globalization;
using System.Linq.Expressions;
using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Bellhop.Features.Duplicates;

/// <summary>A table whose rows belong to a contact, with its rule for merges: read off the model, so that no table is forgotten.</summary>
internal abstract class GuestTable(IEntityType type, MergeRule rule)
{
    private const string OrganizationId = "OrganizationId";

    private readonly IReadOnlyList<IProperty> _key =
    [
        .. type.FindPrimaryKey()!.Properties.Where(p => p.Name != OrganizationId && p.Name != rule.Contact[0]),
    ];

    public string Name { get; } = type.GetTableName()!;
    public IEntityType Type => type;
    public MergeRule Rule => rule;

    /// <summary>Whether the contact is part of the rows' key.</summary>
    public bool ContactIsKey { get; } = type.FindPrimaryKey()!.Properties.Any(p => p.Name == rule.Contact[0]);

    /// <summary>All tables with this rule.</summary>
    public static IEnumerable<GuestTable> All(BellhopDb db, OnMerge what) =>
        from type in db.Model.GetEntityTypes()
        let rule = MergeRule.Of(type)
        where rule?.On == what
        select (GuestTable)Activator.CreateInstance(typeof(GuestTable<>).MakeGenericType(type.ClrType), type, rule)!;

    /// <summary>The contact's rows, tracked.</summary>
    public abstract Task<IReadOnlyList<EntityEntry>> Rows(int organizationId, Guid contactId, BellhopDb db, CancellationToken cancel);

    /// <summary>What tells a row from the others of its contact.</summary>
    public string Key(EntityEntry row) =>
        string.Join(
            '/',
            _key.Select(p =>
                Convert.ToString(
                    row.Property(p).CurrentValue switch
                    {
                        DateTime at => at.Ticks,
                        var value => value,
                    },
                    CultureInfo.InvariantCulture
                )
            )
        );

    /// <summary>Gives a row to another contact.</summary>
    public void Give(EntityEntry row, Guid contactId, BellhopDb db)
    {
        if (!ContactIsKey)
        {
            row.Property(rule.Contact[0]).CurrentValue = contactId;
            return;
        }

        Copy(row, contactId, db);
        row.State = EntityState.Deleted;
    }

    /// <summary>Adds the same row for another contact.</summary>
    public void Copy(EntityEntry row, Guid contactId, BellhopDb db)
    {
        var values = row.CurrentValues.Clone();
        values[rule.Contact[0]] = contactId;
        db.Add(values.ToObject());
    }

    /// <summary>The phones, addresses and ids by which a row came, as keys.</summary>
    public IEnumerable<string> CameBy(EntityEntry row) =>
        rule.CameBy.Select(name => row.Property(name).CurrentValue).OfType<string>().SelectMany(Spellings).Distinct();

    /// <summary>The booking whose contact is the row's too, if any.</summary>
    public Guid? Booking(EntityEntry row) => rule.Booking is { } name ? (Guid?)row.Property(name).CurrentValue : null;

    /// <summary>When the row came.</summary>
    public DateTime At(EntityEntry row) =>
        new[] { "CreatedAt", "At", "FirstSeenAt" }
            .Where(name => type.FindProperty(name) is not null)
            .Select(name => (DateTime)row.Property(name).CurrentValue!)
            .FirstOrDefault();

    /// <summary>The property where the row belongs; null for a row of the whole organisation.</summary>
    public Guid? Place(EntityEntry row) =>
        type.FindProperty("PropertyId") is { } property ? (Guid?)row.Property(property).CurrentValue : null;

    // A number is stored with and without its plus, and national variants of it have one key.
    private static IEnumerable<string> Spellings(string text)
    {
        yield return text;
        yield return text.ToLowerInvariant();
        var digits = text.TrimStart('+');
        if (digits.Length > 0 && digits.All(char.IsAsciiDigit) && Phone.Parse("+" + digits, null).MatchKey is { } key)
        {
            yield return key;
        }
    }
}

internal sealed class GuestTable<T>(IEntityType type, MergeRule rule) : GuestTable(type, rule)
    where T : class
{
    public override async Task<IReadOnlyList<EntityEntry>> Rows(
        int organizationId,
        Guid contactId,
        BellhopDb db,
        CancellationToken cancel
    ) => [.. (await db.Set<T>().Where(Of(organizationId, contactId)).ToListAsync(cancel)).Select(row => db.Entry<object>(row))];

    private Expression<Func<T, bool>> Of(int organizationId, Guid contactId)
    {
        var name = Rule.Contact[0];
        return Type.FindProperty(name)!.ClrType == typeof(Guid)
            ? row => EF.Property<int>(row, "OrganizationId") == organizationId && EF.Property<Guid>(row, name) == contactId
            : row => EF.Property<int>(row, "OrganizationId") == organizationId && EF.Property<Guid?>(row, name) == contactId;
    }
}
