using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>A device on which a person is signed in.</summary>
/// <param name="Device">The browser as it names itself; null where it does not.</param>
/// <param name="From">The network address of the sign-in.</param>
/// <param name="CreatedAt">The sign-in, UTC.</param>
/// <param name="LastSeenAt">UTC, accurate to a quarter of an hour.</param>
/// <param name="Current">Whether the caller uses this one.</param>
public sealed record SessionRow(Guid Id, string? Device, string? From, DateTime CreatedAt, DateTime LastSeenAt, bool Current);

/// <summary>The devices on which a person is signed in, in every organisation.</summary>
public static class ListSessions
{
    /// <exception cref="Refusal">403 for a key: only a person has sessions.</exception>
    public static async Task<Page<SessionRow>> Run(
        PageQuery query,
        Actor who,
        CallingSession calling,
        BellhopDb db,
        Cursors cursors,
        CancellationToken cancel
    )
    {
        SeeMe.Demand(who);
        var now = db.Now;
        var mine = await db
            .Sessions.AsNoTracking()
            .Where(s => s.UserId == who.Id && s.ExpiresAt > now)
            .Join(
                db.Users,
                s => new { s.UserId, Stamp = (string?)s.Stamp },
                u => new { UserId = u.Id, Stamp = u.SecurityStamp },
                (s, _) => s
            )
            .Select(s => new SessionRow(s.Id, s.Agent, s.From, s.CreatedAt, s.LastSeenAt, s.Id == calling.Id))
            .ToListAsync(cancel);

        // The latest sign-in comes first.
        return query.Of(mine, $"sessions {who.Id:N}", s => $"{long.MaxValue - s.CreatedAt.Ticks:x16}{s.Id:N}", who, cursors);
    }
}
