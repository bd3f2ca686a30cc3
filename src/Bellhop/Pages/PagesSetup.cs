using Bellhop.Features.Contacts;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.Components;
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
        app.MapGet("/", Start).WithHead().ExcludeFromDescription();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().WithHead();
    }

    // The day at the desk comes first, for everybody who may see bookings.
    private static RedirectHttpResult Start(Actor who) =>
        TypedResults.Redirect(who.IsKnown && !who.Can(Permission.BookingsView) ? "/contacts" : "/today");
}
