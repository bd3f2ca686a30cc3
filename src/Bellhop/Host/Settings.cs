using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Platform.Web;

namespace Bellhop.Host;

/// <summary>The command line's settings. The configuration decides what they leave out.</summary>
/// <param name="Data">The folder of the embedded database, relative to the current folder.</param>
/// <param name="Urls">Where to listen, separated by semicolons.</param>
/// <param name="Providers">The address of a stand-in that is called in place of every provider.</param>
/// <param name="Demo">Whether to add the demo organisation.</param>
/// <param name="AllowHttp">Whether plain http is allowed from other machines.</param>
/// <param name="Command">Whether this is a command that ends by itself. Its standard output is its answer, so logs go to standard
/// error.</param>
public sealed record Settings(
    string? Data = null,
    string? Urls = null,
    bool Demo = false,
    bool AllowHttp = false,
    bool Command = false,
    string? Providers = null
)
{
    public const string DefaultData = "./data";
    public const string DefaultUrls = "http://localhost:5080";

    /// <summary>An address where nothing listens: the port is reserved.</summary>
    private const string Nobody = "http://127.0.0.1:1";

    /// <summary>Settings of a test, as framework arguments; never arguments of a user.</summary>
    internal string[] FromTest { get; init; } = [];

    /// <summary>The builder for the server and for commands. Content lies beside the program; only a test passes arguments.</summary>
    public WebApplicationBuilder NewBuilder()
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                ApplicationName = "Bellhop",
                ContentRootPath = AppContext.BaseDirectory,
                Args = FromTest,
            }
        );
        builder.WebHost.UseStaticWebAssets();
        if (!builder.Environment.IsDevelopment())
        {
            // Otherwise every request would look on the disk for a file of its name.
            builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        }

        if (Data is not null)
        {
            builder.Configuration["Bellhop:Data"] = Data;
        }

        // The demo's guests and tokens are invented: without a stand-in nothing of them goes to a real provider.
        var isAnotherSet = !string.IsNullOrEmpty(builder.Configuration[ProviderSettings.All]);
        if (Providers is not null || (Demo && !isAnotherSet))
        {
            builder.Configuration[ProviderSettings.All] = Providers ?? Nobody;
        }

        // A stand-in on this machine is asked for reservations by the client that else refuses private networks.
        if (Uri.TryCreate(Providers, UriKind.Absolute, out var standIn) && standIn.IsLoopback)
        {
            builder.Configuration[OutsideHttp.NetworksSetting] ??= "127.0.0.0/8,::1/128";
        }

        if (!Command && FromTest.Length == 0)
        {
            builder.Configuration[Registration.WorkAfter] ??= "00:00:03";
        }

        if (AllowHttp)
        {
            builder.Configuration["Bellhop:AllowHttp"] = "true";
        }

        if (Urls is not null || string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.WebHost.UseUrls(Urls ?? DefaultUrls);
        }

        return builder;
    }
}
