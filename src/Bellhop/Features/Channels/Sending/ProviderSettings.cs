using Bellhop.Platform;

namespace Bellhop.Features.Channels;

/// <summary>Where the providers are called. Each address is a setting, so that a stand-in can take their place.</summary>
public sealed class ProviderSettings
{
    /// <summary>The setting: one address for all providers, such as a stand-in's. It stands in for those that are not set.</summary>
    public const string All = "Providers:Address";

    private const string MetaVersion = "v26.0";

    /// <exception cref="OperatorProblem">An address is none.</exception>
    public ProviderSettings(IConfiguration configuration)
    {
        Uri Address(string name, string usual) => Read(configuration, $"Providers:{name}:Address", configuration[All] ?? usual);

        var version = configuration["Providers:Meta:Version"] ?? MetaVersion;
        Meta = new(Address("Meta", "https://graph.facebook.com"), version + "/");
        Instagram = new(Address("Instagram", "https://graph.instagram.com"), version + "/");
        Telegram = Address("Telegram", "https://api.telegram.org");
    }

    /// <summary>The Graph API with its version, for WhatsApp and Messenger.</summary>
    public Uri Meta { get; }

    /// <summary>The Graph API with its version, for Instagram.</summary>
    public Uri Instagram { get; }

    /// <summary>The Bot API.</summary>
    public Uri Telegram { get; }

    public Uri Of(AccountKind kind) =>
        kind switch
        {
            AccountKind.Telegram => Telegram,
            AccountKind.Instagram => Instagram,
            _ => Meta,
        };

    private static Uri Read(IConfiguration configuration, string name, string usual)
    {
        var text = configuration[name] ?? usual;
        return Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
            ? new(text.TrimEnd('/') + "/")
            : throw new OperatorProblem($"{name} takes an address such as https://graph.facebook.com; '{text}' is none.");
    }
}
