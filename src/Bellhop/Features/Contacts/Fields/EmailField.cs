using Bellhop.Data;

namespace Bellhop.Features.Contacts;

/// <summary>The e-mail address that is shown of a guest.</summary>
internal static class EmailField
{
    public static Column<string?> Column { get; } =
        new("email", r => r.Email, ColumnJson.Text, (of, at) => of.Row.ReadText(at))
        {
            Sql = ["c.email"],
            Csv = ExportColumn.Text("email", 3, "c.email"),
        };
}
