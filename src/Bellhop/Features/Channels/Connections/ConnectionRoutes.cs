using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Channels;

internal static class ConnectionRoutes
{
    public static void MapConnections(this RouteGroupBuilder api)
    {
        var connections = api.MapGroup("/connections").WithTags("Connections");
        connections
            .MapGet("/", ListConnections.Run)
            .WithQuery(PageQuery.Names)
            .WithName("ListConnections")
            .Needs(Permission.SettingsManage)
            .WithSummary("Connections to providers, with their accounts and health");
        connections
            .MapPost("/", AddConnection.Run)
            .WithName("AddConnection")
            .Needs(Permission.SettingsManage)
            .WithSummary("A connection to a provider; its secrets are never shown again");
        connections
            .MapGet("/{id}", GetConnection.Run)
            .WithName("GetConnection")
            .Needs(Permission.SettingsManage)
            .WithSummary("One connection");
        connections
            .MapPatch("/{id}", ChangeConnection.Run)
            .WithName("ChangeConnection")
            .Needs(Permission.SettingsManage)
            .WithSummary("Changes name, property, accounts, pause or secrets by merge patch");
        connections
            .MapDelete("/{id}", DeleteConnection.Run)
            .WithName("DeleteConnection")
            .Needs(Permission.SettingsManage)
            .WithSummary("Deletes a connection; its conversations stay");
        connections
            .MapPost("/{id}/rotations", RotateSecrets.Run)
            .WithName("RotateSecrets")
            .Needs(Permission.SettingsManage)
            .WithSummary("New secrets; the old ones verify events for some hours more");
        connections
            .MapGet("/{id}/parked", ListParked.Run)
            .WithQuery(PageQuery.Names)
            .WithName("ListParked")
            .Needs(Permission.SettingsManage)
            .WithSummary("What could not be read of its events, with the reason");
        connections
            .MapGet("/{id}/templates", ListTemplates.Run)
            .WithQuery(PageQuery.Names)
            .WithName("ListTemplates")
            .WithSummary("WhatsApp templates of a connection's numbers, with status and quality");
        connections
            .MapPost("/{id}/templates/refreshes", RefreshTemplates.Run)
            .WithName("RefreshTemplates")
            .Needs(Permission.SettingsManage)
            .WithSummary("Asks WhatsApp for the templates as they are now");
        connections
            .MapPost("/{id}/tests", TestConnection.Run)
            .WithName("TestConnection")
            .Needs(Permission.SettingsManage)
            .WithSummary("Asks the provider how the connection is, and for its events where they are not sent");
        var parked = api.MapGroup("/parked").WithTags("Connections");
        parked
            .MapPost("/{id}/replays", ReplayParked.Run)
            .WithName("ReplayParked")
            .Needs(Permission.SettingsManage)
            .WithSummary("Reads a parked item again");
        parked
            .MapDelete("/{id}", DeleteParked.Run)
            .WithName("DeleteParked")
            .Needs(Permission.SettingsManage)
            .WithSummary("Throws a parked item away");
    }
}
