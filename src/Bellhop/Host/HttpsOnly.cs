using System.Net;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.HttpOverrides;

namespace Bellhop.Host;

/// <summary>
/// Guests' data goes over the network encrypted: plain http is spoken with this machine alone, unless whoever runs Bellhop allows more.
/// </summary>
internal static class HttpsOnly
{
    /// <summary>
    /// The address of a proxy that ends https before Bellhop is believed only where it is named under <c>Bellhop:Proxies</c>.
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

    // Where the caller reached us on the loopback address, nothing went over a network. A test's server has no address at all.
    private static bool IsHere(ConnectionInfo connection) => connection.LocalIpAddress is not { } local || IPAddress.IsLoopback(local);
}
