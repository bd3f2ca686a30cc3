using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Team;

public static class TeamRoutes
{
    public static void MapTeam(this RouteGroupBuilder api)
    {
        var team = api.MapGroup("/team").WithTags("Team");
        team.MapGet("/", ListTeam.Run).WithName("ListTeam").WithSummary("Everybody on the team").WithQuery(PageQuery.Names);
        team.MapPost("/", AddMember.Run)
            .WithName("AddMember")
            .Needs(Permission.TeamManage)
            .WithSummary("Gone: people are invited")
            .ProducesProblem(410);
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
        team.MapGet("/names", ListTeamNames.Run)
            .WithName("ListTeamNames")
            .WithSummary("Who can be given a conversation, by name")
            .WithQuery(PageQuery.Names);
        team.MapGet("/{id}", GetMember.Run).WithName("GetMember").WithSummary("One member of the team");
        team.MapPatch("/{id}", ChangeMember.Run)
            .WithName("ChangeMember")
            .Needs(Permission.TeamManage)
            .WithSummary("Changes a member's role or properties, or keeps them out for a while");
        team.MapDelete("/{id}", RemoveMember.Run)
            .WithName("RemoveMember")
            .WithSummary("Takes a person off the team; their sessions here end");
        team.MapPut("/second-factor", RequireSecondFactor.Run)
            .WithName("RequireSecondFactor")
            .Needs(Permission.TeamManage)
            .WithSummary("An owner says whether every member must sign in with a second factor");
        team.MapPost("/ownership", HandOverOwnership.Run)
            .WithName("HandOverOwnership")
            .Needs(Permission.TeamManage)
            .WithSummary("An owner makes another member the owner, and becomes a manager");

        var roles = api.MapGroup("/roles").WithTags("Roles");
        roles
            .MapGet("/", ListRoles.Run)
            .WithName("ListRoles")
            .WithSummary("The roles there are and what each may do")
            .WithQuery(PageQuery.Names);
        roles.MapPost("/", AddRole.Run).WithName("AddRole").Needs(Permission.TeamManage).WithSummary("Makes a role of your own");
        roles.MapGet("/{id}", GetRole.Run).WithName("GetRole").WithSummary("One role");
        roles
            .MapPatch("/{id}", ChangeRole.Run)
            .WithName("ChangeRole")
            .Needs(Permission.TeamManage)
            .WithSummary("Changes the name or the permissions of a role of your own");
        roles.MapDelete("/{id}", DeleteRole.Run).WithName("DeleteRole").WithSummary("Deletes a role of your own that nobody has");

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
        keys.MapPost("/{id}/rotations", RotateApiKey.Run)
            .WithName("RotateApiKey")
            .Needs(Permission.TeamManage)
            .WithSummary("Gives a key another secret; the old one works for some hours more");
        keys.MapDelete("/{id}", RevokeApiKey.Run).WithName("RevokeApiKey").WithSummary("Ends an API key for good");
    }
}
