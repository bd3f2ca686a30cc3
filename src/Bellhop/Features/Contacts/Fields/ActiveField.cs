namespace Bellhop.Features.Contacts;

/// <summary>Whether a counted booking departs today or later.</summary>
internal static class ActiveField
{
    public static Column<bool> Column { get; } =
        new("active", r => r.Active, ColumnJson.YesNo, static (of, at) => !of.Row.IsDBNull(at) && of.Db.ReadInstant(of.Row, at) > of.Now)
        {
            Sql = ["f.active_until"],
            OfSeveral = "max(active_until) AS active_until",
        };
}
