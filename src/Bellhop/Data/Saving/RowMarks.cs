using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Data;

/// <summary>What a table's configuration says of its rows, for the save to act on.</summary>
public static class RowMarks
{
    internal const string PersonalMark = "Bellhop:Personal";
    internal const string AuditedMark = "Bellhop:Audited";
    internal const string AuditedIdMark = "Bellhop:AuditedId";
    internal const string DerivedMark = "Bellhop:Derived";

    /// <summary>A deleted row must be gone from the database's files too: the save that deletes one scrubs them.</summary>
    public static EntityTypeBuilder<T> HasPersonalData<T>(this EntityTypeBuilder<T> table)
        where T : class => table.HasAnnotation(PersonalMark, true);

    /// <summary>A change of a row is said by <c>db.Happened</c> in the same save, or the save refuses it.</summary>
    /// <param name="kind">The kind that the event names.</param>
    /// <param name="id">The id that the event names; any event of the kind will do where left out.</param>
    /// <param name="derived">Columns that follow from other rows: a change of these alone needs no event.</param>
    public static EntityTypeBuilder<T> IsAudited<T>(
        this EntityTypeBuilder<T> table,
        string kind,
        Expression<Func<T, Guid>>? id = null,
        params IEnumerable<string> derived
    )
        where T : class
    {
        table.HasAnnotation(AuditedMark, kind).HasAnnotation(DerivedMark, string.Join(',', derived));
        return id is null ? table : table.HasAnnotation(AuditedIdMark, ((MemberExpression)id.Body).Member.Name);
    }
}

/// <summary>How changes of an audited table's rows are said.</summary>
internal sealed class AuditedRows
{
    private static readonly ConcurrentDictionary<IEntityType, AuditedRows?> Known = [];

    private readonly string _kind;
    private readonly IProperty? _id;
    private readonly HashSet<string> _derived;

    private AuditedRows(IEntityType entity, string kind)
    {
        _kind = kind;
        _id = entity.FindAnnotation(RowMarks.AuditedIdMark)?.Value is string id ? entity.FindProperty(id) : null;
        _derived = [.. ((string)entity.FindAnnotation(RowMarks.DerivedMark)!.Value!).Split(',')];
    }

    /// <summary>Null where nothing need be said of the entity's rows.</summary>
    public static AuditedRows? Of(IEntityType entity) =>
        Known.GetOrAdd(entity, static e => e.FindAnnotation(RowMarks.AuditedMark)?.Value is string kind ? new(e, kind) : null);

    /// <summary>
    /// What an event must name: the kind and the id, which is null where any of the kind will do. Null for no real change.
    /// </summary>
    public (string Kind, Guid? Id)? ToSay(EntityEntry entry) =>
        entry.State == EntityState.Modified && entry.Properties.All(p => !p.IsModified || _derived.Contains(p.Metadata.Name))
            ? null
            : (_kind, _id is null ? null : (Guid)entry.Property(_id).CurrentValue!);
}
