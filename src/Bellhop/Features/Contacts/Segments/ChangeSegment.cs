using System.Text.Json;
using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts.Segments;

/// <summary>Changes a segment's name or conditions, or shares it.</summary>
public static class ChangeSegment
{
    /// <param name="Name">1 to 100 characters. Unique, ignoring case, among shared segments and among one's own.</param>
    /// <param name="Shared">Whether everybody who sees contacts sees it. Only the owner may stop sharing it.</param>
    /// <param name="Conditions">All conditions, in the form that <see cref="RuleReading"/> reads.</param>
    public sealed record Input(
        Optional<string> Name = default,
        Optional<bool> Shared = default,
        Optional<JsonElement> Conditions = default
    );

    /// <exception cref="Refusal">403 without contacts.view, or without contacts.edit for a shared segment; 404; 412 when
    /// <paramref name="match"/> names another version; 400; 409 <c>duplicate-segment</c> with <c>segmentId</c>.</exception>
    public static async Task<Saved<SegmentRow>> Run(Guid id, Input input, Actor who, BellhopDb db, IfMatch match, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        var before = await GetSegment.Find(id, who, db, cancel);
        db.Entry(before).State = Microsoft.EntityFrameworkCore.EntityState.Detached;
        DemandMayWrite(before, who);
        match.Demand(before.UpdatedAt);
        var errors = new ValidationErrors();
        var name = input.Name.IsGiven ? errors.Text("name", input.Name.Value, Segment.NameMax, required: true) : null;
        var given = input.Conditions.IsGiven ? await AddSegment.Read(input.Conditions.Value, errors, who, db, cancel) : null;
        errors.Refuse();
        if (given is not null)
        {
            await AddSegment.DemandSeen(given, who, db, cancel);
        }

        var count = await LiveSegment.Count(
            given ?? await StoredRules.Read(before.Conditions, who.OrganizationId, db, cancel),
            who,
            db,
            cancel
        );
        return await db.Save(
            async () =>
            {
                var segment = await GetSegment.Find(id, who, db, cancel);
                DemandMayWrite(segment, who);
                match.Demand(segment.UpdatedAt);
                await DemandOwn(segment, who, db, cancel);
                if (input.Shared.IsGiven && input.Shared.Value != segment.IsShared)
                {
                    Share(segment, input.Shared.Value, who);
                }

                (segment.Name, segment.NameKey) = name is null ? (segment.Name, segment.NameKey) : (name, Segment.Key(name));
                if (
                    given is not null
                    && await StoredRules.Write(given, who.OrganizationId, db, cancel) is var stored
                    && stored != segment.Conditions
                )
                {
                    segment.Conditions = stored;
                }

                await AddSegment.DemandFree(segment.NameKey, segment.ListedFor, id, who, db, cancel);
                string?[] changed =
                [
                    Changed(nameof(Segment.Name)) ? "name" : null,
                    Changed(nameof(Segment.ListedFor)) ? "shared" : null,
                    Changed(nameof(Segment.Conditions)) ? "conditions" : null,
                ];
                if (changed.OfType<string>().ToList() is { Count: > 0 } fields)
                {
                    segment.UpdatedAt = db.Now.After(segment.UpdatedAt);
                    db.Happened(who, "segment.updated", "segment", id, fields);
                }

                return new Saved<SegmentRow>(await SegmentRow.Of(segment, count, db, cancel), segment.UpdatedAt);

                bool Changed(string column) => db.Entry(segment).Property(column).IsModified;
            },
            cancel
        );
    }

    private static void Share(Segment segment, bool shared, Actor who)
    {
        who.Demand(Permission.ContactsEdit);
        if (!shared && segment.OwnerId != who.Id)
        {
            throw Refusal.Forbidden(ErrorText.Of<SegmentTexts>("OwnerOnly"));
        }

        segment.ListedFor = shared ? Guid.Empty : segment.OwnerId;
    }

    /// <summary>
    /// Demands that the actor sees every property that a shared segment names, since the segment belongs to those properties too.
    /// </summary>
    /// <exception cref="Refusal">403 <c>used-elsewhere</c> when it names a property that the actor does not see. The refusal does not say
    /// which.</exception>
    internal static async Task DemandOwn(Segment segment, Actor who, BellhopDb db, CancellationToken cancel)
    {
        if (
            who.Properties is not null
            && segment.IsShared
            && (await StoredRules.Read(segment.Conditions, segment.OrganizationId, db, cancel))
                .Leaves()
                .SelectMany(l => l.Asks.PropertyIds ?? [])
                .Any(p => !who.Sees(p))
        )
        {
            throw Refusal.UsedElsewhere("segment", segment.Id);
        }
    }

    /// <exception cref="Refusal">403 for a shared segment without contacts.edit.</exception>
    internal static void DemandMayWrite(Segment segment, Actor who)
    {
        if (segment.IsShared)
        {
            who.Demand(Permission.ContactsEdit);
        }
    }
}

/// <summary>Deletes a segment. The contacts stay.</summary>
public static class DeleteSegment
{
    /// <exception cref="Refusal">403 without contacts.view, or without contacts.edit for a shared segment; 404; 412 when
    /// <paramref name="match"/> names another version.</exception>
    public static async Task Run(Guid id, Actor who, BellhopDb db, IfMatch match, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        await db.Save(
            async () =>
            {
                var segment = await GetSegment.Find(id, who, db, cancel);
                ChangeSegment.DemandMayWrite(segment, who);
                match.Demand(segment.UpdatedAt);
                await ChangeSegment.DemandOwn(segment, who, db, cancel);
                db.Segments.Remove(segment);
                db.Happened(who, "segment.deleted", "segment", id);
            },
            cancel
        );
    }
}
