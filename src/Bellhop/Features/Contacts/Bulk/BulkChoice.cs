using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;

namespace Bellhop.Features.Contacts.Bulk;

/// <summary>Chooses the contacts of a bulk action by the list's own filter, so that the action takes what the list shows.</summary>
internal static class BulkChoice
{
    /// <summary>Reads the filter's parameters from JSON members: texts, numbers, true and false, lists of texts.</summary>
    public static ContactFilter Read(IReadOnlyDictionary<string, JsonElement> members, ValidationErrors errors)
    {
        var (inner, values) = (new ValidationErrors(), new Dictionary<string, StringValues>(StringComparer.Ordinal));
        foreach (var (name, value) in members)
        {
            if (Texts(value) is { } texts)
            {
                values[name] = texts;
            }
            else
            {
                errors.Add("filter." + name, "Unknown");
            }
        }

        var query = new QueryCollection(values);
        QueryReading.RefuseOthers(query, inner, FilterConditions.OfApi);
        var filter = ContactFilter.Read(query, inner);
        errors.Take("filter.", inner);
        return filter;
    }

    /// <summary>The ids of the first matching contacts, at most <paramref name="most"/>.</summary>
    public static async Task<IReadOnlyList<Guid>> Find(ContactFilter filter, int most, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var matching = await Matching(filter, who, db, cancel);
        return matching is null
            ? []
            : await db.Read($"SELECT c.id{matching} ORDER BY c.id{SqlDialect.Limit(most)}", row => row.Id(), cancel);
    }

    /// <summary>How many contacts match, counted up to <paramref name="most"/>.</summary>
    public static async Task<int> Count(ContactFilter filter, int most, Actor who, BellhopDb db, CancellationToken cancel) =>
        (await Find(filter, most, who, db, cancel)).Count;

    /// <summary>Stores the ids of the matching contacts for a job. Returns how many.</summary>
    public static async Task<int> Keep(Guid jobId, ContactFilter filter, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var matching = await Matching(filter, who, db, cancel);
        return matching is null
            ? 0
            : await db.Execute(
                $"INSERT INTO bulk_items (organization_id, job_id, contact_id) SELECT {who.OrganizationId}, {jobId}, c.id{matching}",
                cancel
            );
    }

    /// <summary>Stores the ids for a job. Returns how many.</summary>
    /// <exception cref="Refusal">404 when the actor does not see one of the contacts.</exception>
    public static async Task<int> Keep(Guid jobId, IReadOnlyList<Guid> ids, Actor who, BellhopDb db, CancellationToken cancel)
    {
        foreach (var some in ids.Chunk(500))
        {
            var there = await db
                .Contacts.VisibleTo(who, db.ContactsAtProperty)
                .Where(c => some.Contains(c.Id))
                .Select(c => c.Id)
                .ToListAsync(cancel);
            if (there.Count < some.Length)
            {
                throw Refusal.NotThere("contact", some.Except(there).First());
            }

            db.Set<BulkItem>()
                .AddRange(
                    some.Select(id => new BulkItem
                    {
                        OrganizationId = who.OrganizationId,
                        JobId = jobId,
                        ContactId = id,
                    })
                );
            await db.Flush(cancel);
        }

        return ids.Count;
    }

    /// <summary>FROM and WHERE of the matching contacts <c>c</c>; null when the actor sees no property.</summary>
    private static async Task<Sql?> Matching(ContactFilter filter, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var scope = await ContactScope.Of(filter, who, db, cancel);
        if (scope.IsEmpty)
        {
            return null;
        }

        var question = await ContactQuery.Of(filter, scope, db, cancel);
        var found = question.CriteriaOver(scope);
        Sql matching = $"{ContactSql.From(found.Scope)}{ContactSql.Where(db.Dialect, found, anyIndex: true)}";
        return matching.With(new GuestValues(scope, question));
    }

    private static StringValues? Texts(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Array when value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String) => value
                .EnumerateArray()
                .Select(v => v.GetString())
                .ToArray(),
            _ => null,
        };
}
