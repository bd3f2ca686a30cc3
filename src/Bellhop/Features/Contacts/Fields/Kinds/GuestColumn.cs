using Bellhop.Data;
using Bellhop.Features.Properties;

namespace Bellhop.Features.Contacts;

/// <summary>A column that the guest list reads or compares.</summary>
/// <param name="Table">The table's alias, see <see cref="ContactSql"/>.</param>
/// <param name="Name">The column's name.</param>
internal sealed record GuestColumn(string Table, string Name)
{
    private const string Contact = "c";
    private const string Figures = "f";

    private Func<PropertyScope, Sql>? Computing { get; init; }

    /// <summary>Whether its value depends on the properties asked about.</summary>
    public bool IsFigure => Table == Figures;

    /// <summary>A column of the guest alone, whatever properties are asked about.</summary>
    public static GuestColumn Own(string name) => new(Contact, name);

    /// <summary>A figure over the properties asked about.</summary>
    public static GuestColumn Figure(string name) => new(Figures, name);

    /// <summary>A value that is computed for the contact <c>c</c> over the properties asked about. Nothing is sorted by it.</summary>
    public static GuestColumn Computed(string name, Func<PropertyScope, Sql> sql) => new(Contact, name) { Computing = sql };

    /// <summary>The column as SQL. Over all properties, the contact's own row has the figures.</summary>
    public Sql Over(PropertyScope scope) =>
        Computing?.Invoke(scope) ?? $"{Sql.Name(IsFigure && scope.IsAll ? Contact : Table)}.{Sql.Name(Name)}";
}
