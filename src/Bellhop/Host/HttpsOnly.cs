using System.Net;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.HttpOverrides;

namespace Bellhop.Host;

/// <summary>
/// Allows plain http only from this machine, because guests' data must be encrypted on a network. A setting can allow plain http.
/// </summary>
internal static class HttpsOnly
{
    /// <summary>
    /// Trusts the headers of a proxy in front of Bellhop only if <c>Bellhop:Proxies</c> names the proxy's address.
    /// </summary>
    public static void UseHttpsOnly(this WebApplication app)
    {
        if (app.Configuration["Bellhop:Proxies"] is { Length: > 0 } named)
        {
            var options = new ForwardedHeadersOptions
            {
                ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
                ForwardLimit = 1,
            };
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var proxy in named.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                options.KnownProxies.Add(
                    IPAddress.TryParse(proxy, out var address)
                        ? address
                        : throw new OperatorProblem($"Bellhop:Proxies takes addresses, separated by commas; '{proxy}' is none.")
                );
            }

            app.UseForwardedHeaders(options);
        }

        app.UseHsts();
        if (!app.Configuration.GetValue<bool>("Bellhop:AllowHttp"))
        {
            app.Use(
                (http, next) =>
                    http.Request.IsHttps || IsHere(http.Connection)
                        ? next(http)
                        : throw Refusal.Of(403, "https-only", ErrorText.Of<WebTexts>("HttpsOnly"))
            );
        }
    }

    // A request to the loopback address did not come over a network. A test server has no address at all.
    private static bool IsHere(ConnectionInfo connection) => connection.LocalIpAddress is not { } local || IPAddress.IsLoopback(local);
}
