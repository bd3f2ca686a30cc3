using Bellhop.Data;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bellhop.Platform.Web;

/// <summary>The web's side of the program: what is registered, what every request passes, where the API lies.</summary>
public static class Web
{
    /// <summary>The path everything of the API lies under.</summary>
    public const string Prefix = "/api/v1";

    internal static bool IsApi(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Registers JSON, problems, limits, cursors, antiforgery and the API's description. The database is registered elsewhere.
    /// </summary>
    public static WebApplicationBuilder AddBellhopWeb(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.ConfigureHttpJsonOptions(o => Json.Apply(o.SerializerOptions));
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.AddLocalization();

        // Forms stay in memory, which their size limit bounds, so that no part of a body is written to a folder we do not clean.
        services.Configure<Microsoft.AspNetCore.Http.Features.FormOptions>(forms =>
            forms.MemoryBufferThreshold = (int)ApiRoute.DefaultLimit
        );
        services.AddDescription();
        Compression.Add(services);
        services.AddDataProtection();
        services.AddHsts(hsts => hsts.MaxAge = TimeSpan.FromDays(365));
        services.AddSingleton<IAntiforgery, FormTokens>();
        services.AddAntiforgery();
        services.TryAddSingleton(TimeProvider.System);
        var limits = new Limits();
        builder.Configuration.GetSection("Limits").Bind(limits);
        services
            .AddSingleton(limits)
            .AddSingleton<Cursors>()
            .AddSingleton<Throttles>()
            .AddSingleton<PublicAddress>()
            .AddSingleton<OutsideHttp>()
            .AddSingleton<OpenSockets>()
            .AddSingleton<RefusalCount>()
            .AddHostedService(s => s.GetRequiredService<RefusalCount>())
            .AddSingleton<Idempotency>()
            .AddScoped<CspNonce>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = ApiRoute.DefaultLimit;
            kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        });
        return builder;
    }

    /// <summary>Adds the headers and the handler of all errors. It must come first in the pipeline.</summary>
    public static WebApplication UseBellhopWeb(this WebApplication app)
    {
        app.UseMiddleware<Headers>();
        Compression.Use(app);
        app.UseMiddleware<Problems>();
        return app;
    }

    /// <summary>Adds the checks of the pages' channels. Call it after authentication and before pages are mapped.</summary>
    public static void UseSockets(this WebApplication app) => app.UseMiddleware<Sockets>();

    /// <summary>Makes the group for all API routes, with the checks that they share. Call it after authentication.</summary>
    public static RouteGroupBuilder MapApi(this WebApplication app)
    {
        app.UseMiddleware<ApiChecks>();
        app.MapDescription();
        var api = app.MapGroup(Prefix).AddEndpointFilter(new ReplyFilter());
        ((IEndpointConventionBuilder)api.WithHead()).Finally(ApiRoute.Add);
        return api;
    }

    /// <summary>The query parameters this route knows: any other is a 400. One that may be given several times ends in <c>*</c>.</summary>
    public static T WithQuery<T>(this T route, params string[] names)
        where T : IEndpointConventionBuilder => route.WithMetadata(new QueryNames(names));

    /// <summary>
    /// The caller must have at least one of these permissions. It is checked before the body is read; the use case checks its own needs
    /// too.
    /// </summary>
    public static T Needs<T>(this T route, params Permission[] anyOf)
        where T : IEndpointConventionBuilder => route.WithMetadata(new NeededPermissions(anyOf));

    /// <summary>The route takes a form with a <c>file</c> and these fields; one that must be given ends in <c>!</c>.</summary>
    public static T WithFile<T>(this T route, params string[] fields)
        where T : IEndpointConventionBuilder => route.WithMetadata(new TakenFile(fields));

    /// <summary>The largest body this route takes, in bytes; 1 MB where it does not say.</summary>
    public static T WithBodyLimit<T>(this T route, long bytes)
        where T : IEndpointConventionBuilder => route.WithMetadata(new BodyLimit(bytes));
}
