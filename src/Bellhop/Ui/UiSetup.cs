using Bellhop.Features.Imports;
using Bellhop.Features.Profile;
using Bellhop.Features.Reviews;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Localization;
using MudBlazor.Services;

namespace Bellhop.Ui;

/// <summary>Everything a person sees, for Program.</summary>
public static class UiSetup
{
    /// <summary>Pages, their texts and the component library. <c>Languages:Pseudo</c> adds the pseudo-languages.</summary>
    public static void AddUi(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var pseudo = builder.Configuration.GetValue<bool>("Languages:Pseudo");
        services.AddLocalization();
        if (pseudo)
        {
            services.AddSingleton<ResourceManagerStringLocalizerFactory>();
            services.Replace(ServiceDescriptor.Singleton<IStringLocalizerFactory, PseudoTexts>());
        }

        services.Configure<RequestLocalizationOptions>(options => Languages.Configure(options, pseudo));
        services
            .AddRazorComponents()
            .AddInteractiveServerComponents(circuits =>
            {
                // A closed page gives back what it holds within a minute; a line that breaks off for a moment finds its page again.
                circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromSeconds(45);
                circuits.DisconnectedCircuitMaxRetained = 50;
            });
        services.AddMudServices();
        services.TryAddSingleton<Cursors>();
        services.AddSingleton(new GuestDrawer(typeof(ProfileDrawer)));
        services.AddSingleton(new StayPart(typeof(StayReviews)));
        services.AddSingleton(new ImportPart(typeof(UploadPart)));
    }

    /// <summary>The viewer's language, and words for what is not there; before anybody is asked who they are.</summary>
    public static void UseUi(this WebApplication app)
    {
        app.UseRequestLocalization();
        app.Use(Languages.Remember);

        // Where no route is: words for people, while programs get theirs from the API. A page that is there says itself what is not.
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use(
            static (http, next) =>
            {
                if (
                    (http.GetEndpoint() is not null || IsForPrograms(http.Request.Path))
                    && http.Features.Get<IStatusCodePagesFeature>() is { } pages
                )
                {
                    pages.Enabled = false;
                }

                return next(http);
            }
        );
    }

    /// <summary>After authentication: pages, their files, and the circuits they live on.</summary>
    public static void MapUi(this WebApplication app)
    {
        app.UseWebSockets();
        app.UseSockets();
        app.UseAntiforgery();
        app.MapGet("/", () => Results.Redirect("/contacts")).WithHead().ExcludeFromDescription();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().WithHead();
    }

    private static bool IsForPrograms(PathString path) => Programs.Any(p => path.StartsWithSegments(p, StringComparison.OrdinalIgnoreCase));

    private static readonly string[] Programs = ["/api", "/openapi", "/health", "/webhooks", "/_blazor", "/_framework", "/_content"];
}
