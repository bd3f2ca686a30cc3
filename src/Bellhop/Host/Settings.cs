namespace Bellhop.Host;

/// <summary>What the command line says about where and how this Bellhop runs; what it leaves open comes from the configuration.</summary>
/// <param name="Data">The folder of the embedded database, relative to where the caller stands.</param>
/// <param name="Urls">Where to listen, separated by semicolons.</param>
/// <param name="Demo">Whether to add the demo organisation.</param>
/// <param name="AllowHttp">Whether plain http may be spoken beyond this machine.</param>
/// <param name="Command">Whether this is a command that ends by itself: its standard output is its answer, so logs go to standard
/// error.</param>
public sealed record Settings(string? Data = null, string? Urls = null, bool Demo = false, bool AllowHttp = false, bool Command = false)
{
    public const string DefaultData = "./data";
    public const string DefaultUrls = "http://localhost:5080";

    /// <summary>A test's own settings, in the framework's form; never what somebody typed.</summary>
    internal string[] FromTest { get; init; } = [];

    /// <summary>The builder of either: content beside the program, no arguments but a test's.</summary>
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
            // Else every request asks the disk whether there is a file of its name.
            builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        }

        if (Data is not null)
        {
            builder.Configuration["Bellhop:Data"] = Data;
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
