using System.Globalization;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Contacts.Export;

/// <summary>Where exports lie: <c>exports</c> in the data folder.</summary>
internal static class ExportFiles
{
    private const string Name = "exports";

    /// <summary>The file of an export that is whole.</summary>
    public static string Of(ExportFile export, DataFolder folder) =>
        Path.Combine(folder.Sub(Name), string.Create(CultureInfo.InvariantCulture, $"{export.OrganizationId}-{export.Id:N}.csv"));

    /// <summary>A file that is not whole yet: another run of the same job has its own.</summary>
    public static FileStream Begin(ExportFile export, DataFolder folder) =>
        DataFolder.New($"{Of(export, folder)}.{Guid.CreateVersion7():N}.part");

    /// <summary>What a slow reader has still to take; gone when it is closed.</summary>
    public static FileStream Aside(DataFolder folder) =>
        DataFolder.New(Path.Combine(folder.Sub(DataFolder.Temporary), $"{Guid.CreateVersion7():N}.part"), FileOptions.DeleteOnClose);

    /// <summary>The names of files that nobody has written to since: of processes that died, and of exports that are gone.</summary>
    public static IEnumerable<string> Untouched(DataFolder folder, DateTime since) =>
        folder.Files(Name).Where(f => File.GetLastWriteTimeUtc(f) < since);

    /// <summary>The exports an actor asked for and may still fetch: another's are not there.</summary>
    public static IQueryable<ExportFile> VisibleTo(this IQueryable<ExportFile> exports, Actor who, DateTime now) =>
        exports
            .AsNoTracking()
            .Where(e => e.OrganizationId == who.OrganizationId && e.OwnerId == who.Id && e.OwnerKind == who.Kind && e.ExpiresAt > now);
}
