using System.Net;
using Bellhop.Data;
using Bellhop.Features.Team;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Tests.Features.Team;

/// <summary>People with accounts, and browsers for them to sit before.</summary>
internal static class People
{
    public const string Password = "blue tram lisbon 9";

    /// <summary>A person with a place in the organisation, who signs in with <see cref="Password"/>.</summary>
    public static async Task<Guid> MakePerson(
        this TestApp app,
        int organizationId,
        string email,
        string role = Roles.Owner,
        params Guid[] properties
    )
    {
        var user = Accounts.New(
            email,
            null,
            Password,
            app.Services.GetRequiredService<Passwords>(),
            app.Services.GetRequiredService<ILookupNormalizer>(),
            DateTime.UtcNow
        );
        await using var db = app.Open();
        return await db.Arrange(async () =>
        {
            if (await db.Users.SingleOrDefaultAsync(u => u.NormalizedEmail == user.NormalizedEmail) is { } known)
            {
                user = known;
            }
            else
            {
                db.Add(user);
            }

            db.Add(
                new Membership
                {
                    OrganizationId = organizationId,
                    UserId = user.Id,
                    Role = role,
                    Properties = properties.Length == 0 ? null : properties,
                    CreatedAt = db.Now,
                    UpdatedAt = db.Now,
                }
            );
            return user.Id;
        });
    }

    /// <summary>Somebody signed in, ready to write: the antiforgery token goes with every call.</summary>
    public static async Task<HttpClient> Enter(this TestApp app, string email)
    {
        var browser = app.Browser();
        (await browser.SignIn(email, Password)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        browser.Client.DefaultRequestHeaders.Add("X-CSRF-TOKEN", browser.Token());
        return browser.Client;
    }

    /// <summary>Somebody with no account follows an invitation's link and joins.</summary>
    public static Task<HttpResponseMessage> Accept(this TestApp app, string link, string password, string name) =>
        app.Browser().Accept(link, password, name);

    public static Browser Browser(this TestApp app, bool https = false) => new(app, https);
}

/// <summary>Cookies and a form, as a browser has them.</summary>
internal sealed class Browser : IDisposable
{
    private readonly CookieContainer _jar = new();
    private readonly Uri _site;

    private readonly TestApp _app;

    public Browser(TestApp app, bool https)
    {
        _app = app;
        _site = new(https ? "https://bellhop.example/" : "http://localhost/");
        Client = new(new Jar(_jar) { InnerHandler = ((TestServer)app.Services.GetRequiredService<IServer>()).CreateHandler() })
        {
            BaseAddress = _site,
        };
    }

    public HttpClient Client { get; }

    public Cookie? Cookie(string name) => _jar.GetCookies(_site).FirstOrDefault(c => c.Name == name && !c.Expired);

    public void Copy(Browser other) => _jar.Add(_site, other.Cookie("bellhop")!);

    /// <summary>The token a page writes into its form for whoever sits here now.</summary>
    public string Token()
    {
        using var scope = _app.Services.CreateScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        http.Request.Scheme = _site.Scheme;
        http.Request.Headers.Cookie = _jar.GetCookieHeader(_site);
        if (scope.ServiceProvider.GetRequiredService<SessionCookie>().Read(http) is { } ticket)
        {
            http.User = CurrentActor.Principal(ticket, null);
        }

        var token = scope.ServiceProvider.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http).RequestToken!;
        foreach (var cookie in http.Response.Headers.SetCookie)
        {
            _jar.SetCookies(_site, cookie!);
        }

        return token;
    }

    public async Task<HttpResponseMessage> SignIn(string email, string password)
    {
        using var form = new FormUrlEncodedContent([
            new("email", email),
            new("password", password),
            new("__RequestVerificationToken", Token()),
        ]);
        return await Client.PostAsync("/sign-in", form);
    }

    /// <summary>Sends the form of an invitation's page.</summary>
    public async Task<HttpResponseMessage> Accept(string link, string password = "", string name = "")
    {
        using var form = new FormUrlEncodedContent([
            new("password", password),
            new("name", name),
            new("__RequestVerificationToken", Token()),
        ]);
        return await Client.PostAsync(link, form);
    }

    /// <summary>Sends a form of a page that needs no circuit.</summary>
    public async Task<HttpResponseMessage> Send(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent([
            .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)),
            new("__RequestVerificationToken", Token()),
        ]);
        return await Client.PostAsync(path, form);
    }

    public async Task<HttpResponseMessage> SignOut()
    {
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", Token())]);
        return await Client.PostAsync("/sign-out", form);
    }

    public void Dispose() => Client.Dispose();

    private sealed class Jar(CookieContainer jar) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (jar.GetCookieHeader(request.RequestUri!) is { Length: > 0 } cookies)
            {
                request.Headers.Add("Cookie", cookies);
            }

            var answer = await base.SendAsync(request, cancellationToken);
            foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            {
                jar.SetCookies(request.RequestUri!, cookie);
            }

            return answer;
        }
    }
}
