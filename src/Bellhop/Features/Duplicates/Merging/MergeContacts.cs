using Bellhop.Data;
using Bellhop.Features.Team;
using Bellhop.Platform;

namespace Bellhop.Features.Duplicates;

/// <summary>
/// Makes one contact of two: everything that the other has goes to the kept one, and the other's id leads to it from then on. A split gives
/// all of it back.
/// </summary>
public static class MergeContacts
{
    /// <param name="From">The contact that is merged into this one.</param>
    /// <param name="Keep">Whose values are shown; the kept contact's where left out.</param>
    public sealed record Input(Guid From, KeepValues? Keep = null);

    /// <exception cref="Refusal">404 for either; 403 when either is known at a property that the actor does not see, and
    /// <c>approval-needed</c> as the organisation's rule says; 400; 412.</exception>
    public static async Task<Saved<MergeRow>> Run(Guid id, Input input, Actor who, BellhopDb db, IfMatch match, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        var keep = input.Keep ?? new();
        var errors = new ValidationErrors();
        keep.Check(errors);
        if (input.From == id)
        {
            errors.Add("from", ErrorText.Of<DuplicateTexts>("Itself"));
        }

        errors.Refuse();
        return await db.Save(
            async () =>
            {
                // In the order of the key, so that two merges cannot deadlock.
                foreach (var held in new[] { id, input.From }.Order())
                {
                    await db.LockContact(who.OrganizationId, held, cancel);
                }

                var kept = await Merges.DemandWhole(id, who, db, cancel);
                match.Demand(kept.UpdatedAt);
                var other = await Merges.DemandWhole(input.From, who, db, cancel);
                var subject = Approval.SubjectOf($"merge {input.From} into {id}");
                await Approvals.Demand(ApprovalAction.Merge, _ => Task.FromResult(2), subject, who, db, cancel);
                var merge = await JoinGuests.Run(kept, other, keep, null, who, db, cancel);
                return new Saved<MergeRow>(MergeRow.Of(merge), merge.At, $"/merges/{merge.Id}", kept.Id);
            },
            cancel,
            SettingsLock.Shared(who.OrganizationId),
            alone: true
        );
    }
}
