using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Bellhop.Tests.Features.Team;

/// <summary>An OpenID Connect provider on this machine, which signs in whom a test names.</summary>
internal sealed class TestProvider : IAsyncDisposable
{
    public const string ClientId = "bellhop";
    private const string Secret = "a secret of both";

    private readonly RSA _key = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, (string Subject, string Nonce, string Challenge, string Back)> _codes = [];
    private WebApplication _app = null!;

    public string Address { get; private set; } = "";

    /// <summary>What the next token says otherwise than it should.</summary>
    public Action<SecurityTokenDescriptor> Lie { get; set; } = _ => { };

    /// <summary>The key that signs the next token instead of the published one; null for that one.</summary>
    public RSA? OtherKey { get; set; }

    /// <summary>The settings of an app that asks here, at the address of the tests' browsers on https.</summary>
    public (string Key, string Value)[] Settings =>
        [
            ("OpenId:Authority", Address),
            ("OpenId:ClientId", ClientId),
            ("OpenId:ClientSecret", Secret),
            ("OpenId:Name", "Hostel ID"),
            ("Bellhop:PublicAddress", "https://bellhop.example"),
        ];

    public static async Task<TestProvider> Start()
    {
        var provider = new TestProvider();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = provider._app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", () => Results.Text(provider.Discovery(), "application/json"));
        app.MapGet("/keys", () => Results.Text(provider.Keys(), "application/json"));
        app.MapPost("/token", async (HttpRequest request) => provider.Token(await request.ReadFormAsync()));
        await app.StartAsync();
        provider.Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return provider;
    }

    /// <summary>A person signs in here: the path with which their browser goes back.</summary>
    /// <param name="asked">Where the app sent the browser.</param>
    public string SignIn(Uri asked, string subject)
    {
        var query = HttpUtility.ParseQueryString(asked.Query);
        query["client_id"].ShouldBe(ClientId);
        query["response_type"].ShouldBe("code");
        query["code_challenge_method"].ShouldBe("S256");
        var code = Guid.NewGuid().ToString("N");
        var back = query["redirect_uri"]!;
        _codes[code] = (subject, query["nonce"]!, query["code_challenge"]!, back);
        return $"{new Uri(back).AbsolutePath}?code={code}&state={Uri.EscapeDataString(query["state"]!)}";
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private string Discovery() =>
        new JsonObject
        {
            ["issuer"] = Address,
            ["authorization_endpoint"] = Address + "/authorize",
            ["token_endpoint"] = Address + "/token",
            ["jwks_uri"] = Address + "/keys",
        }.ToJsonString();

    private string Keys()
    {
        var key = _key.ExportParameters(false);
        return new JsonObject
        {
            ["keys"] = new JsonArray(
                new JsonObject
                {
                    ["kty"] = "RSA",
                    ["kid"] = "1",
                    ["use"] = "sig",
                    ["alg"] = "RS256",
                    ["n"] = WebEncoders.Base64UrlEncode(key.Modulus!),
                    ["e"] = WebEncoders.Base64UrlEncode(key.Exponent!),
                }
            ),
        }.ToJsonString();
    }

    private IResult Token(IFormCollection form)
    {
        var verifier = SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(form["code_verifier"].ToString()));
        if (
            !_codes.TryRemove(form["code"].ToString(), out var asked)
            || form["client_secret"] != Secret
            || form["redirect_uri"] != asked.Back
            || WebEncoders.Base64UrlEncode(verifier) != asked.Challenge
        )
        {
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }

        var token = new SecurityTokenDescriptor
        {
            Issuer = Address,
            Audience = ClientId,
            Claims = new Dictionary<string, object> { ["sub"] = asked.Subject, ["nonce"] = asked.Nonce },
            NotBefore = DateTime.UtcNow.AddMinutes(-1),
            IssuedAt = DateTime.UtcNow,
            Expires = DateTime.UtcNow.AddMinutes(5),
            SigningCredentials = new(new RsaSecurityKey(OtherKey ?? _key) { KeyId = "1" }, SecurityAlgorithms.RsaSha256),
        };
        Lie(token);
        return Results.Json(
            new
            {
                access_token = "unused",
                token_type = "Bearer",
                id_token = new JsonWebTokenHandler().CreateToken(token),
            }
        );
    }
}
