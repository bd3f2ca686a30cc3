using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Team;

public static class TeamRoutes
{
    public static void MapTeam(this IEndpointRouteBuilder api)
    {
        var team = api.MapGroup("/team").WithTags("Team");
        team.MapGet("/", ListTeam.Run).WithName("ListTeam").WithSummary("Everybody on the team").WithQuery(PageQuery.Names);
        team.MapPost("/", AddMember.Run).WithName("AddMember").Needs(Permission.TeamManage).WithSummary("Gone: people are invited");
        team.MapGet("/invitations", ListInvitations.Run)
            .WithName("ListInvitations")
            .WithSummary("Invitations that can still be accepted, newest first")
            .WithQuery(PageQuery.Names);
        team.MapPost("/invitations", InviteMember.Run)
            .WithName("InviteMember")
            .Needs(Permission.TeamManage)
            .WithSummary("Asks a person to take a place on the team; the answer alone shows the link");
        team.MapDelete("/invitations/{id}", WithdrawInvitation.Run).WithName("WithdrawInvitation").WithSummary("Takes an invitation back");
        team.MapPost("/invitations/{id}/resends", ResendInvitation.Run)
            .WithName("ResendInvitation")
            .Needs(Permission.TeamManage)
            .WithSummary("Gives an invitation another link and seven days more");
        team.MapGet("/{id}", GetMember.Run).WithName("GetMember").WithSummary("One member of the team");
        team.MapPatch("/{id}", ChangeMember.Run)
            .WithName("ChangeMember")
            .Needs(Permission.TeamManage)
            .WithSummary("Changes a member's role or properties");
        team.MapDelete("/{id}", RemoveMember.Run)
            .WithName("RemoveMember")
            .WithSummary("Takes a person off the team; their sessions here end");
        api.MapGet("/roles", ListRoles.Run)
            .WithTags("Team")
            .WithName("ListRoles")
            .WithSummary("The roles there are and what each may do")
            .WithQuery(PageQuery.Names);

        var keys = api.MapGroup("/api-keys").WithTags("API keys");
        keys.MapGet("/", ListApiKeys.Run)
            .WithName("ListApiKeys")
            .WithSummary("The API keys that are not revoked")
            .WithQuery(PageQuery.Names);
        keys.MapPost("/", CreateApiKey.Run)
            .WithName("CreateApiKey")
            .Needs(Permission.TeamManage)
            .WithSummary("Makes an API key; the answer alone shows it");
        keys.MapGet("/{id}", GetApiKey.Run).WithName("GetApiKey").WithSummary("An API key's rights");
        keys.MapDelete("/{id}", RevokeApiKey.Run).WithName("RevokeApiKey").WithSummary("Ends an API key for good");
    }
}
