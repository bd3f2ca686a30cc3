using System.Globalization;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Tests.Ui;

/// <summary>
/// Draws components as a page does, in British English: with their own texts and, once somebody sits before it, with the app's database and
/// their rights.
/// </summary>
internal sealed class Stage : BunitContext
{
    private AsyncServiceScope? _page;

    /// <param name="with">Adds services in place of the app's own. Later none can be added.</param>
    public Stage(Action<IServiceCollection>? with = null)
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (new("en-GB"), new("en-GB"));
        Services.AddLocalization();
        Services.AddLogging();
        with?.Invoke(Services);
        SetRendererInfo(new("Server", isInteractive: true));
        JSInterop.Mode = JSRuntimeMode.Loose; // there is no browser
    }

    /// <summary>A new user opens the page; nothing was drawn before.</summary>
    /// <param name="role">A name of <see cref="Bellhop.Features.Team.Roles"/>.</param>
    /// <param name="properties">The only ones they see; all where left out.</param>
    public async Task<Stage> Enter(TestApp app, int organizationId, string role, params Guid[] properties)
    {
        _page = await app.Sitting(organizationId, role, properties);
        Services.AddFallbackServiceProvider(_page.Value.ServiceProvider);
        return this;
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        if (_page is { } page)
        {
            await page.DisposeAsync();
        }
    }
}
