using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Loyalty;

internal static class LoyaltyRoutes
{
    public static void MapLoyalty(this RouteGroupBuilder api)
    {
        var loyalty = api.MapGroup("/loyalty/{propertyId}").WithTags("Loyalty");
        loyalty.MapGet("/", GetProgramme.Run).WithName("GetProgramme").WithSummary("A property's loyalty programme");
        loyalty
            .MapPut("/", SaveProgramme.Run)
            .WithName("SaveProgramme")
            .Needs(Permission.LoyaltyManage)
            .WithSummary("Saves the programme: points per unit hold from today on, tiers at once");
        loyalty
            .MapGet("/members", ListMembers.Run)
            .WithQuery(ListMembers.Query.Parameters)
            .WithName("ListLoyaltyMembers")
            .WithSummary("The programme's members, those with most points first");
        loyalty
            .MapPost("/members", Enrol.Run)
            .WithName("AddLoyaltyMember")
            .Needs(Permission.LoyaltyManage)
            .WithSummary("Makes a guest a member; 200 for one who is");
        loyalty
            .MapPatch("/members/{contactId}", ChangeMembership.Run)
            .WithName("ChangeLoyaltyMember")
            .Needs(Permission.LoyaltyManage)
            .WithSummary("Sets a member's tier by hand, or lets it follow the points again");
        loyalty
            .MapDelete("/members/{contactId}", LeaveProgramme.Run)
            .WithName("RemoveLoyaltyMember")
            .WithSummary("Ends a membership; the ledger stays");
        var guest = api.MapGroup("/contacts/{id}/loyalty").WithTags("Loyalty");
        guest
            .MapGet("/", ListGuestLoyalty.Run)
            .WithQuery("limit", "cursor")
            .WithName("ListGuestLoyalty")
            .WithSummary("A guest's memberships with their ledgers");
        guest
            .MapPost("/entries", AddLoyaltyEntry.Run)
            .WithName("AddLoyaltyEntry")
            .Needs(Permission.LoyaltyManage)
            .WithSummary("Redeems points, or adjusts them with a reason");
    }
}
