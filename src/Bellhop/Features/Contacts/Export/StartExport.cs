using System.Text.Json;
using System.Text.Json.Serialization;
using Bellhop.Data;
using Bellhop.Features.Contacts.Bulk;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Contacts.Export;

/// <summary>Starts an export in the background. A job writes the file, which is kept for a day.</summary>
public static class StartExport
{
    /// <summary>The most ids of one export.</summary>
    public const int MostIds = 10_000;

    /// <summary>The most exports of one caller that are kept at once.</summary>
    public const int MostKept = 20;

    private const int TryAgain = 600;

    /// <summary>How long the file can be fetched.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(24);

    /// <param name="Filter">The list's filter, given as its parameters; all guests when left out.</param>
    /// <param name="Ids">The ids of the contacts, instead of a filter.</param>
    /// <param name="Columns">The headings of the columns; all usual ones when left out.</param>
    /// <param name="Bom">Whether the file begins with a byte order mark.</param>
    /// <param name="Notes">Whether the file has the notes in a last column.</param>
    /// <param name="Sort">The order, as in the list.</param>
    public sealed record Input(
        IReadOnlyDictionary<string, JsonElement>? Filter = null,
        IReadOnlyList<Guid>? Ids = null,
        IReadOnlyList<string>? Columns = null,
        bool Bom = false,
        bool Notes = false,
        string? Sort = null
    )
    {
        /// <summary>The page's own request, used instead of all other members.</summary>
        [JsonIgnore]
        public ExportRequest? Asked { get; init; }
    }

    /// <exception cref="Refusal">403 without contacts.importExport; 400; 404 for a property or an id that the actor does not see; 429 while
    /// too many exports are kept.</exception>
    public static async Task<Answered<GetExport.Row>> Run(Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsImportExport);
        var question = input.Asked ?? Read(input);
        return await db.Save(
            async () =>
            {
                await ExportContacts.DemandSeen(question.Ids, who, db, cancel);
                await ExportContacts.DemandApproval(question, who, db, cancel);
                await GuestFile.Of(question, who, db, cancel); // what cannot be asked is refused now, not in the background
                if (await db.Set<ExportFile>().VisibleTo(who, db.Now).CountAsync(cancel) >= MostKept)
                {
                    throw Refusal.TooMany(TryAgain);
                }

                var job = await db.Queue(who, WriteExport.Kind, "", cancel: cancel);
                var export = new ExportFile
                {
                    OrganizationId = who.OrganizationId,
                    OwnerId = who.Id,
                    OwnerKind = who.Kind,
                    Question = question.Write(who.Properties),
                    JobId = job,
                    CreatedAt = db.Now,
                    ExpiresAt = db.Now + Lasts,
                };
                db.Add(export);
                return new Answered<GetExport.Row>(
                    new(export.Id, "queued", 0, null, export.ExpiresAt, null),
                    202,
                    $"/contacts/exports/{export.Id}"
                );
            },
            cancel
        );
    }

    private static ExportRequest Read(Input input)
    {
        var errors = new ValidationErrors();
        if (input.Ids is not null && input.Filter is not null)
        {
            errors.Add("ids", ErrorText.Of<IntakeTexts>("IdsOrFilter"));
        }

        if (input.Ids?.Count > MostIds)
        {
            errors.Add("ids", "TooLong", MostIds);
        }

        var filter = input.Filter is null ? ContactFilter.None : BulkChoice.Read(input.Filter, errors);
        var (sort, descending) = ContactSorts.Read(input.Sort, errors);
        var columns = ExportColumns.Read(input.Columns ?? [], input.Notes, errors);
        errors.Refuse();
        return new(filter, sort, descending, columns, input.Bom, input.Ids is null ? null : [.. input.Ids.Distinct()]);
    }
}
