using System.Text.Json;
using System.Threading.Channels;
using Bellhop.Data;
using Bellhop.Features.Imports.Files;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Imports;

/// <summary>An import's file with everything needed to read its rows.</summary>
internal sealed record FileSource(
    string File,
    FileLayout Layout,
    RowReader Rows,
    FileGuestReader Guests,
    IReadOnlyDictionary<Guid, Property> Places
)
{
    /// <summary>Rows in one save: enough for a cheap commit, but few enough that no other writer waits long.</summary>
    internal const int BatchRows = 1000;

    /// <exception cref="Refusal">404 when the actor no longer sees the property.</exception>
    public static async Task<FileSource> Open(Import import, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var file = ImportFolder.FileOf(db, import.Id);
        if (!System.IO.File.Exists(file))
        {
            // The job is tried again, perhaps by the process that has the file.
            throw new FileNotFoundException("The file of an import is not in this process's data folder.");
        }

        var places = await db.Properties.AsNoTracking().VisibleTo(who).ToListAsync(cancel);
        var property = places.Find(p => p.Id == import.PropertyId) ?? throw Refusal.NotThere("property", import.PropertyId);
        var layout = JsonSerializer.Deserialize<FileLayout>(import.Layout)!;
        var byName = places.ToDictionary(p => p.NameKey, StringComparer.Ordinal);
        return new(
            file,
            layout,
            new(layout, ColumnMapping.Read(import.Mapping, layout, new())),
            new(property, byName, JsonSerializer.Deserialize<List<string>>(import.Tags)!),
            places.ToDictionary(p => p.Id)
        );
    }

    /// <summary>Reads the rows by their fields.</summary>
    public IEnumerable<GuestRow> Read(CancellationToken cancel) => ImportFile.Rows(File, Layout, cancel).Select(Rows.Read);

    /// <summary>
    /// Batches of the rows after the first <paramref name="after"/>. Another thread reads them while earlier ones are processed; it is
    /// never more than two batches ahead.
    /// </summary>
    public async IAsyncEnumerable<IReadOnlyList<FileGuest>> Batches(
        int after,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var ready = Channel.CreateBounded<IReadOnlyList<FileGuest>>(
            new BoundedChannelOptions(2) { SingleReader = true, SingleWriter = true }
        );
        var reading = Task.Run(
            async () =>
            {
                try
                {
                    foreach (var rows in Read(stop.Token).Skip(after).Chunk(BatchRows))
                    {
                        await ready.Writer.WriteAsync([.. rows.Select(Guests.Read)], stop.Token);
                    }

                    ready.Writer.Complete();
                }
                catch (Exception error) // told to whoever waits for rows
                {
                    ready.Writer.Complete(error);
                }
            },
            CancellationToken.None
        );
        try
        {
            await foreach (var rows in ready.Reader.ReadAllAsync(cancel))
            {
                yield return rows;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
    }
}
