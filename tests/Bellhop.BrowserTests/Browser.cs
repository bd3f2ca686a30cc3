using System.Net;
using System.Text.RegularExpressions;
using Bellhop.BrowserTests;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Browser))]
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]

namespace Bellhop.BrowserTests;

/// <summary>One Chromium for all tests, one hotel for each engine; everybody signs in once.</summary>
public sealed partial class Browser : IAsyncLifetime
{
    private readonly Dictionary<string, Hotel> _hotels = [];
    private readonly Dictionary<(Hotel Hotel, string Email), string> _signedIn = []; // a later hotel may get an earlier one's port
    private IPlaywright _playwright = null!;
    private IBrowser _chromium = null!;

    /// <summary>Both engines. Each row has its engine as a trait: eng/check runs the two beside each other by it.</summary>
    public static TheoryData<string> Engines => [On("sqlite"), On("postgres")];

    private static bool HasPostgres => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("BELLHOP_TEST_POSTGRES"));

    public async ValueTask InitializeAsync()
    {
        var chromium = Environment.GetEnvironmentVariable("BELLHOP_CHROMIUM") is { Length: > 0 } path ? path : "/usr/bin/chromium";
        _playwright = await Playwright.CreateAsync();
        _chromium = await _playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = chromium, Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"] }
        );
    }

    /// <summary>The hotel of an engine; opened when it is first asked for.</summary>
    public async Task<Hotel> Hotel(string engine)
    {
        Demand(engine);
        if (!_hotels.TryGetValue(engine, out var hotel))
        {
            _hotels[engine] = hotel = await BrowserTests.Hotel.Open(engine);
        }

        return hotel;
    }

    /// <summary>Skips a test on an engine there is no server of.</summary>
    public static void Demand(string engine) =>
        Assert.SkipWhen(engine == "postgres" && !HasPostgres, "BELLHOP_TEST_POSTGRES names no PostgreSQL server; eng/test starts one.");

    /// <summary>
    /// Somebody opens a page and does something there. An error in the console, a refused script or style, fails the test.
    /// </summary>
    /// <param name="who">The name before the @ of their address; null for nobody.</param>
    /// <param name="path">Where they begin.</param>
    /// <param name="options">The screen, colours and the like.</param>
    public async Task Visit(string engine, string? who, string path, Func<IPage, Task> doing, BrowserNewContextOptions? options = null) =>
        await Visit(await Hotel(engine), who, path, doing, options);

    /// <inheritdoc cref="Visit(string, string?, string, Func{IPage, Task}, BrowserNewContextOptions?)"/>
    public async Task Visit(Hotel hotel, string? who, string path, Func<IPage, Task> doing, BrowserNewContextOptions? options = null)
    {
        options ??= new();
        options.BaseURL = hotel.Address;
        options.Locale ??= "en-GB";
        options.ViewportSize ??= new() { Width = 1280, Height = 900 };
        options.StorageState = who is null ? null : await SignedIn(hotel, who);
        await using var context = await _chromium.NewContextAsync(options);
        context.SetDefaultTimeout(20_000);
        Assertions.SetDefaultExpectTimeout(20_000);
        var page = await context.NewPageAsync();
        var wrong = new List<string>();
        page.Console += (_, said) =>
        {
            // A page that answers 403 or 404 says so in the console too.
            if (said.Type is "error" or "warning" && !said.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                wrong.Add(said.Text);
            }
        };
        page.PageError += (_, error) => wrong.Add(error);
        try
        {
            await page.GotoAsync(path);
            await page.Live();
            await doing(page);
        }
        catch (Exception)
        {
            await page.Keep($"failed-{TestContext.Current.TestMethod?.MethodName}-{new Uri(hotel.Address).Port}");
            await Console.Error.WriteLineAsync(hotel.Said);
            throw;
        }

        wrong.ShouldBeEmpty();
    }

    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        _playwright.Dispose();
        foreach (var hotel in _hotels.Values)
        {
            await hotel.DisposeAsync();
        }
    }

    private static TheoryDataRow<string> On(string engine) => new TheoryDataRow<string>(engine).WithTrait("engine", engine);

    // By two requests, without a page: to open one costs as much as many a test. SignInTests fill in the form.
    private async Task<string> SignedIn(Hotel hotel, string who)
    {
        var email = hotel.Email(who);
        if (!_signedIn.TryGetValue((hotel, email), out var state))
        {
            await using var context = await _chromium.NewContextAsync(new() { BaseURL = hotel.Address });
            var page = await (await context.APIRequest.GetAsync("/sign-in")).TextAsync();
            var form = context.APIRequest.CreateFormData();
            form.Set("email", email);
            form.Set("password", hotel.TeamPassword);
            form.Set("__RequestVerificationToken", FormToken().Match(page).Groups[1].Value);
            var answer = await context.APIRequest.PostAsync("/sign-in", new() { Form = form });
            answer.Status.ShouldBe((int)HttpStatusCode.NoContent, email);
            _signedIn[(hotel, email)] = state = await context.StorageStateAsync();
        }

        return state;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
