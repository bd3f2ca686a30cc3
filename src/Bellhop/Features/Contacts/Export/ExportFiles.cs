using System.Globalization;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Contacts.Export;

/// <summary>The files of exports, in the folder <c>exports</c> of the data folder.</summary>
internal static class ExportFiles
{
    private const string Name = "exports";

    /// <summary>The path of a complete export's file.</summary>
    public static string Of(ExportFile export, DataFolder folder) =>
        Path.Combine(folder.Sub(Name), string.Create(CultureInfo.InvariantCulture, $"{export.OrganizationId}-{export.Id:N}.csv"));

    /// <summary>Begins a file that is not complete yet. Each run of the job has its own.</summary>
    public static FileStream Begin(ExportFile export, DataFolder folder) =>
        DataFolder.New($"{Of(export, folder)}.{Guid.CreateVersion7():N}.part");

    /// <summary>A temporary file for what a slow reader has still to read. It is deleted when it is closed.</summary>
    public static FileStream Aside(DataFolder folder) =>
        DataFolder.New(Path.Combine(folder.Sub(DataFolder.Temporary), $"{Guid.CreateVersion7():N}.part"), FileOptions.DeleteOnClose);

    /// <summary>
    /// The names of files that nobody has written to since then. They are from processes that died and exports that are gone.
    /// </summary>
    public static IEnumerable<string> Untouched(DataFolder folder, DateTime since) =>
        folder.Files(Name).Where(f => File.GetLastWriteTimeUtc(f) < since);

    /// <summary>The exports that the actor asked for and may still fetch. Other actors' exports are left out.</summary>
    public static IQueryable<ExportFile> VisibleTo(this IQueryable<ExportFile> exports, Actor who, DateTime now) =>
        exports
            .AsNoTracking()
            .Where(e => e.OrganizationId == who.OrganizationId && e.OwnerId == who.Id && e.OwnerKind == who.Kind && e.ExpiresAt > now);
}
