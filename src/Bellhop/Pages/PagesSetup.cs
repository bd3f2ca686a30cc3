using Bellhop.Features.Contacts;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.Components;

namespace Bellhop.Pages;

/// <summary>The frame of every page and the pages that put several features together, for Program.</summary>
public static class PagesSetup
{
    /// <summary>What pages hand over from the request to their circuit.</summary>
    public static void AddPages(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<PersistentComponentStateSerializer<HandedContacts>, HandedContacts.Serializer>();

    /// <summary>After authentication: pages, their files, and the circuits they live on.</summary>
    public static void MapPages(this WebApplication app)
    {
        app.UseWebSockets();
        app.UseSockets();
        app.UseAntiforgery();
        app.MapGet("/", () => Results.Redirect("/contacts")).WithHead().ExcludeFromDescription();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().WithHead();
    }
}
