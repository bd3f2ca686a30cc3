using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>
/// Says who a session or an API key is, with the rights they have now: read from the database, remembered for a few seconds at most.
/// </summary>
public sealed class ActorSource(IDbContextFactory<BellhopDb> dbs, DbHost host)
{
    /// <summary>What every API key begins with.</summary>
    public const string KeyPrefix = "bh_";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3); // what is removed must be dead within five
    private static readonly TimeSpan SeenAgain = TimeSpan.FromMinutes(15);

    private readonly BoundedCache<string, Kept> _kept = new(10_000, StringComparer.Ordinal);

    /// <summary>The actor of an API key as it was presented; null where it is none, or revoked, or expired.</summary>
    public async ValueTask<Actor?> OfKey(string presented, CancellationToken cancel)
    {
        if (!presented.StartsWith(KeyPrefix, StringComparison.Ordinal) || presented.Length is < 25 or > 100)
        {
            return null;
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(presented));
        return await Recall("key " + Convert.ToHexString(hash), db => ReadKey(hash, db, cancel), cancel);
    }

    /// <summary>The actor of a session; null where it ended, expired, or its password or membership has gone since.</summary>
    public ValueTask<Actor?> OfSession(SessionTicket ticket, CancellationToken cancel) =>
        Recall($"session {ticket.SessionId:N}{ticket.UserId:N}{ticket.OrganizationId}", db => ReadSession(ticket, db, cancel), cancel);

    /// <summary>Reads everybody again: something about sessions, members or keys changed in this process.</summary>
    public void Forget() => _kept.Clear();

    /// <summary>Who a user or key is now; null where they are gone. For background work.</summary>
    public static async Task<Actor?> Find(ActorKind kind, Guid id, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        if (kind == ActorKind.ApiKey)
        {
            var key = await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.OrganizationId == organizationId && k.Id == id, cancel);
            return key is null || !key.Lives(db.Now) ? null : Of(key);
        }

        var found = await db
            .Memberships.AsNoTracking()
            .Where(m => m.OrganizationId == organizationId && m.UserId == id)
            .Join(db.Users, m => m.UserId, u => u.Id, (m, u) => new { Member = m, User = u })
            .SingleOrDefaultAsync(cancel);
        return kind != ActorKind.User || found is null ? null : Of(found.User, found.Member);
    }

    internal static Actor Of(User user, Membership member) =>
        new(ActorKind.User, user.Id, user.DisplayName ?? user.Email ?? "", member.OrganizationId, Roles.Of(member.Role), member.Properties);

    internal static Actor Of(ApiKey key) =>
        new(ActorKind.ApiKey, key.Id, key.Name, key.OrganizationId, PermissionSet.Read(key.Permissions), key.Properties);

    /// <summary>A new key of 256 random bits, and the hash that is kept of it.</summary>
    internal static (string Key, byte[] Hash) NewKey()
    {
        var key = KeyPrefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (key, SHA256.HashData(Encoding.UTF8.GetBytes(key)));
    }

    private async ValueTask<Actor?> Recall(string key, Func<BellhopDb, Task<(Actor? Actor, DateTime Ends)>> read, CancellationToken cancel)
    {
        var now = host.Clock.Now();
        if (_kept.TryGet(key, out var kept) && kept.Until > now)
        {
            return kept.Actor;
        }

        await using var db = await dbs.CreateDbContextAsync(cancel);
        var (actor, ends) = await read(db);

        // Strangers are not remembered: a key made this moment works, and guesses fill nothing.
        if (actor is null)
        {
            _kept.Remove(key);
        }
        else
        {
            _kept.Set(key, new(actor, ends < now + Longest ? ends : now + Longest));
        }

        return actor;
    }

    private static async Task<(Actor?, DateTime)> ReadKey(byte[] hash, BellhopDb db, CancellationToken cancel)
    {
        var key = await db
            .ApiKeyOwners.AsNoTracking()
            .Where(o => o.Hash == hash)
            .Join(db.ApiKeys, o => new { o.OrganizationId, Id = o.ApiKeyId }, k => new { k.OrganizationId, k.Id }, (_, k) => k)
            .SingleOrDefaultAsync(cancel);
        return key is null || !key.Lives(db.Now) ? default : (Of(key), key.ExpiresAt ?? DateTime.MaxValue);
    }

    private static async Task<(Actor?, DateTime)> ReadSession(SessionTicket ticket, BellhopDb db, CancellationToken cancel)
    {
        var now = db.Now;
        var found = await db
            .Sessions.AsNoTracking()
            .Where(s =>
                s.Id == ticket.SessionId && s.UserId == ticket.UserId && s.OrganizationId == ticket.OrganizationId && s.ExpiresAt > now
            )
            .Join(
                db.Users,
                s => new { Id = s.UserId, Stamp = (string?)s.Stamp },
                u => new { u.Id, Stamp = u.SecurityStamp },
                (s, u) => new { Session = s, User = u }
            )
            .Join(
                db.Memberships,
                x => new { x.Session.OrganizationId, x.Session.UserId },
                m => new { m.OrganizationId, m.UserId },
                (x, m) =>
                    new
                    {
                        x.Session,
                        x.User,
                        Member = m,
                    }
            )
            .SingleOrDefaultAsync(cancel);
        if (found is null)
        {
            return default;
        }

        if (now - found.Session.LastSeenAt > SeenAgain)
        {
            await db
                .Sessions.Where(s => s.Id == ticket.SessionId)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(s => s.LastSeenAt, now).SetProperty(s => s.ExpiresAt, now + SignIn.Lifetime),
                    cancel
                );
        }

        return (Of(found.User, found.Member), found.Session.ExpiresAt);
    }

    private sealed record Kept(Actor Actor, DateTime Until);
}
