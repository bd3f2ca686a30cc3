using System.Security.Cryptography;
using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>A person who gave the right password shows a code of the app, or a recovery code, and gets a session.</summary>
public static class FinishSignIn
{
    /// <param name="Pending">Who gave the right password.</param>
    /// <param name="Code">The code as typed.</param>
    /// <param name="Agent">The browser's name, for the list of sessions.</param>
    public sealed record Input(PendingSignIn Pending, string Code, string? Agent = null);

    /// <summary>Anybody may call it; <paramref name="who"/> is used only for the network address.</summary>
    /// <exception cref="Refusal">401 for a wrong code, and for an account that changed since; 429 after too many tries.</exception>
    public static async Task<Session> Run(Input input, Actor who, BellhopDb db, Totp totp, Throttles throttles, CancellationToken cancel)
    {
        var id = input.Pending.UserId;
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancel);
        var home = user is null ? null : await SignIn.Home(user.Id, db, cancel);
        if (
            user is null
            || home is null
            || !CryptographicOperations.FixedTimeEquals(KnownDevice.Hash(user.SecurityStamp), input.Pending.StampHash)
        )
        {
            throw Refusal.NotProved(ErrorText.Of<TeamTexts>("SignInFailed"));
        }

        if (!await CodeTries.Check(throttles, id, () => SecondFactors.Use(id, input.Code, totp, confirmed: true, db, cancel)))
        {
            throw Refusal.NotProved(ErrorText.Of<TeamTexts>("WrongCode"));
        }

        return await SignIn.Enter(user, home, who.From, input.Agent, db, cancel);
    }
}
