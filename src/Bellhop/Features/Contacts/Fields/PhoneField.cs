using Bellhop.Data;

namespace Bellhop.Features.Contacts;

/// <summary>The phone that is shown of a guest.</summary>
internal static class PhoneField
{
    public static Column<string?> Column { get; } =
        new("phone", r => r.Phone, ColumnJson.Text, (of, at) => of.Row.ReadText(at))
        {
            Sql = ["c.phone"],
            Csv = ExportColumn.Text("phone", 2, "c.phone"),
        };
}
