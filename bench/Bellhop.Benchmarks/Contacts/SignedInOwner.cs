using System.Net;
using System.Text.RegularExpressions;
using Bellhop.Data;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.AspNetCore.Identity;

namespace Bellhop.Benchmarks.Contacts;

/// <summary>An owner signed in as in a browser: by the form, kept by the cookie.</summary>
internal sealed partial class SignedInOwner : IDisposable
{
    private const string Password = "a bench beside the harbour 7";

    private readonly CookieContainer _cookies = new();

    private SignedInOwner(Uri url) =>
        Client = new(
            new SocketsHttpHandler
            {
                CookieContainer = _cookies,
                AllowAutoRedirect = false,
                MaxConnectionsPerServer = 64,
            }
        )
        {
            BaseAddress = url,
            Timeout = TimeSpan.FromMinutes(2),
        };

    public HttpClient Client { get; }

    /// <summary>The cookies as a header has them.</summary>
    public string Cookies => _cookies.GetCookieHeader(Client.BaseAddress!);

    public static async Task<SignedInOwner> SignIn(Uri url, BellhopDb db)
    {
        var address = $"owner.{Guid.CreateVersion7():N}@bench.example";
        await db.Arrange(() =>
        {
            var user = Accounts.New(
                address,
                "Bench Owner",
                Password,
                new Passwords(new PasswordHasher<User>()),
                new UpperInvariantLookupNormalizer(),
                db.Now
            );
            db.AddRange(
                user,
                new Membership
                {
                    OrganizationId = 1,
                    UserId = user.Id,
                    Role = Roles.Owner,
                    CreatedAt = db.Now,
                }
            );
            return Task.CompletedTask;
        });
        var visitor = new SignedInOwner(url);
        var form = await visitor.Client.GetStringAsync("/sign-in");
        using var content = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["email"] = address,
                ["password"] = Password,
                ["returnUrl"] = "/contacts",
                ["__RequestVerificationToken"] = Token().Match(form).Groups[1].Value,
            }
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = content };
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await visitor.Client.SendAsync(request);
        return answer.StatusCode == HttpStatusCode.SeeOther && answer.Headers.Location?.OriginalString == "/contacts"
            ? visitor
            : throw new InvalidOperationException("The owner could not sign in.");
    }

    public void Dispose() => Client.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]* value=\"([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Token();
}
