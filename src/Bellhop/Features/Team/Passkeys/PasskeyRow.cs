using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>A passkey as its owner sees it.</summary>
/// <param name="Name">The name that the person gave it.</param>
/// <param name="Synced">Whether it is on several of the person's devices.</param>
/// <param name="LastUsedAt">UTC; null for one that was never used.</param>
public sealed record PasskeyRow(Guid Id, string Name, bool Synced, DateTime CreatedAt, DateTime? LastUsedAt)
{
    internal static PasskeyRow Of(Passkey key) => new(key.Id, key.Name, key.IsBackedUp, key.CreatedAt, key.LastUsedAt);
}

/// <summary>A person's own passkeys, oldest first.</summary>
public static class ListPasskeys
{
    /// <exception cref="Refusal">403 for a key.</exception>
    public static async Task<Page<PasskeyRow>> Run(PageQuery query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        SeeMe.Demand(who);
        var mine = await db.Passkeys.AsNoTracking().Where(p => p.UserId == who.Id).ToListAsync(cancel);
        return query.Of(mine.Select(PasskeyRow.Of), $"passkeys {who.Id:N}", p => $"{p.CreatedAt.Ticks:x16}{p.Id:N}", who, cursors);
    }
}

/// <summary>Asks the browser for a passkey, as a fresh proof of who one is.</summary>
public static class AskPasskey
{
    /// <exception cref="Refusal">403 for a key; 409 <c>no-passkeys</c> where Bellhop's address allows none.</exception>
    public static async Task<Answered<PasskeyQuestion>> Run(Actor who, BellhopDb db, PasskeyRules passkeys, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        SeeMe.Demand(who);
        return new(await passkeys.Ask(db)) { Keep = new("", "") };
    }
}
