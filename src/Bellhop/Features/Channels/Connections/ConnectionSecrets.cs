using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Bellhop.Platform;
using Microsoft.AspNetCore.DataProtection;

namespace Bellhop.Features.Channels;

/// <summary>What proves that an event comes from the provider, and that a call to it comes from us. Never shown once stored.</summary>
/// <param name="AppSecret">Meta: signs the events.</param>
/// <param name="VerifyToken">Meta: asked for once, when the webhook is entered.</param>
/// <param name="AccessToken">For our calls to the provider.</param>
/// <param name="SecretToken">Telegram: stands in a header of each event. Made by us where it is left out.</param>
/// <param name="SharedSecret">Channel managers: sent as Bearer, or as the password of Basic.</param>
/// <param name="BaseUrl">Channel managers that are pulled: the address of their API.</param>
/// <param name="ApiKey">Channel managers that are pulled: the key of their API.</param>
public sealed record Secrets(
    string? AppSecret = null,
    string? VerifyToken = null,
    string? AccessToken = null,
    string? SecretToken = null,
    string? SharedSecret = null,
    string? BaseUrl = null,
    string? ApiKey = null
)
{
    /// <summary>Says nothing of them, wherever it may be written.</summary>
    public override string ToString() => nameof(Secrets);
}

/// <summary>Checks, completes, encrypts and decrypts secrets.</summary>
public sealed class ConnectionSecrets(IDataProtectionProvider protection)
{
    private const int LengthMax = 1000;

    private readonly IDataProtector _protector = protection.CreateProtector("Bellhop.Connections");

    /// <summary>
    /// Reads the keys, and makes one where the last has expired. Call it before a save that encrypts: making a key is a save itself.
    /// </summary>
    public void Prepare() => _ = _protector.Protect("");

    public string Encrypt(Secrets secrets) => _protector.Protect(JsonSerializer.Serialize(secrets));

    /// <summary>The secrets. None, if the keys that encrypted them are lost: then a person has to enter them again.</summary>
    public Secrets Decrypt(string stored) => Find(stored) ?? new();

    /// <summary>The secrets; null if the keys that encrypted them are lost.</summary>
    public Secrets? Find(string stored)
    {
        try
        {
            return JsonSerializer.Deserialize<Secrets>(_protector.Unprotect(stored))!;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The secrets with those that are given in place of the old ones.</summary>
    /// <param name="kind">A secret of another kind of connection is an error.</param>
    /// <param name="given">The new ones.</param>
    /// <param name="old">Those that stay where none is given.</param>
    /// <param name="errors">Collects what is wrong, under <c>secrets.</c> and the name.</param>
    internal static Secrets Read(ConnectionKind kind, Secrets? given, Secrets old, ValidationErrors errors)
    {
        var (isMeta, isTelegram) = (kind == ConnectionKind.Meta, kind == ConnectionKind.Telegram);
        var isManager = kind == ConnectionKind.ChannelManager;
        var read = new Secrets(
            One("appSecret", given?.AppSecret, isMeta) ?? old.AppSecret,
            One("verifyToken", given?.VerifyToken, isMeta) ?? old.VerifyToken,
            One("accessToken", given?.AccessToken, !isManager) ?? old.AccessToken,
            One("secretToken", given?.SecretToken, isTelegram) ?? old.SecretToken,
            One("sharedSecret", given?.SharedSecret, isManager) ?? old.SharedSecret,
            One("baseUrl", given?.BaseUrl, isManager) ?? old.BaseUrl,
            One("apiKey", given?.ApiKey, isManager) ?? old.ApiKey
        );
        if (
            given?.SecretToken is { } token
            && isTelegram
            && (token.Length > 256 || !token.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
        )
        {
            errors.Add("secrets.secretToken", ErrorText.Of<ChannelTexts>("SecretToken"));
        }

        if (isManager && given?.BaseUrl is not null && !IsWebAddress(read.BaseUrl))
        {
            errors.Add("secrets.baseUrl", ErrorText.Of<ChannelTexts>("BaseUrl"));
        }

        return !isTelegram || read.SecretToken is not null ? read : read with { SecretToken = NewToken() };

        string? One(string name, string? value, bool isTaken)
        {
            if (value is null)
            {
                return null;
            }

            if (!isTaken)
            {
                errors.Add($"secrets.{name}", ErrorText.Of<ChannelTexts>("OtherSecret"));
                return null;
            }

            return errors.Text($"secrets.{name}", value, LengthMax, required: true);
        }
    }

    /// <summary>Whether everything is there that the kind needs.</summary>
    internal static bool AreComplete(ConnectionKind kind, Secrets secrets) =>
        kind switch
        {
            ConnectionKind.Meta => secrets is { AppSecret: not null, VerifyToken: not null, AccessToken: not null },
            ConnectionKind.Telegram => secrets is { AccessToken: not null, SecretToken: not null },
            _ => (secrets.SharedSecret is not null || IsPulled(secrets)) && secrets.BaseUrl is null == secrets.ApiKey is null,
        };

    /// <summary>Whether the channel manager is asked for what changed.</summary>
    internal static bool IsPulled(Secrets secrets) => secrets is { BaseUrl: not null, ApiKey: not null };

    private static bool IsWebAddress(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp);

    private static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
