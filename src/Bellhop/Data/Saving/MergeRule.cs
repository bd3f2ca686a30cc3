using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Data;

/// <summary>What becomes of a table's rows when their contact is merged into another, and when the merge is taken back.</summary>
public enum OnMerge
{
    /// <summary>The row goes to the contact that is kept, and back. Of two that would be the same, one stays.</summary>
    Moves,

    /// <summary>The row tells only of the contact that is merged: it is put away, and put back.</summary>
    Rests,

    /// <summary>The row ends with the contact.</summary>
    Ends,

    /// <summary>Merge and split have code of their own for the table.</summary>
    Own,
}

/// <summary>A table's rule for merges. It stands in the table's configuration.</summary>
/// <param name="On">What becomes of the rows.</param>
/// <param name="Contact">The properties that hold a contact's id.</param>
public sealed record MergeRule(OnMerge On, params string[] Contact)
{
    private const string Mark = "Bellhop:OnMerge";

    /// <summary>What a row that came after the merge is called when nobody knows whose it is; null: nobody is asked.</summary>
    public string? Asked { get; init; }

    /// <summary>The properties with the phone, address or channel's id by which the row came.</summary>
    public string[] CameBy { get; init; } = [];

    /// <summary>The property with the booking whose contact is the row's too.</summary>
    public string? Booking { get; init; }

    /// <summary>The rule of a table; null for a table without one.</summary>
    internal static MergeRule? Of(IReadOnlyEntityType table) =>
        table.FindAnnotation(Mark)?.Value is string said ? JsonSerializer.Deserialize<MergeRule>(said) : null;

    internal void Say<T>(EntityTypeBuilder<T> table)
        where T : class => table.HasAnnotation(Mark, JsonSerializer.Serialize(this));
}

/// <summary>Says a table's rule for merges.</summary>
public static class MergeRules
{
    /// <summary>A guard test asks it of each table that holds a contact's id.</summary>
    public static EntityTypeBuilder<T> WhenMerged<T>(this EntityTypeBuilder<T> table, MergeRule rule)
        where T : class
    {
        rule.Say(table);
        return table;
    }
}
