using System.Text.Json;
using Microsoft.Extensions.Localization;

namespace Bellhop.Features.Channels;

/// <summary>One thing that a provider was asked of a connection.</summary>
/// <param name="Name"><c>token</c>, <c>account</c>, <c>subscription</c> or <c>delivery</c>.</param>
/// <param name="Account">The name or id of the account that it is about; null for the whole connection.</param>
/// <param name="Problem">Null if all is well; else <see cref="Secrets"/>, <see cref="Lost"/>, <see cref="Away"/> or the name.</param>
internal sealed record ConnectionCheck(string Name, string? Account = null, string? Problem = null)
{
    /// <summary>Our access is no longer good.</summary>
    public const string Token = "token";

    /// <summary>The provider does not know the number, page or account, or does not let us use it.</summary>
    public const string Gone = "account";

    /// <summary>The provider no longer sends us the events.</summary>
    public const string Subscription = "subscription";

    /// <summary>The provider sends events and does not get through.</summary>
    public const string Delivery = "delivery";

    /// <summary>A secret is missing, so that nothing can be asked.</summary>
    public const string Secrets = "secrets";

    /// <summary>The keys that encrypted the secrets are lost, so that nothing can be asked.</summary>
    public const string Lost = "lost-secrets";

    /// <summary>The provider does not answer. That says nothing of the connection.</summary>
    public const string Away = "away";

    public static string Write(IReadOnlyList<ConnectionCheck> checks) => JsonSerializer.Serialize(checks, JsonSerializerOptions.Web);

    public static IReadOnlyList<ConnectionCheck> Read(string checks) =>
        JsonSerializer.Deserialize<IReadOnlyList<ConnectionCheck>>(checks, JsonSerializerOptions.Web)!;
}

/// <summary>What a look at a connection's provider found.</summary>
/// <param name="At">When it was asked, UTC.</param>
/// <param name="Healthy">Whether nothing is wrong.</param>
/// <param name="Checks">What was asked, in this order.</param>
public sealed record ConnectionTestRow(DateTime At, bool Healthy, IReadOnlyList<ConnectionTestRow.Check> Checks)
{
    /// <param name="Name"><c>token</c>, <c>account</c>, <c>subscription</c> or <c>delivery</c>.</param>
    /// <param name="Account">The account that it is about; null for the whole connection.</param>
    /// <param name="Problem">What is wrong; null if it is well.</param>
    public sealed record Check(string Name, string? Account, Why? Problem);

    /// <param name="Code">Such as <c>token</c>.</param>
    /// <param name="Title">What is wrong, in words, and what helps.</param>
    public sealed record Why(string Code, string Title);

    internal static ConnectionTestRow Of(DateTime at, IReadOnlyList<ConnectionCheck> checks, IStringLocalizer<ChannelTexts> texts) =>
        new(
            at,
            checks.All(c => c.Problem is null),
            [.. checks.Select(c => new Check(c.Name, c.Account, c.Problem is { } problem ? new(problem, texts["Check." + problem]) : null))]
        );
}
