using System.Globalization;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts.Views;

/// <summary>How a person sees a list.</summary>
/// <param name="Columns">The columns in their order.</param>
/// <param name="Dense">Whether rows are low.</param>
/// <param name="Tabs">The ids of the segments above the list, in their order.</param>
public sealed record ViewRow(IReadOnlyList<ViewColumn> Columns, bool Dense, IReadOnlyList<Guid> Tabs)
{
    /// <summary>The usual columns of the guest list, as wide as they need.</summary>
    internal static ViewRow Usual { get; } =
        new([.. GuestCells.Columns.Where(c => c.Cell!.IsUsual).Select(c => new ViewColumn(c.Name))], false, []);

    /// <summary>The columns that the table shows: the guest's own first where it was not chosen, because it opens the guest.</summary>
    internal IReadOnlyList<(Column Column, int? Width)> Shown()
    {
        var chosen = Columns.Select(c => (Column: GuestCells.Columns.Single(k => k.Name == c.Name), c.Width)).ToList();
        if (chosen.TrueForAll(c => c.Column != NameField.Column))
        {
            chosen.Insert(0, (NameField.Column, null));
        }

        return chosen;
    }
}

/// <summary>How the guest list's page looks for its viewer.</summary>
/// <param name="Row">Columns and rows.</param>
/// <param name="Tabs">The segments above the list.</param>
public sealed record PageView(ViewRow Row, IReadOnlyList<SegmentName> Tabs)
{
    internal static PageView Usual { get; } = new(ViewRow.Usual, []);
}

/// <param name="Name">A column's name.</param>
/// <param name="Width">In pixels; null for what its content needs.</param>
public sealed record ViewColumn(string Name, int? Width = null);

internal static class ViewRules
{
    /// <summary>The only list that has views.</summary>
    public const string Contacts = "contacts";

    public const int Narrowest = 40;
    public const int Widest = 800;

    /// <summary>The most segments above the list: each is counted when the page opens.</summary>
    public const int MostTabs = 12;

    public static string Write(IEnumerable<ViewColumn> columns) =>
        string.Join(
            ',',
            columns.Select(c => c.Width is { } width ? string.Create(CultureInfo.InvariantCulture, $"{c.Name}:{width}") : c.Name)
        );

    /// <summary>The stored columns. A column that a later version no longer has falls away.</summary>
    public static IReadOnlyList<ViewColumn> Read(string stored) =>
        [
            .. stored
                .Split(',', StringSplitOptions.RemoveEmptyEntries)
                .Select(c => c.Split(':'))
                .Where(c => IsColumn(c[0]))
                .Select(c => new ViewColumn(c[0], c.Length > 1 ? int.Parse(c[1], CultureInfo.InvariantCulture) : null)),
        ];

    public static bool IsColumn(string? name) => GuestCells.Columns.Any(c => c.Name == name);

    /// <exception cref="Refusal">404 for a list that has no views.</exception>
    public static void DemandList(string list)
    {
        if (list != Contacts)
        {
            throw Refusal.NotThere("list");
        }
    }
}
