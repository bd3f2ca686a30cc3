using Bellhop.Platform;
using Bellhop.Platform.Web;
using Bellhop.Ui.Api;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Localization;

namespace Bellhop.Ui;

/// <summary>What every page is made of, for Program.</summary>
public static class UiSetup
{
    /// <summary>Components and their texts. <c>Languages:Pseudo</c> adds the pseudo-languages.</summary>
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
                // A closed page's memory is freed within a minute. A page whose connection breaks for a moment can still continue.
                circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromSeconds(45);
                circuits.DisconnectedCircuitMaxRetained = 50;
            });
        services.TryAddSingleton<Cursors>();
        services.AddSingleton<ApiDescription>();
        services.AddScoped<Toasts>();
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

    private static bool IsForPrograms(PathString path) => Programs.Any(p => path.StartsWithSegments(p, StringComparison.OrdinalIgnoreCase));

    private static readonly string[] Programs = ["/api", "/openapi", "/health", "/webhooks", "/_blazor", "/_framework", "/_content"];
}
