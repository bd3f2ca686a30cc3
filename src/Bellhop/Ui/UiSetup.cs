using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Localization;
using MudBlazor.Services;

namespace Bellhop.Ui;

/// <summary>Everything a person sees, for Program.</summary>
public static class UiSetup
{
    /// <summary>Pages, their texts and the component library. <c>Languages:Pseudo</c> adds the pseudo-languages.</summary>
    public static IServiceCollection AddUi(this IServiceCollection services, IConfiguration configuration)
    {
        var pseudo = configuration.GetValue<bool>("Languages:Pseudo");
        services.AddLocalization();
        if (pseudo)
        {
            services.AddSingleton<ResourceManagerStringLocalizerFactory>();
            services.Replace(ServiceDescriptor.Singleton<IStringLocalizerFactory, PseudoTexts>());
        }

        services.Configure<RequestLocalizationOptions>(options => Languages.Configure(options, pseudo));
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices();
        return services;
    }

    /// <summary>The viewer's language, and words for what is not there; before authentication and routes.</summary>
    public static IApplicationBuilder UseUi(this IApplicationBuilder app)
    {
        app.UseRequestLocalization();
        app.Use(Languages.Remember);
        return app;
    }

    public static void MapUi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/contacts")).ExcludeFromDescription();
        routes.MapStaticAssets();
        routes.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }
}
