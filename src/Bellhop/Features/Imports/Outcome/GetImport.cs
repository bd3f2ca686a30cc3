using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Bellhop.Features.Imports;

/// <summary>Shows an import's progress or its result.</summary>
public static class GetImport
{
    /// <exception cref="Refusal">403 without contacts.importExport; 404 for an import that does not exist, or is for a property that the
    /// actor does not see.</exception>
    public static async Task<ImportRow> Run(Guid id, Actor who, BellhopDb db, IStringLocalizerFactory texts, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsImportExport);
        var row = await Read(id, who, db, cancel) ?? throw Refusal.NotThere("import", id);
        return row.Error is not { } error
            ? row
            : row with
            {
                Error = error with { Title = string.Join(' ', row.Errors.Select(f => Refusals.Say(f, texts))) },
            };
    }

    internal static async Task<ImportRow?> Read(Guid id, Actor who, BellhopDb db, CancellationToken cancel) =>
        await Rows(db.Imports.VisibleTo(who).Where(i => i.Id == id), db).SingleOrDefaultAsync(cancel) is { } found ? found.Row() : null;

    /// <summary>The given imports in their order, with the property's name and whether the job was given up.</summary>
    internal static IQueryable<Beside> Rows(IQueryable<Import> imports, BellhopDb db) =>
        imports
            .AsNoTracking()
            .Select(i => new Beside(
                i,
                db.Properties.Where(p => p.OrganizationId == i.OrganizationId && p.Id == i.PropertyId).Select(p => p.Name).Single(),
                db.Jobs.Where(j => j.OrganizationId == i.OrganizationId && j.Id == i.JobId && j.State == JobState.Parked)
                    .Select(j => j.LastError)
                    .FirstOrDefault()
            ));

    /// <param name="GivenUp">Why the job was given up; null when it was not.</param>
    internal sealed record Beside(Import Import, string PropertyName, string? GivenUp)
    {
        public ImportRow Row() => ImportRow.Of(Import, new(Import.PropertyId, PropertyName), Import.IsAtWork ? GivenUp : null);
    }
}

public static class ImportRights
{
    /// <summary>
    /// Imports of the actor's organisation. An actor limited to some properties sees only their own imports for these properties, because
    /// other files may hold any guest.
    /// </summary>
    public static IQueryable<Import> VisibleTo(this IQueryable<Import> imports, Actor who)
    {
        var mine = imports.Where(i => i.OrganizationId == who.OrganizationId);
        return who.Properties is { } limited
            ? mine.Where(i => limited.Contains(i.PropertyId) && i.StarterId == who.Id && i.StarterKind == who.Kind)
            : mine;
    }
}
