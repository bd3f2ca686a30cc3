using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bellhop.Host;

/// <summary>Healthy if the database answers and has this version's schema.</summary>
internal sealed class DatabaseHealth(IDbContextFactory<BellhopDb> dbs) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            soon.CancelAfter(Patience);
            await using var db = await dbs.CreateDbContextAsync(soon.Token);
            return (await db.Database.GetPendingMigrationsAsync(soon.Token)).Any()
                ? HealthCheckResult.Unhealthy("The schema is not this version's.")
                : HealthCheckResult.Healthy();
        }
        catch (Exception error)
            when (error is System.Data.Common.DbException or OperationCanceledException or TimeoutException or InvalidOperationException)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.");
        }
    }
}

/// <summary>Reports jobs that failed too often and wait for a person.</summary>
internal sealed class JobsHealth(IDbContextFactory<BellhopDb> dbs) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = await dbs.CreateDbContextAsync(cancellationToken);
            return await db.Jobs.AnyAsync(j => j.State == JobState.Parked, cancellationToken)
                ? HealthCheckResult.Degraded("Jobs are parked.")
                : HealthCheckResult.Healthy();
        }
        catch (Exception error)
            when (error is System.Data.Common.DbException or OperationCanceledException or TimeoutException or InvalidOperationException)
        {
            return HealthCheckResult.Unhealthy("Jobs cannot be read.");
        }
    }
}
