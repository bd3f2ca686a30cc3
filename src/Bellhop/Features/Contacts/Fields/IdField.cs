namespace Bellhop.Features.Contacts;

/// <summary>The guest's id, and when the guest was last changed.</summary>
internal static class IdField
{
    public static Column<Guid> Id { get; } = new("id", r => r.Id, ColumnJson.Id, (of, at) => of.Db.ReadId(of.Row, at)) { Sql = ["c.id"] };

    public static Column<DateTime> Updated { get; } =
        new("updatedAt", r => r.UpdatedAt, ColumnJson.Instant, (of, at) => of.Db.ReadInstant(of.Row, at)) { Sql = ["c.updated_at"] };
}
