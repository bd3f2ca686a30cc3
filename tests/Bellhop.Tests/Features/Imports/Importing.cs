using System.Text;
using Bellhop.Features.Imports;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Imports;

/// <summary>Brings files into a test's house as the page and the API do, without HTTP around.</summary>
internal static class Importing
{
    /// <summary>Receives a file and works it off; the import as it ended.</summary>
    public static async Task<ImportRow> Import(
        this TestHouse house,
        string text,
        string mode = "fill",
        bool dryRun = false,
        Guid? property = null,
        string? tags = null,
        Actor? who = null
    )
    {
        var id = await house.Receive(text, mode, dryRun, property, tags, who);
        await house.Work(id, who);
        return await house.See(id);
    }

    /// <summary>Receives a file; its work is queued.</summary>
    public static async Task<Guid> Receive(
        this TestHouse house,
        string text,
        string mode = "fill",
        bool dryRun = false,
        Guid? property = null,
        string? tags = null,
        Actor? who = null
    )
    {
        await using var db = house.Open();
        var id = Guid.CreateVersion7();
        await using (var file = ImportFolder.Create(db, id))
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes(text));
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["propertyId"] = (property ?? house.Lisbon).ToString(),
            ["mode"] = mode,
            ["dryRun"] = dryRun ? "true" : "false",
        };
        if (tags is not null)
        {
            fields["tags"] = tags;
        }

        await ReceiveImport.Take(new(id, "guests.csv", text.Length, fields), who ?? house.Owner, db, default);
        return id;
    }

    /// <summary>Works an import off as its job would, with a starter's rights.</summary>
    public static async Task Work(this TestHouse house, Guid id, Actor? who = null, CancellationToken cancel = default)
    {
        await using var db = house.Open();
        var job = await db.Jobs.AsNoTracking().SingleAsync(j => j.Argument == id.ToString() && j.Kind == ImportJob.Handler.Kind, cancel);
        await ImportJob.Handler.Run(job, who ?? house.Owner, db, cancel);
    }

    /// <summary>Takes an import back, to the end.</summary>
    public static async Task<ImportRow> Reverse(this TestHouse house, Guid id, Actor? who = null)
    {
        await using var db = house.Open();
        await ReverseImport.Run(id, who ?? house.Owner, db, default);
        var job = await db.Jobs.AsNoTracking().SingleAsync(j => j.Argument == id.ToString() && j.Kind == ReverseImport.Handler.Kind);
        await ReverseImport.Handler.Run(job, who ?? house.Owner, db, default);
        return await house.See(id);
    }

    public static async Task<ImportRow> See(this TestHouse house, Guid id)
    {
        await using var db = house.Open();
        return (await GetImport.Read(id, house.Owner, db, default))!;
    }

    /// <summary>Every guest as text: name, phone, e-mail, tags, properties known at, consents.</summary>
    public static async Task<List<string>> Guests(this TestHouse house)
    {
        await using var db = house.Open();
        var tags = await db.Tags.ToDictionaryAsync(t => t.Id, t => t.Name);
        var at = (await db.ContactsAtProperty.ToListAsync()).ToLookup(
            a => a.ContactId,
            a => a.PropertyId == house.Lisbon ? "Lisbon" : "Auckland"
        );
        var consents = (await db.Consents.ToListAsync()).ToLookup(c => c.ContactId, c => $"{c.Channel}={c.Granted}");
        return
        [
            .. (await db.Contacts.ToListAsync())
                .Select(c =>
                    string.Join(
                        '|',
                        c.Name,
                        c.Phone,
                        c.Email,
                        string.Join(',', c.TagIds.Select(t => tags[t]).Order(StringComparer.Ordinal)),
                        string.Join(',', at[c.Id].Order(StringComparer.Ordinal)),
                        string.Join(',', consents[c.Id].Order(StringComparer.Ordinal))
                    )
                )
                .Order(StringComparer.Ordinal),
        ];
    }
}
