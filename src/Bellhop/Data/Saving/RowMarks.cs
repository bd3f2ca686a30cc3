using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Data;

/// <summary>Marks in a table's configuration that tell the save what its rows need.</summary>
public static class RowMarks
{
    internal const string PersonalMark = "Bellhop:Personal";
    internal const string AuditedMark = "Bellhop:Audited";
    internal const string AuditedIdMark = "Bellhop:AuditedId";
    internal const string DerivedMark = "Bellhop:Derived";

    /// <summary>Deleted rows must also disappear from the database's files: a save that deletes one scrubs the files.</summary>
    public static EntityTypeBuilder<T> HasPersonalData<T>(this EntityTypeBuilder<T> table)
        where T : class => table.HasAnnotation(PersonalMark, true);

    /// <summary>Each change of a row needs a <c>db.Happened</c> in the same save; without it the save fails.</summary>
    /// <param name="kind">The entity kind in the event.</param>
    /// <param name="id">The entity id in the event; if left out, any event of the kind is enough.</param>
    /// <param name="derived">Columns computed from other rows: a change of only these needs no event.</param>
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

/// <summary>Which event a change of an audited row needs.</summary>
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

    /// <summary>Null if the entity's rows need no event.</summary>
    public static AuditedRows? Of(IEntityType entity) =>
        Known.GetOrAdd(entity, static e => e.FindAnnotation(RowMarks.AuditedMark)?.Value is string kind ? new(e, kind) : null);

    /// <summary>
    /// The kind and the id that an event must name; a null id means any event of the kind. Null if nothing really changed.
    /// </summary>
    public (string Kind, Guid? Id)? ToSay(EntityEntry entry) =>
        entry.State == EntityState.Modified && entry.Properties.All(p => !p.IsModified || _derived.Contains(p.Metadata.Name))
            ? null
            : (_kind, _id is null ? null : (Guid)entry.Property(_id).CurrentValue!);
}
