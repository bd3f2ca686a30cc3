using Bellhop.Data;
using Bellhop.Features.Imports.Files;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Imports;

/// <summary>The organisation's last mapping for files with the same headings.</summary>
internal static class KnownMapping
{
    public static async Task<ColumnMapping?> Find(FileLayout layout, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var key = ColumnMapping.HeadingsKey(layout);
        var stored = await db
            .ImportMappings.AsNoTracking()
            .Where(m => m.OrganizationId == who.OrganizationId && m.HeadingsKey == key)
            .Select(m => m.Mapping)
            .SingleOrDefaultAsync(cancel);
        return stored is null ? null : ColumnMapping.Read(stored, layout, new());
    }

    /// <summary>Stores a mapping that somebody chose. Call it inside a save.</summary>
    public static async Task Keep(FileLayout layout, string mapping, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var key = ColumnMapping.HeadingsKey(layout);
        if (await db.ImportMappings.FindAsync([who.OrganizationId, key], cancel) is { } known)
        {
            (known.Mapping, known.UpdatedAt) = (mapping, db.Now);
        }
        else
        {
            db.ImportMappings.Add(
                new()
                {
                    OrganizationId = who.OrganizationId,
                    HeadingsKey = key,
                    Mapping = mapping,
                    UpdatedAt = db.Now,
                }
            );
        }
    }
}
