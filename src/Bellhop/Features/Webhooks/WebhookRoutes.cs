using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Webhooks;

public static class WebhookRoutes
{
    /// <summary>Registers what signs and what sends.</summary>
    public static void AddWebhooks(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<WebhookSecrets>().AddHostedService<WebhookSender>();

    public static void MapWebhooks(this RouteGroupBuilder api)
    {
        var endpoints = api.MapGroup("/webhook-endpoints").WithTags("Webhooks");
        endpoints
            .MapGet("/", ListWebhookEndpoints.Run)
            .WithName("ListWebhookEndpoints")
            .WithSummary("The addresses that hear what happens")
            .WithQuery(PageQuery.Names);
        endpoints
            .MapPost("/", AddWebhookEndpoint.Run)
            .WithName("AddWebhookEndpoint")
            .Needs(Permission.SettingsManage)
            .WithSummary("Makes an endpoint; the answer alone shows its secret");
        endpoints.MapGet("/{id}", GetWebhookEndpoint.Run).WithName("GetWebhookEndpoint").WithSummary("One endpoint");
        endpoints
            .MapPatch("/{id}", ChangeWebhookEndpoint.Run)
            .WithName("ChangeWebhookEndpoint")
            .Needs(Permission.SettingsManage)
            .WithSummary("Changes an endpoint's address, news or properties, pauses it or lets it go on");
        endpoints
            .MapDelete("/{id}", DeleteWebhookEndpoint.Run)
            .WithName("DeleteWebhookEndpoint")
            .WithSummary("Deletes an endpoint with what waits for it");
        endpoints
            .MapPost("/{id}/rotations", RotateWebhookSecret.Run)
            .WithName("RotateWebhookSecret")
            .Needs(Permission.SettingsManage)
            .WithSummary("Gives an endpoint another secret; the old one signs too for some hours");
        endpoints
            .MapPost("/{id}/tests", TestWebhookEndpoint.Run)
            .WithName("TestWebhookEndpoint")
            .Needs(Permission.SettingsManage)
            .WithSummary("Sends a greeting, once; how it went stands among the deliveries");
        endpoints
            .MapGet("/{id}/deliveries", ListDeliveries.Run)
            .WithName("ListDeliveries")
            .WithSummary("What was sent to an endpoint, or waits for it, newest first")
            .WithQuery(PageQuery.Names);
        api.MapPost("/deliveries/{id}/replays", ReplayDelivery.Run)
            .WithTags("Webhooks")
            .WithName("ReplayDelivery")
            .Needs(Permission.SettingsManage)
            .WithSummary("Sends a delivery again, under its own id");
    }
}
