using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>Approvals of an organisation's rules. The one for a call comes in its header <c>Approval</c>, and is on its actor.</summary>
public static class Approvals
{
    public const string Header = "Approval";

    private const int Longest = 200;

    /// <summary>The approval that a request brings; null for none.</summary>
    internal static string? Of(HttpRequest request) => request.Headers[Header] is [{ Length: > 0 and <= Longest } token] ? token : null;

    /// <summary>
    /// Demands the approval that the organisation's rule asks for, and uses it up. Call it inside the save that does the action, or before
    /// what cannot be in a save. Bellhop's own commands need none: whoever runs them has the whole database.
    /// </summary>
    /// <param name="action">What is to be done.</param>
    /// <param name="count">How many guests it concerns. It is only asked up to the rule's number and one more.</param>
    /// <param name="subject">Names what exactly is to be done: see <see cref="Approval.SubjectOf(string)"/>.</param>
    /// <exception cref="Refusal">403 <c>approval-needed</c> without an approval that is for this.</exception>
    public static async Task Demand(
        ApprovalAction action,
        Func<int, Task<int>> count,
        string subject,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        if (who.Kind == ActorKind.System || await OverOf(action, who, db, cancel) is not { } over || await count(over + 1) <= over)
        {
            return;
        }

        var now = db.Now;
        var hash = Approval.HashOf(who.Approval ?? "");
        var found = await db.Approvals.SingleOrDefaultAsync(
            a =>
                a.OrganizationId == who.OrganizationId
                && a.Hash == hash
                && a.Action == action.Name
                && a.Subject == subject
                && a.ExpiresAt > now
                && db.Users.Any(u => u.Id == a.ApproverId && u.SecurityStamp == a.Stamp),
            cancel
        );
        if (found is null || !await Approvers.May(found.ApproverId, action, who, db, cancel))
        {
            throw Refusal.ApprovalNeeded(ErrorText.Of<TeamTexts>("ApprovalNeeded"), action.Name, subject);
        }

        // Of two calls with one token only one deletes the row.
        if (await db.Approvals.Where(a => a.OrganizationId == who.OrganizationId && a.Hash == hash).ExecuteDeleteAsync(cancel) == 0)
        {
            throw Refusal.ApprovalNeeded(ErrorText.Of<TeamTexts>("ApprovalNeeded"), action.Name, subject);
        }

        db.Happened(who, "approval.used", "member", found.ApproverId, action.Name);
    }

    /// <summary>More than so many guests need an approval; null when the organisation has no such rule.</summary>
    public static async Task<int?> OverOf(ApprovalAction action, Actor who, BellhopDb db, CancellationToken cancel) =>
        await db
            .ApprovalRules.Where(r => r.OrganizationId == who.OrganizationId && r.Action == action.Name)
            .Select(r => (int?)r.Over)
            .SingleOrDefaultAsync(cancel);
}
