using System.Security.Cryptography;
using System.Text;
using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>Who signed in at the provider, as its signed token says.</summary>
/// <param name="Issuer">The provider.</param>
/// <param name="Subject">The person's name at the provider, which never becomes another person's.</param>
public sealed record OpenIdPerson(string Issuer, string Subject)
{
    internal const string Provider = "openid";

    /// <summary>How the person is stored: enough to find them again, and nothing to read.</summary>
    internal string Key { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Issuer + "\n" + Subject)));
}

/// <summary>
/// A person signs in by the provider. It takes the place of the password: a second factor is asked for all the same. Only who connected
/// their account before can do it. No account is made, and no e-mail address decides, because a provider may let people choose any.
/// </summary>
public static class SignInWithOpenId
{
    /// <param name="Agent">The browser's name, for the list of sessions.</param>
    public sealed record Input(OpenIdPerson Person, string? Agent = null);

    /// <summary>Anybody may call it; <paramref name="who"/> is used only for the network address.</summary>
    /// <exception cref="Refusal">401 for a person whom no account is connected to, or who is on no team.</exception>
    public static async Task<SignIn.Result> Run(Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var key = input.Person.Key;
        var user = await db
            .UserLogins.Where(l => l.LoginProvider == OpenIdPerson.Provider && l.ProviderKey == key)
            .Join(db.Users.AsNoTracking(), l => l.UserId, u => u.Id, (_, u) => u)
            .SingleOrDefaultAsync(cancel);
        if (user is null || await SignIn.Home(user.Id, db, cancel) is not { } home)
        {
            throw Refusal.NotProved(ErrorText.Of<TeamTexts>("OpenId.Unknown"));
        }

        return await SignIn.Admit(user, home, who.From, input.Agent, db, cancel);
    }
}

/// <summary>A signed-in person connects their account with themselves at the provider.</summary>
public static class ConnectOpenId
{
    /// <exception cref="Refusal">403 for a key; 409 <c>openid-taken</c> where another account is connected to this person at the
    /// provider.</exception>
    public static async Task Run(OpenIdPerson person, Actor who, CallingSession calling, BellhopDb db, CancellationToken cancel)
    {
        SeeMe.Demand(who);
        await db.Save(
            async () =>
            {
                var other = await db.UserLogins.SingleOrDefaultAsync(
                    l => l.LoginProvider == OpenIdPerson.Provider && l.ProviderKey == person.Key,
                    cancel
                );
                if (other is not null)
                {
                    if (other.UserId != who.Id)
                    {
                        throw Refusal.Conflict("openid-taken", ErrorText.Of<TeamTexts>("OpenId.Taken"));
                    }

                    return;
                }

                await db.UserLogins.Where(l => l.UserId == who.Id && l.LoginProvider == OpenIdPerson.Provider).ExecuteDeleteAsync(cancel);
                db.UserLogins.Add(
                    new()
                    {
                        LoginProvider = OpenIdPerson.Provider,
                        ProviderKey = person.Key,
                        UserId = who.Id,
                    }
                );
                var account = await db.Users.SingleAsync(u => u.Id == who.Id, cancel);
                await Sessions.Renew(account, calling, who, db, cancel);
                db.Happened(who, "openid.connected", "member", who.Id);
            },
            cancel
        );
    }
}
