using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Imports;

/// <summary>
/// The folder of uploaded files until their import has ended: in the data folder, readable only by its owner. File names are import ids.
/// </summary>
internal static class ImportFolder
{
    private const string Name = "imports";

    /// <summary>The file of an import.</summary>
    public static string FileOf(BellhopDb db, Guid import) => Path.Combine(Folder(db), import.ToString("N") + ".data");

    /// <summary>The file with the rehearsal's results.</summary>
    public static string RehearsalOf(BellhopDb db, Guid import) => Path.Combine(Folder(db), import.ToString("N") + ".rehearsal");

    /// <summary>Deletes the file and its rehearsal's results. A missing file is not an error.</summary>
    public static void Remove(BellhopDb db, Guid import)
    {
        if (!Directory.Exists(Folder(db)))
        {
            return;
        }

        File.Delete(FileOf(db, import));
        Rehearsal.Remove(RehearsalOf(db, import));
    }

    /// <summary>Makes a new file for an import.</summary>
    /// <returns>The file, open for writing and readable only by its owner.</returns>
    public static FileStream Create(BellhopDb db, Guid import)
    {
        db.Host.Folder.Sub(Name);
        return DataFolder.New(FileOf(db, import));
    }

    /// <summary>The file of a request that is still being read.</summary>
    public static string PartOf(BellhopDb db, Guid import) =>
        Path.Combine(db.Host.Folder.Where(DataFolder.Temporary), import.ToString("N") + ".part");

    /// <summary>Makes a new file for a request that is being read.</summary>
    public static FileStream CreatePart(BellhopDb db, Guid import)
    {
        db.Host.Folder.Sub(DataFolder.Temporary);
        return DataFolder.New(PartOf(db, import));
    }

    /// <summary>The request is complete: moves its file to the imports' folder.</summary>
    public static void TakeIn(BellhopDb db, Guid import)
    {
        db.Host.Folder.Sub(Name);
        File.Move(PartOf(db, import), FileOf(db, import));
    }

    /// <summary>Ids of imports that have a file, with the time it was last written.</summary>
    public static IEnumerable<(Guid Id, DateTime At)> All(BellhopDb db) =>
        db
            .Host.Folder.Files(Name)
            .Select(f =>
                (Known: Guid.TryParseExact(Path.GetFileNameWithoutExtension(f), "N", out var id), Id: id, At: File.GetLastWriteTimeUtc(f))
            )
            .Where(f => f.Known)
            .Select(f => (f.Id, f.At));

    private static string Folder(BellhopDb db) => db.Host.Folder.Where(Name);
}
