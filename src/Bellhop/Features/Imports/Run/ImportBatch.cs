using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Imports.Files;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Imports;

/// <summary>
/// Processes some rows of a file in one save: judges them, writes them, and notes the changes so that they can be taken back.
/// </summary>
internal sealed class ImportBatch(Import import, IReadOnlyDictionary<Guid, Property> places, Actor who, BellhopDb db)
{
    /// <summary>The number of rows with each outcome, and of phones read as another country's than the property's.</summary>
    internal sealed record Counted(int Created, int Updated, int Duplicates, int Failed, int Warnings, int Foreign);

    /// <summary>Writes the rows. Call it inside a save.</summary>
    public async Task<Counted> Write(IReadOnlyList<FileGuest> rows, CancellationToken cancel)
    {
        var known = await KnownGuests.Of(
            [.. rows.Where(r => r.Errors.Count == 0).Select(r => r.Keys)],
            ImportFields.Details,
            who,
            db,
            cancel
        );
        var tags = await TagIds(rows, cancel);
        var newcomers = new NewGuests(Source.Import, TouchKind.Import, who, db);
        var judge = new RowJudge(known, newcomers.Add, tags, import.Mode);
        var changed = new ImportedChanges(import, places, who, db);
        var made = new List<(Guid Id, int Line)>();
        var judged = new List<Judged>(rows.Count);
        foreach (var row in rows)
        {
            var one = await judge.Judge(row, guest => changed.Hold(guest, cancel));
            judged.Add(one);
            if (one.Outcome == RowOutcome.Created)
            {
                made.Add((one.Guest!.Id, row.Line));
            }
            else if (one.Outcome == RowOutcome.Updated && !one.Guest!.IsNew)
            {
                await changed.Write(one, cancel);
            }

            if (one.Rival is { } rival)
            {
                await Pair(one.Guest!, rival, row.Keys.Address!, newcomers, cancel);
            }
        }

        var contacts = await newcomers.Write(places, cancel);
        await db.BulkInsert(
            [
                .. contacts.SelectMany(c =>
                    c.TagIds.Select(t => new ContactTag
                    {
                        OrganizationId = c.OrganizationId,
                        ContactId = c.Id,
                        TagId = t,
                        CreatedAt = c.CreatedAt,
                    })
                ),
            ],
            cancel
        );
        await db.BulkInsert(
            [
                .. contacts.Zip(
                    made,
                    (c, m) =>
                        new ImportChange
                        {
                            OrganizationId = c.OrganizationId,
                            ImportId = import.Id,
                            ContactId = c.Id,
                            Line = m.Line,
                            Created = true,
                            Version = c.UpdatedAt,
                        }
                ),
            ],
            cancel
        );
        await db.BulkInsert(
            [.. judged.Where(j => j.Outcome == RowOutcome.Refused).DistinctBy(j => j.Row.Line).Select(j => Refusal(j.Row))],
            cancel
        );
        return Count(judged);
    }

    public static Counted Count(IReadOnlyList<Judged> judged)
    {
        var taken = judged.Where(j => j.Outcome != RowOutcome.Refused).ToList();
        return new(
            Of(RowOutcome.Created),
            Of(RowOutcome.Updated),
            Of(RowOutcome.Duplicate),
            Of(RowOutcome.Refused),
            taken.Count(j => j.Row.Warnings.Count > 0),
            taken.Count(j => j.Row.IsForeign)
        );

        int Of(RowOutcome outcome) => judged.Count(j => j.Outcome == outcome);
    }

    private ImportRefusal Refusal(FileGuest row) =>
        new()
        {
            OrganizationId = import.OrganizationId,
            ImportId = import.Id,
            Line = row.Line,
            Reasons = StoredErrors.Write(row.Errors),
            Cells = JsonSerializer.Serialize(KeptCells.Of(row.Cells)),
        };

    /// <summary>Lists two guests as likely duplicates: at once if one of them is new, otherwise only if they are not listed yet.</summary>
    private async Task Pair(KnownGuest one, KnownGuest other, string address, NewGuests newcomers, CancellationToken cancel)
    {
        if (one.IsNew || other.IsNew)
        {
            newcomers.Pair(one.Id, other.Id, (IdentityKind.Email, address), claimed: false);
        }
        else
        {
            var shown = (IdentityKind.Email, address);
            await ResolveContact.ListPair(one.Id, other.Id, shown, claimed: false, who.OrganizationId, db, cancel);
        }
    }

    /// <summary>The ids of all tags that the rows name. Missing tags are made.</summary>
    private async Task<IReadOnlyDictionary<string, Guid>> TagIds(IReadOnlyList<FileGuest> rows, CancellationToken cancel)
    {
        var names = rows.Where(r => r.Errors.Count == 0).SelectMany(r => r.Tags).DistinctBy(Tag.Key, StringComparer.Ordinal).ToList();
        if (names.Count == 0)
        {
            return new Dictionary<string, Guid>();
        }

        var ids = new Dictionary<string, Guid>(await TagNames.Find(names, who.OrganizationId, db, cancel), StringComparer.Ordinal);
        var made = new List<Guid>();
        foreach (var name in names.Where(n => !ids.ContainsKey(Tag.Key(n))))
        {
            var (tag, isNew) = await TagContact.FindOrMake(name, who, db, cancel);
            ids[Tag.Key(name)] = tag.Id;
            made.AddRange(isNew ? [tag.Id] : []);
        }

        await db.Flush(cancel);
        if (made.Count > 0)
        {
            var mine = db.Imports.Where(i => i.OrganizationId == import.OrganizationId && i.Id == import.Id);
            Guid[] all = [.. await mine.Select(i => i.MadeTags).SingleAsync(cancel), .. made];
            await mine.ExecuteUpdateAsync(set => set.SetProperty(i => i.MadeTags, all), cancel);
        }

        return ids;
    }
}
