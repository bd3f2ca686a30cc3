using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Bellhop.Features.Duplicates;

/// <summary>What each of two contacts had before a merge, so that a split gives it back.</summary>
/// <param name="Kept">The row of the contact that is kept, as it was.</param>
/// <param name="Joined">The same row as the merge left it.</param>
/// <param name="Other">The row of the merged contact.</param>
/// <param name="KeptPlaces">Where the one was known.</param>
/// <param name="OtherPlaces">Where the other was known.</param>
/// <param name="KeptConsents">The one's answers to marketing.</param>
/// <param name="OtherConsents">The other's.</param>
/// <param name="JoinedConsents">The answers as the merge left them.</param>
/// <param name="Pairs">The likely pairs of either.</param>
/// <param name="OtherLed">The phones and addresses that led to the other: see <see cref="Lead"/>.</param>
/// <param name="Tables">The rows of all other tables, by the table's name.</param>
internal sealed record MergeState(
    StoredRow Kept,
    StoredRow Joined,
    StoredRow Other,
    IReadOnlyList<StoredRow> KeptPlaces,
    IReadOnlyList<StoredRow> OtherPlaces,
    IReadOnlyList<StoredRow> KeptConsents,
    IReadOnlyList<StoredRow> OtherConsents,
    IReadOnlyList<StoredRow> JoinedConsents,
    IReadOnlyList<StoredRow> Pairs,
    IReadOnlyList<string> OtherLed,
    IReadOnlyDictionary<string, TableState> Tables
)
{
    /// <summary>The run of several pairs that merged the two; null where they were merged alone.</summary>
    public Guid? Run { get; init; }

    /// <summary>The one's memberships in loyalty programmes.</summary>
    public IReadOnlyList<StoredRow> KeptMembers { get; init; } = [];

    /// <summary>The other's.</summary>
    public IReadOnlyList<StoredRow> OtherMembers { get; init; } = [];

    /// <summary>Names an identity by what is shown of it.</summary>
    public static string Lead(IdentityKind kind, string value) => $"{kind}/{value}";

    public string Write() => JsonSerializer.Serialize(this);

    public static MergeState Of(Merge merge) => JsonSerializer.Deserialize<MergeState>(merge.State)!;

    /// <summary>The rows of one table; none when the table is newer than the merge.</summary>
    public TableState Of(GuestTable table) => Tables.GetValueOrDefault(table.Name) ?? TableState.None;
}

/// <summary>The rows of one table that two contacts had, by their keys without the contact.</summary>
/// <param name="Kept">What the kept contact had.</param>
/// <param name="Moved">What the other had, and the kept one had not.</param>
/// <param name="Both">What both had.</param>
/// <param name="Resting">The other's rows that were put away.</param>
internal sealed record TableState(HashSet<string> Kept, HashSet<string> Moved, HashSet<string> Both, IReadOnlyList<StoredRow> Resting)
{
    public static readonly TableState None = new([], [], [], []);
}

/// <summary>A row as it was stored: property → value.</summary>
internal sealed class StoredRow : Dictionary<string, JsonElement>
{
    public StoredRow()
        : base(StringComparer.Ordinal) { }

    public static StoredRow Of(object row, BellhopDb db)
    {
        var stored = new StoredRow();
        foreach (var property in db.Entry(row).Properties)
        {
            stored[property.Metadata.Name] = JsonSerializer.SerializeToElement(property.CurrentValue, property.Metadata.ClrType);
        }

        return stored;
    }

    public T? Value<T>(string property) => TryGetValue(property, out var value) ? value.Deserialize<T>() : default;

    /// <summary>Adds the row again, as it was.</summary>
    public T Restore<T>(BellhopDb db)
        where T : class => (T)Restore(db.Model.FindEntityType(typeof(T))!, db);

    /// <inheritdoc cref="Restore{T}"/>
    public object Restore(IReadOnlyEntityType type, BellhopDb db)
    {
        var row = Make(type, db);
        db.Add(row);
        return row;
    }

    /// <summary>The row as it was, which is not stored.</summary>
    public object Make(IReadOnlyEntityType type, BellhopDb db)
    {
        var entry = db.Entry(Activator.CreateInstance(type.ClrType)!);
        foreach (var property in entry.Properties)
        {
            if (TryGetValue(property.Metadata.Name, out var value))
            {
                property.CurrentValue = value.Deserialize(property.Metadata.ClrType);
            }
        }

        return entry.Entity;
    }

    public bool IsSameAs(StoredRow other) =>
        Count == other.Count && this.All(v => other.TryGetValue(v.Key, out var value) && JsonElement.DeepEquals(v.Value, value));
}
