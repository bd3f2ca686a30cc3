using Bellhop.Data;

namespace Bellhop.Features.Contacts;

/// <summary>The notes on a guest. Only files have them, and only when they are asked for.</summary>
internal static class NotesField
{
    private const string Between = "\n\n";

    public static ExportColumn Column { get; } =
        ExportColumn.Text(
            "notes",
            ExportColumn.Last,
            static _ =>
                $"(SELECT string_agg(n.text, {Between} ORDER BY n.pinned DESC, n.id DESC) FROM notes n "
                + $"WHERE n.organization_id = {GuestHoles.Organization} AND n.contact_id = c.id)"
        );
}
