using System.Globalization;
using System.Text;
using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Audit;

/// <summary>The audit log as a file, newest first. It is written while it is read, so that its length costs no memory.</summary>
public static class EventsCsv
{
    private static readonly string[] Head = ["at", "kind", "who", "action", "entity", "id", "fields", "from"];

    /// <exception cref="Refusal">400 listing everything wrong with the query.</exception>
    public static IResult Run(EventQuery query, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.SettingsManage);
        query.Refuse();
        return Results.Stream(file => Write(file, query, who, db, cancel), "text/csv; charset=utf-8", "audit.csv");
    }

    private static async Task Write(Stream file, EventQuery query, Actor who, BellhopDb db, CancellationToken cancel)
    {
        await using var text = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await text.WriteAsync(CsvLine.Of(Head).AsMemory(), cancel);
        await foreach (var row in ListEvents.All(query, who, db, cancel))
        {
            object?[] cells =
            [
                row.At.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
                row.Who.Kind,
                row.Who.Name,
                row.Action,
                row.Entity.Kind,
                row.Entity.Id,
                string.Join(' ', row.Fields),
                row.From,
            ];
            await text.WriteAsync(CsvLine.Of(cells).AsMemory(), cancel);
        }
    }
}
