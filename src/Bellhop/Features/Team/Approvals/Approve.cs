using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>Somebody entitled approves one action, at the screen of the person who is to do it.</summary>
public static class Approve
{
    /// <param name="Action">The action, as the refusal named it.</param>
    /// <param name="Subject">What exactly is to be done, as the refusal named it.</param>
    /// <param name="Proof">Proves who approves.</param>
    /// <param name="By">The member who approves.</param>
    public sealed record Input(string Action, string Subject, Given Proof, Guid By);

    /// <summary>Exactly one member is given.</summary>
    /// <param name="Pin">The approver's PIN.</param>
    /// <param name="Password">The approver's password.</param>
    /// <param name="Code">A code of the approver's second factor, or a recovery code.</param>
    /// <param name="Passkey">What the browser answered when it was asked for a passkey of the approver.</param>
    public sealed record Given(string? Pin = null, string? Password = null, string? Code = null, PasskeyAnswer? Passkey = null);

    /// <param name="Token">To be sent once, in the header <c>Approval</c>; null when the answer is repeated.</param>
    /// <param name="ExpiresAt">UTC.</param>
    public sealed record Result(string? Token, DateTime ExpiresAt);

    /// <exception cref="Refusal">400 for an unknown action or subject; 403 for a key, for a wrong proof, and for somebody who may not
    /// approve this; 404 for a member whom the actor does not see; 429 after too many tries.</exception>
    public static async Task<Answered<Result>> Run(
        Input input,
        Actor who,
        BellhopDb db,
        Pins pins,
        FreshProof proofs,
        CancellationToken cancel
    )
    {
        who.DemandKnown();
        if (who.Kind != ActorKind.User)
        {
            throw Refusal.Forbidden(ErrorText.Of<TeamTexts>("PeopleOnly"));
        }

        var action = Read(input);
        who.Demand(action.Permission);
        if (!await Approvers.May(input.By, action, who, db, cancel))
        {
            throw await db.Memberships.AnyAsync(m => m.OrganizationId == who.OrganizationId && m.UserId == input.By, cancel)
                ? Refusal.Forbidden(ErrorText.Of<TeamTexts>("MayNotApprove"), "member", input.By)
                : Refusal.NotThere("member", input.By);
        }

        if (input.Proof.Pin is { } pin)
        {
            await pins.Demand(pin, input.By, who, db, cancel);
        }
        else
        {
            await proofs.Demand(new(input.Proof.Password, input.Proof.Code, input.Proof.Passkey), input.By, who, db, cancel);
        }

        var (token, hash) = Approval.New();
        return await db.Save(
            async () =>
            {
                var now = db.Now;
                await db.Approvals.Where(a => a.OrganizationId == who.OrganizationId && a.ExpiresAt <= now).ExecuteDeleteAsync(cancel);
                var stamp = await db.Users.Where(u => u.Id == input.By).Select(u => u.SecurityStamp).SingleAsync(cancel);
                var approval = new Approval
                {
                    OrganizationId = who.OrganizationId,
                    Hash = hash,
                    Action = action.Name,
                    Subject = input.Subject,
                    ApproverId = input.By,
                    Stamp = stamp ?? "",
                    ExpiresAt = now + Approval.Lasts,
                };
                db.Approvals.Add(approval);
                db.Happened(who, "approval.given", "member", input.By, action.Name);
                var result = new Result(token, approval.ExpiresAt);
                return new Answered<Result>(result, 201) { Keep = result with { Token = null } };
            },
            cancel
        );
    }

    private static ApprovalAction Read(Input input)
    {
        var errors = new ValidationErrors();
        var action = ApprovalAction.Find(input.Action);
        if (action is null)
        {
            errors.Add("action", "OneOf", string.Join(", ", ApprovalAction.All.Select(a => a.Name)));
        }

        if (input.Subject is not { Length: 64 } || !input.Subject.All(char.IsAsciiHexDigitLower))
        {
            errors.Add("subject", ErrorText.Of<TeamTexts>("ApprovalSubject"));
        }

        object?[] proofs = [input.Proof.Pin, input.Proof.Password, input.Proof.Code, input.Proof.Passkey];
        if (proofs.Count(p => p is not null) != 1)
        {
            errors.Add("proof", ErrorText.Of<TeamTexts>("OneProof"));
        }

        errors.Refuse();
        return action!;
    }
}
