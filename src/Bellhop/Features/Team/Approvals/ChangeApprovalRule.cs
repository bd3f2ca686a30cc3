using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>A rule as the API shows it.</summary>
/// <param name="Action">The action's name.</param>
/// <param name="Over">It needs an approval when it concerns more than so many guests; null for never.</param>
public sealed record ApprovalRuleRow(string Action, int? Over);

/// <summary>The rules of the organisation: one for each action that can have one.</summary>
public static class ListApprovalRules
{
    public static async Task<IReadOnlyList<ApprovalRuleRow>> Run(Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.SettingsManage);
        var rules = await db
            .ApprovalRules.AsNoTracking()
            .Where(r => r.OrganizationId == who.OrganizationId)
            .ToDictionaryAsync(r => r.Action, r => r.Over, cancel);
        return [.. ApprovalAction.All.Select(a => new ApprovalRuleRow(a.Name, rules.TryGetValue(a.Name, out var over) ? over : null))];
    }
}

/// <summary>Says from which number on an action needs an approval, or that it needs none.</summary>
public static class ChangeApprovalRule
{
    /// <param name="Over">0 for always; null for never.</param>
    public sealed record Input(int? Over);

    /// <exception cref="Refusal">403 for an actor limited to some properties; 404 for an unknown action; 400 for a number out of
    /// range.</exception>
    public static async Task<ApprovalRuleRow> Run(string action, Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.SettingsManage);
        who.DemandAllProperties();
        if (ApprovalAction.Find(action) is null)
        {
            throw Refusal.NotThere("approvalRule");
        }

        var errors = new ValidationErrors();
        errors.Range("over", input.Over, 0, ApprovalRule.OverMax);
        errors.Refuse();
        return await db.Save(
            async () =>
            {
                var rule = await db.ApprovalRules.SingleOrDefaultAsync(
                    r => r.OrganizationId == who.OrganizationId && r.Action == action,
                    cancel
                );
                if (rule?.Over == input.Over)
                {
                    return new ApprovalRuleRow(action, input.Over);
                }

                if (input.Over is not { } over)
                {
                    db.ApprovalRules.Remove(rule!);
                }
                else if (rule is null)
                {
                    db.ApprovalRules.Add(
                        new()
                        {
                            OrganizationId = who.OrganizationId,
                            Action = action,
                            Over = over,
                        }
                    );
                }
                else
                {
                    rule.Over = over;
                }

                db.Happened(who, "approvalRule.updated", "approvalRule", null, action);
                return new ApprovalRuleRow(action, input.Over);
            },
            cancel
        );
    }
}
