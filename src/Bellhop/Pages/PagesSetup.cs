using Bellhop.Data;
using Bellhop.Features.Contacts;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bellhop.Pages;

/// <summary>Registers the frame of every page, and the pages that combine several features.</summary>
public static class PagesSetup
{
    /// <summary>Registers what pages pass from the request to their circuit.</summary>
    public static void AddPages(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<PersistentComponentStateSerializer<HandedContacts>, HandedContacts.Serializer>();

    /// <summary>Maps pages, their files and their circuits. Call it after authentication is added.</summary>
    public static void MapPages(this WebApplication app)
    {
        app.UseWebSockets();
        app.UseSockets();
        app.UseAntiforgery();
        app.Use(LeadToSecondFactor);
        app.MapGet("/", Start).WithHead().ExcludeFromDescription();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().WithHead();
    }

    /// <summary>Whoever must first set up a second factor is led to where that is done: every other page would only refuse them.</summary>
    private static Task LeadToSecondFactor(HttpContext http, RequestDelegate next)
    {
        if (
            !Actor.Of(http).LacksSecondFactor
            || http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is null
            || !HttpMethods.IsGet(http.Request.Method)
            || http.Request.Path.StartsWithSegments("/settings/account", StringComparison.OrdinalIgnoreCase)
        )
        {
            return next(http);
        }

        http.Response.Redirect("/settings/account#second-factor");
        return Task.CompletedTask;
    }

    // The day at the desk comes first, if the person chose no other page and may see bookings.
    private static async Task<RedirectHttpResult> Start(Actor who, BellhopDb db, CancellationToken cancel) =>
        TypedResults.Redirect(who.IsKnown ? await LandingPages.Of(who, db, cancel) : "/sign-in");
}
