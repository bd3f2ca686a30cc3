using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.AspNetCore.Mvc;

namespace Bellhop.Features.Duplicates;

/// <summary>
/// Takes a merge back: the two contacts have again what each had, and what came since goes to the one by whose phone, address or id it
/// came.
/// </summary>
public static class SplitContacts
{
    /// <param name="Assign">Whose an item is that came since, by its id: <c>this</c> for the kept contact, <c>other</c>.</param>
    public sealed record Input(IReadOnlyDictionary<Guid, string>? Assign = null);

    /// <exception cref="Refusal">404, 403 as for merging; 400; 409 <c>merged-further</c> with the later <c>mergeId</c>; 409
    /// <c>undecided</c> with the items that nobody can tell whose they are.</exception>
    public static async Task Run(Guid id, [FromBody] Input? input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        var assigned = Read(input?.Assign);
        await db.Save(() => Inside(id, assigned, who, db, cancel), cancel, SettingsLock.Shared(who.OrganizationId), alone: true);
    }

    /// <summary>As <see cref="Run"/>, inside a save that shares the settings.</summary>
    internal static async Task Inside(Guid id, IReadOnlyDictionary<Guid, bool> assigned, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        var (seen, _) = await Merges.Find(id, who, db, cancel);
        await db.LockContact(who.OrganizationId, seen.ContactId, cancel);
        db.ChangeTracker.Clear(); // what was read before the lock may have changed
        var (merge, kept) = await Merges.Find(id, who, db, cancel);
        await DemandLast(merge, db, cancel);
        var state = MergeState.Of(merge);
        var plan = await SplitPlan.Of(merge, state, assigned, db, cancel);
        if (assigned.Keys.Except(plan.Since.Select(r => r.Id)).Any())
        {
            throw Refusal.Invalid("assign", ErrorText.Of<DuplicateTexts>("NotOfTheMerge"));
        }

        if (plan.Undecided is { Count: > 0 } open)
        {
            var items = open.Select(SeeMerge.Item.Of).ToList();
            throw Refusal.Conflict("undecided", ErrorText.Of<DuplicateTexts>("Undecided"), ("undecided", items));
        }

        await SplitGuests.Run(merge, kept, state, plan, who, db, cancel);
    }

    /// <summary>Only the latest merge of a contact is taken back: each remembers what the one before it made.</summary>
    private static async Task DemandLast(Merge merge, BellhopDb db, CancellationToken cancel)
    {
        if (await Merges.Last(merge.ContactId, merge.OrganizationId, db, cancel) is { } last && last.Id != merge.Id)
        {
            throw Refusal.Conflict("merged-further", ErrorText.Of<DuplicateTexts>("MergedFurther"), ("mergeId", last.Id));
        }
    }

    private static Dictionary<Guid, bool> Read(IReadOnlyDictionary<Guid, string>? assign)
    {
        var errors = new ValidationErrors();
        foreach (var (item, side) in assign ?? new Dictionary<Guid, string>())
        {
            if (side is not (KeepValues.This or KeepValues.Other))
            {
                errors.Add($"assign.{item}", ErrorText.Of<DuplicateTexts>("Choice"));
            }
        }

        errors.Refuse();
        return (assign ?? new Dictionary<Guid, string>()).ToDictionary(a => a.Key, a => a.Value == KeepValues.Other);
    }
}

/// <summary>Reads a merge, with what a person must decide before a split.</summary>
public static class SeeMerge
{
    /// <param name="ItemId">The booking, note, conversation or other row.</param>
    /// <param name="Kind"><c>booking</c>, <c>conversation</c>, <c>note</c>, <c>review</c>, <c>enquiry</c>, <c>points</c>
    /// or <c>identity</c>.</param>
    /// <param name="At">When it came, UTC.</param>
    public sealed record Item(Guid ItemId, string Kind, DateTime At)
    {
        internal static Item Of(SplitPlan.Row row) => new(row.Id, row.Table.Rule.Asked!, row.Table.At(row.Entry));
    }

    /// <param name="Id">The merge's.</param>
    /// <param name="ContactId">The contact that the merged id leads to.</param>
    /// <param name="From">The merged id.</param>
    /// <param name="At">When, UTC.</param>
    /// <param name="Who">Who merged them.</param>
    /// <param name="Undecided">What came since, where nobody can tell whose it is.</param>
    public sealed record Row(Guid Id, Guid ContactId, Guid From, DateTime At, MergeRow.Doer Who, IReadOnlyList<Item> Undecided);

    /// <exception cref="Refusal">404, 403 as for merging.</exception>
    public static async Task<Row> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        var (merge, _) = await Merges.Find(id, who, db, cancel);
        var plan = await SplitPlan.Of(merge, MergeState.Of(merge), new Dictionary<Guid, bool>(), db, cancel);
        db.ChangeTracker.Clear();
        var row = MergeRow.Of(merge);
        return new(row.Id, row.ContactId, row.From, row.At, row.Who, [.. plan.Undecided.Select(Item.Of)]);
    }
}
