using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Setup;

/// <summary>Whether set-up is open. Once seen closed, it stays closed. While the database does not answer, it counts as closed.</summary>
public sealed class SetupGate(IDbContextFactory<BellhopDb> dbs)
{
    private volatile bool _closed;

    public async ValueTask<bool> IsOpen(CancellationToken cancel)
    {
        if (_closed)
        {
            return false;
        }

        try
        {
            await using var db = await dbs.CreateDbContextAsync(cancel);
            if (await SetUp.IsOpen(db, cancel))
            {
                return true;
            }

            _closed = true;
            return false;
        }
        catch (System.Data.Common.DbException)
        {
            return false;
        }
    }

    internal void Close() => _closed = true;
}

public static class SetupRegistration
{
    public static void AddSetup(this WebApplicationBuilder builder) => builder.Services.AddSingleton<SetupGate>();

    /// <summary>Until set-up is done, the start page leads to set-up.</summary>
    public static void UseSetup(this WebApplication app) =>
        app.Use(
            async (http, next) =>
            {
                if (
                    http.Request.Path == "/"
                    && (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
                    && await http.RequestServices.GetRequiredService<SetupGate>().IsOpen(http.RequestAborted)
                )
                {
                    http.Response.Redirect("/setup");
                    return;
                }

                await next(http);
            }
        );
}
