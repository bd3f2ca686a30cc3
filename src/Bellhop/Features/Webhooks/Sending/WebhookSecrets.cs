using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using StandardWebhooks;

namespace Bellhop.Features.Webhooks;

/// <summary>Makes, keeps and uses the secrets that sign webhooks. They are stored encrypted, with the keys that protect cookies.</summary>
public sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    private const int Bytes = 32;

    private readonly IDataProtector _protector = protection.CreateProtector("Bellhop.Webhooks");

    /// <summary>A new secret, as receivers get it and as it is stored.</summary>
    public (string Secret, string Stored) New()
    {
        var secret = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));
        return (secret, _protector.Protect(secret));
    }

    /// <summary>The call that carries a body, signed as Standard Webhooks says.</summary>
    /// <param name="id">The delivery's id.</param>
    /// <param name="now">The time that the receiver compares with its clock.</param>
    /// <exception cref="CryptographicException">The keys that encrypted the secret are lost.</exception>
    internal HttpRequestMessage Request(WebhookEndpoint endpoint, Guid id, string body, DateTime now)
    {
        var at = new DateTimeOffset(now);
        var signature = Sign(endpoint, id.ToString(), at, body, now);
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.UserAgent.Add(new("Bellhop", null));
        request.Headers.Add("webhook-id", id.ToString());
        request.Headers.Add("webhook-timestamp", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", signature);
        return request;
    }

    // One signature, and a second one while the secret before still works.
    private string Sign(WebhookEndpoint endpoint, string id, DateTimeOffset at, string body, DateTime now)
    {
        var signed = Sign(endpoint.Secret);
        return endpoint is { OldSecret: { } old, OldEndsAt: { } ends } && ends > now ? $"{signed} {Sign(old)}" : signed;

        string Sign(string stored) => new StandardWebhook(_protector.Unprotect(stored)).Sign(id, at, body);
    }
}
