namespace Bellhop.Features.Contacts;

/// <summary>When the first touch arrived.</summary>
internal static class CreatedField
{
    public static Column<DateTime> Column { get; } =
        new("createdAt", r => r.CreatedAt, ColumnJson.Instant, static (of, at) => of.Db.ReadInstant(of.Row, at))
        {
            Sql = ["f.created_at"],
            OfSeveral = "min(created_at) AS created_at",
            Sort = new("created", "f.created_at", SortValue.Instant),
        };
}
