using Bellhop.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Npgsql;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Bellhop.Host;

/// <summary>How the program runs: its database, limits, logs, metrics and health.</summary>
public static class Operation
{
    // Its lines of start and stop name folders of the machine. So settings may turn them off.
    private const string Lifetime = "Microsoft.Hosting.Lifetime";

    public static void AddData(this WebApplicationBuilder builder)
    {
        var folder = Path.GetFullPath(builder.Configuration["Bellhop:Data"] is { Length: > 0 } data ? data : Settings.DefaultData);
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(new Platform.DataFolder(folder));
        builder.Services.AddBellhopDb(builder.Configuration.GetConnectionString("Postgres"), Path.Combine(folder, "bellhop.db"));
        builder.Services.AddDataProtection().SetApplicationName("Bellhop").PersistKeysToDbContext<BellhopDb>();
        builder.Services.AddSingleton<Hold>();
        builder.Services.AddHostedService<LiveFeed>();
    }

    public static void AddOperation(this WebApplicationBuilder builder, bool command)
    {
        builder.WebHost.ConfigureKestrel(Limit);
        builder.Services.Configure<HostOptions>(o =>
        {
            o.ShutdownTimeout = TimeSpan.FromSeconds(15);
            // If one background service fails, the error is logged and the program goes on.
            o.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore;
        });
        builder.AddLogs(command);
        builder.AddTelemetry();
        builder
            .Services.AddHealthChecks()
            .AddCheck<DatabaseHealth>("database", tags: ["ready"])
            .AddCheck<JobsHealth>("jobs", tags: ["ready"]);
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).ShortCircuit();
        app.MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains("ready") });
    }

    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.MaxConcurrentConnections = 10_000;
        kestrel.Limits.MaxConcurrentUpgradedConnections = 5_000;
    }

    // The framework's log lines contain addresses with their query and the names of a failed statement's values. So only its warnings are
    // logged, or nothing if Bellhop handles the error.
    private static void AddLogs(this WebApplicationBuilder builder, bool command)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(o =>
        {
            o.SingleLine = true;
            o.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ ";
            o.UseUtcTimestamp = true;
        });
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(o =>
            o.LogToStandardErrorThreshold = command ? LogLevel.Trace : LogLevel.None
        );
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // Start and each background service log their own errors.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        if (builder.Configuration[$"Logging:LogLevel:{Lifetime}"] is null)
        {
            builder.Logging.AddFilter(Lifetime, command ? LogLevel.Warning : LogLevel.Information);
        }

        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
        builder.Logging.AddFilter("Npgsql", LogLevel.Error);
    }

    private static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return; // nobody listens
        }

        builder.Logging.AddOpenTelemetry(o => o.IncludeFormattedMessage = true);
        builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService("bellhop", serviceVersion: typeof(Operation).Assembly.GetName().Version?.ToString(3)))
            .WithLogging(logs => logs.AddOtlpExporter())
            .WithMetrics(metrics =>
                metrics
                    .AddAspNetCoreInstrumentation()
                    .AddHttpClientInstrumentation()
                    .AddRuntimeInstrumentation()
                    .AddMeter("Bellhop.*", "Npgsql")
                    .AddOtlpExporter()
            )
            .WithTracing(traces =>
                traces
                    .AddAspNetCoreInstrumentation(o =>
                    {
                        o.RecordException = false; // its text may quote a guest
                        // A search text is private, so it is not in the traces.
                        o.EnrichWithHttpRequest = (activity, _) => activity.SetTag("url.query", null);
                    })
                    .AddHttpClientInstrumentation(o => o.RecordException = false)
                    .AddNpgsql()
                    .AddOtlpExporter()
            );
    }
}
