using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Properties;

/// <summary>The properties that the actor sees, by name.</summary>
public static class ListProperties
{
    public static async Task<Page<PropertyRow>> Run(PageQuery query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.DemandKnown();
        query.Refuse();
        var binding = $"properties/{who.OrganizationId}/{(who.Properties is { } limited ? string.Join(',', limited.Order()) : "all")}";
        var properties = db.Properties.AsNoTracking().VisibleTo(who);
        if (query.After(cursors, binding) is { } after)
        {
            properties = properties.Where(p => string.Compare(p.NameKey, after) > 0);
        }

        var rows = await properties.OrderBy(p => p.NameKey).Take(query.Limit + 1).ToListAsync(cancel);
        return query.Page(rows.ConvertAll(PropertyRow.Of), row => PlaceRules.NameKey(row.Name), cursors, binding);
    }
}

/// <summary>One property.</summary>
public static class GetProperty
{
    public static async Task<Saved<PropertyRow>> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandKnown();
        var property =
            await db.Properties.AsNoTracking().VisibleTo(who).SingleOrDefaultAsync(p => p.Id == id, cancel)
            ?? throw Refusal.NotThere("property", id);
        return new(PropertyRow.Of(property), property.UpdatedAt);
    }
}
