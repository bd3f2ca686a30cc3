using System.Net;
using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Team;

/// <summary>A person signs in with a passkey: no password, and no code, because the device has asked for both what and who.</summary>
public static class SignInWithPasskey
{
    /// <param name="Passkey">The browser's answer.</param>
    /// <param name="Agent">The browser's name, for the list of sessions.</param>
    public sealed record Input(PasskeyAnswer Passkey, string? Agent = null);

    /// <summary>Anybody may call it; <paramref name="who"/> is used only for the network address.</summary>
    /// <exception cref="Refusal">401, the same for every passkey that does not sign in; 429 after too many tries of a network.</exception>
    public static async Task<Session> Run(
        Input input,
        Actor who,
        BellhopDb db,
        PasskeyRules passkeys,
        Throttles throttles,
        CancellationToken cancel
    )
    {
        var network = Throttles.Network(IPAddress.TryParse(who.From, out var ip) ? ip : null);
        if (throttles.SignInsOfNetwork.Take(network) is { } seconds)
        {
            throw Refusal.TooMany(seconds);
        }

        var user = await passkeys.Read(input.Passkey, db, cancel);
        if (user is null || await SignIn.Home(user.Id, db, cancel) is not { } home)
        {
            throw Refusal.NotProved(ErrorText.Of<TeamTexts>("WrongPasskey"));
        }

        throttles.SignInsOfNetwork.GiveBack(network);
        return await SignIn.Enter(user, home, who.From, input.Agent, db, cancel);
    }
}
