using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>What a person chose for themselves.</summary>
/// <param name="Name">The name that colleagues see.</param>
/// <param name="Language">A language and region, such as <c>en-GB</c>; null for what the browser asks for.</param>
/// <param name="Landing">The page after signing in: <c>today</c>, <c>contacts</c>, <c>bookings</c>, <c>reviews</c> or <c>reports</c>; null
/// for the usual one.</param>
public sealed record MyRow(string Name, string? Language, string? Landing)
{
    /// <summary>The longest name.</summary>
    public const int NameMax = 200;

    internal static MyRow Of(User account) => new(TeamNames.NameOf(account), account.Language, account.Landing);
}

/// <summary>A person's own name, language and first page.</summary>
public static class SeeMe
{
    /// <exception cref="Refusal">403 for a key: only a person has choices; 401 for nobody.</exception>
    public static async Task<Saved<MyRow>> Run(Actor who, BellhopDb db, CancellationToken cancel)
    {
        Demand(who);
        var account = await db.Users.AsNoTracking().SingleAsync(u => u.Id == who.Id, cancel);
        return new(MyRow.Of(account), account.ChosenAt);
    }

    /// <exception cref="Refusal">403 for anybody but a person; 401 for nobody.</exception>
    internal static void Demand(Actor who)
    {
        who.DemandSignedIn();

        // Also for whoever must first set up a second factor: it is set up in one's own account.
        if (who.Kind != ActorKind.User)
        {
            throw Refusal.Forbidden(ErrorText.Of<TeamTexts>("OnlyPersons"));
        }
    }
}
