using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Imports;

/// <summary>
/// Where uploaded files lie until their import has ended: in the data folder, readable by its owner alone, named by ids of ours.
/// </summary>
internal static class ImportFolder
{
    private const string Name = "imports";

    /// <summary>The file of an import.</summary>
    public static string FileOf(BellhopDb db, Guid import) => Path.Combine(Folder(db), import.ToString("N") + ".data");

    /// <summary>What its rehearsal found.</summary>
    public static string RehearsalOf(BellhopDb db, Guid import) => Path.Combine(Folder(db), import.ToString("N") + ".rehearsal");

    /// <summary>The file and its rehearsal go; one that is not there is no mistake.</summary>
    public static void Remove(BellhopDb db, Guid import)
    {
        if (!Directory.Exists(Folder(db)))
        {
            return;
        }

        File.Delete(FileOf(db, import));
        Rehearsal.Remove(RehearsalOf(db, import));
    }

    /// <summary>A new file for what is being received.</summary>
    /// <returns>Open for writing; readable by nobody else.</returns>
    public static FileStream Create(BellhopDb db, Guid import)
    {
        db.Host.Folder.Sub(Name);
        return DataFolder.New(FileOf(db, import));
    }

    /// <summary>The file of a request that is still being read.</summary>
    public static string PartOf(BellhopDb db, Guid import) =>
        Path.Combine(db.Host.Folder.Where(DataFolder.Temporary), import.ToString("N") + ".part");

    /// <summary>A new file for a request that is being read.</summary>
    public static FileStream CreatePart(BellhopDb db, Guid import)
    {
        db.Host.Folder.Sub(DataFolder.Temporary);
        return DataFolder.New(PartOf(db, import));
    }

    /// <summary>The request is whole: its file is an import's from here on.</summary>
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
