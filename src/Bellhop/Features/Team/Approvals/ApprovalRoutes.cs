using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Team;

public static class ApprovalRoutes
{
    public static void MapApprovals(this RouteGroupBuilder api)
    {
        var approvals = api.MapGroup("/approvals").WithTags("Approvals");
        approvals
            .MapPost("/", Approve.Run)
            .WithName("Approve")
            .WithSummary("Somebody entitled approves one action; the answer alone shows the token");
        approvals
            .MapGet("/rules", ListApprovalRules.Run)
            .WithName("ListApprovalRules")
            .Needs(Permission.SettingsManage)
            .WithSummary("Which actions need an approval");
        approvals
            .MapPut("/rules/{action}", ChangeApprovalRule.Run)
            .WithName("ChangeApprovalRule")
            .Needs(Permission.SettingsManage)
            .WithSummary("Says from which number of guests on an action needs an approval");
        var me = api.MapGroup("/me").WithTags("Me");
        me.MapPut("/pin", ChangePin.Run).WithName("ChangePin").WithSummary("Sets or removes one's own PIN for approvals");
    }
}
