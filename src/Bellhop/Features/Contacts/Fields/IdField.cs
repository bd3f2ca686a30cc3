namespace Bellhop.Features.Contacts;

/// <summary>The guest's id, and when the guest was last changed.</summary>
internal static class IdField
{
    public static Column<Guid> Id { get; } =
        new("id", r => r.Id, ColumnJson.Id, static of => of.Row.Id()) { Reads = [GuestColumn.Own("id")] };

    public static Column<DateTime> Updated { get; } =
        new("updatedAt", r => r.UpdatedAt, ColumnJson.Instant, static of => of.Row.Instant()) { Reads = [GuestColumn.Own("updated_at")] };
}
