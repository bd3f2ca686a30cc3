namespace Bellhop.Features.Contacts;

/// <summary>The notes on a guest. Only files have them, and only when they are asked for.</summary>
internal static class NotesField
{
    public static ExportColumn Column { get; } =
        ExportColumn.Text(
            "notes",
            ExportColumn.Last,
            "(SELECT string_agg(n.text, @between ORDER BY n.pinned DESC, n.id DESC) FROM notes n "
                + "WHERE n.organization_id = @organization AND n.contact_id = c.id)"
        );
}
