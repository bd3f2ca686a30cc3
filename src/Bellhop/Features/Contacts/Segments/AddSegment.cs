using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Contacts.Segments;

/// <summary>Saves a filter under a name. The segment is always live.</summary>
public static class AddSegment
{
    /// <param name="Name">1 to 100 characters. Unique, ignoring case, among shared segments and among one's own.</param>
    /// <param name="Conditions">The conditions, in the form that <see cref="RuleReading"/> reads.</param>
    /// <param name="Shared">Whether everybody who sees contacts sees it.</param>
    public sealed record Input(string Name, JsonElement Conditions, bool Shared = false);

    /// <exception cref="Refusal">403 without contacts.view, or without contacts.edit for a shared segment; 400 listing every field at
    /// fault; 404 for a property that the actor does not see; 409 <c>duplicate-segment</c> with <c>segmentId</c>.</exception>
    public static async Task<Saved<SegmentRow>> Run(Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        if (input.Shared)
        {
            who.Demand(Permission.ContactsEdit);
        }

        var errors = new ValidationErrors();
        var name = errors.Text("name", input.Name, Segment.NameMax, required: true);
        var rules = await Read(input.Conditions, errors, who, db, cancel);
        errors.Refuse();
        await DemandSeen(rules!, who, db, cancel);
        var count = await LiveSegment.Count(rules!, who, db, cancel);
        return await db.Save(
            async () =>
            {
                var segment = new Segment
                {
                    // Bellhop itself, in a command, has no segments of its own.
                    OrganizationId = who.OrganizationId,
                    Name = name!,
                    NameKey = Segment.Key(name!),
                    OwnerId = who.Id,
                    ListedFor = input.Shared ? Guid.Empty : who.Id,
                    Conditions = await StoredRules.Write(rules!, who.OrganizationId, db, cancel),
                    CreatedAt = db.Now,
                    UpdatedAt = db.Now,
                };
                await DemandFree(segment.NameKey, segment.ListedFor, segment.Id, who, db, cancel);
                db.Segments.Add(segment);
                db.Happened(who, "segment.created", "segment", segment.Id);
                return new Saved<SegmentRow>(SegmentRow.Of(segment, rules!, count), segment.UpdatedAt, $"/segments/{segment.Id}");
            },
            cancel
        );
    }

    /// <summary>How many contacts would match, while a segment is being edited.</summary>
    /// <exception cref="Refusal">403 without contacts.view; 400 listing what is wrong with the conditions; 404 for a property that the
    /// actor does not see.</exception>
    public static async Task<int> Try(SegmentRule rules, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        var errors = new ValidationErrors();
        var read = await Read(rules.ToElement(), errors, who, db, cancel);
        errors.Refuse();
        await DemandSeen(read!, who, db, cancel);
        return await LiveSegment.Count(read!, who, db, cancel);
    }

    internal static async Task<SegmentRule?> Read(
        JsonElement conditions,
        ValidationErrors errors,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    ) => RuleReading.Read(conditions, (await Reporting.Of(who.OrganizationId, db, cancel)).Currency, errors);

    /// <exception cref="Refusal">404 when the conditions name a property that the actor does not see.</exception>
    internal static async Task DemandSeen(SegmentRule rules, Actor who, BellhopDb db, CancellationToken cancel)
    {
        if (rules.Leaves().SelectMany(l => l.Asks.PropertyIds ?? []).Distinct().ToArray() is { Length: > 0 } named)
        {
            await ContactScope.Of(new(PropertyIds: named), who, db, cancel);
        }
    }

    /// <exception cref="Refusal">409 when another segment in the same list has the name.</exception>
    internal static async Task DemandFree(string key, Guid listedFor, Guid mine, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var same = db.Segments.VisibleTo(who).Where(s => s.ListedFor == listedFor && s.NameKey == key && s.Id != mine);
        if (await same.Select(s => (Guid?)s.Id).SingleOrDefaultAsync(cancel) is { } other)
        {
            throw Refusal.Conflict("duplicate-segment", ErrorText.Of<SegmentTexts>("Duplicate"), ("segmentId", other));
        }
    }
}
