using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>
/// Finds the actor of a session or an API key, with the present rights. It reads the database and keeps the result for a few seconds at
/// most, and only until a change of the team is told, by this process or another.
/// </summary>
public sealed class ActorSource(IDbContextFactory<BellhopDb> dbs, DbHost host)
{
    /// <summary>Every API key begins with this.</summary>
    public const string KeyPrefix = "bh_";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3); // what is removed must be dead within five
    private static readonly TimeSpan SeenAgain = TimeSpan.FromMinutes(15);

    // Events of these kinds may change who somebody is, or what they may do.
    private static readonly string[] Kinds = ["member", "role", "session", "apiKey", "account", "user"];

    private readonly BoundedCache<string, Kept> _kept = new(10_000, StringComparer.Ordinal);

    /// <summary>The actor of a presented API key; null when the text is no key, or the key is revoked or expired.</summary>
    public async ValueTask<Actor?> OfKey(string presented, CancellationToken cancel)
    {
        if (!presented.StartsWith(KeyPrefix, StringComparison.Ordinal) || presented.Length is < 25 or > 100)
        {
            return null;
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(presented));
        return await Recall("key " + Convert.ToHexString(hash), db => ReadKey(hash, db, cancel), cancel);
    }

    /// <summary>
    /// The actor of a session. Null when the session ended or expired, or the password changed or the membership ended since.
    /// </summary>
    public ValueTask<Actor?> OfSession(SessionTicket ticket, CancellationToken cancel) =>
        Recall($"session {ticket.SessionId:N}{ticket.UserId:N}{ticket.OrganizationId}", db => ReadSession(ticket, db, cancel), cancel);

    /// <summary>Forgets all kept actors. Call it after a change of sessions, members or keys in this process.</summary>
    public void Forget() => _kept.Clear();

    /// <summary>The present actor of a user or key; null when it no longer exists. For background work.</summary>
    public static async Task<Actor?> Find(ActorKind kind, Guid id, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        if (kind == ActorKind.ApiKey)
        {
            var key = await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.OrganizationId == organizationId && k.Id == id, cancel);
            return key is null || !key.Lives(db.Now) ? null : Of(key);
        }

        var found = await db
            .Memberships.AsNoTracking()
            .Where(m => m.OrganizationId == organizationId && m.UserId == id && m.DisabledAt == null)
            .Join(db.Users, m => m.UserId, u => u.Id, (m, u) => new { Member = m, User = u })
            .SingleOrDefaultAsync(cancel);
        return kind != ActorKind.User || found is null ? null : await Of(found.User, found.Member, db, cancel);
    }

    /// <summary>A person as the audit log names them, without any right.</summary>
    internal static Actor Named(User user, int organizationId) =>
        new(ActorKind.User, user.Id, user.DisplayName ?? user.Email ?? "", organizationId, PermissionSet.None);

    private static async Task<Actor> Of(User user, Membership member, BellhopDb db, CancellationToken cancel) =>
        Named(user, member.OrganizationId) with
        {
            Permissions = await Roles.Find(member.Role, member.OrganizationId, db, cancel) ?? PermissionSet.None,
            Properties = member.Properties,
        };

    internal static Actor Of(ApiKey key) =>
        new(ActorKind.ApiKey, key.Id, key.Name, key.OrganizationId, PermissionSet.Read(key.Permissions), key.Properties);

    /// <summary>Makes a new key of 256 random bits, and the hash to store.</summary>
    internal static (string Key, byte[] Hash) NewKey()
    {
        var key = KeyPrefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (key, SHA256.HashData(Encoding.UTF8.GetBytes(key)));
    }

    private async ValueTask<Actor?> Recall(string key, Func<BellhopDb, Task<(Actor? Actor, DateTime Ends)>> read, CancellationToken cancel)
    {
        var (now, told) = (host.Clock.Now(), host.Signal.ToldOf(Kinds));
        if (_kept.TryGet(key, out var kept) && kept.Until > now && kept.Told == told)
        {
            return kept.Actor;
        }

        await using var db = await dbs.CreateDbContextAsync(cancel);
        var (actor, ends) = await read(db);

        // Unknown keys are not kept: so a key works at once after it is made, and guesses fill no memory.
        if (actor is null)
        {
            _kept.Remove(key);
        }
        else
        {
            _kept.Set(key, new(actor, ends < now + Longest ? ends : now + Longest, told));
        }

        return actor;
    }

    private static async Task<(Actor?, DateTime)> ReadKey(byte[] hash, BellhopDb db, CancellationToken cancel)
    {
        var now = db.Now;
        var found = await db
            .ApiKeyOwners.AsNoTracking()
            .Where(o => o.Hash == hash && (o.EndsAt == null || o.EndsAt > now))
            .Join(
                db.ApiKeys,
                o => new { o.OrganizationId, Id = o.ApiKeyId },
                k => new { k.OrganizationId, k.Id },
                (o, k) => new { Key = k, o.EndsAt }
            )
            .SingleOrDefaultAsync(cancel);
        if (found is not { Key: var key } || !key.Lives(now))
        {
            return default;
        }

        if (key.LastUsedAt is null || now - key.LastUsedAt > SeenAgain)
        {
            await Note(
                db,
                () =>
                    db
                        .ApiKeys.Where(k => k.OrganizationId == key.OrganizationId && k.Id == key.Id)
                        .ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedAt, now), cancel),
                cancel
            );
        }

        DateTime[] ends = [key.ExpiresAt ?? DateTime.MaxValue, found.EndsAt ?? DateTime.MaxValue];
        return (Of(key), ends.Min());
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
                db.Memberships.Where(m => m.DisabledAt == null),
                x => new { x.Session.OrganizationId, x.Session.UserId },
                m => new { m.OrganizationId, m.UserId },
                (x, m) =>
                    new
                    {
                        x.Session,
                        x.User,
                        Member = m,
                        Lacks = db.Organizations.Any(o => o.Id == m.OrganizationId && o.RequiresSecondFactor)
                            && !db.SecondFactors.Any(f => f.UserId == m.UserId && f.ConfirmedAt != null)
                            && !db.Passkeys.Any(p => p.UserId == m.UserId),
                    }
            )
            .SingleOrDefaultAsync(cancel);
        if (found is null)
        {
            return default;
        }

        if (now - found.Session.LastSeenAt > SeenAgain)
        {
            await Note(
                db,
                async () =>
                {
                    await db
                        .Sessions.Where(s => s.Id == ticket.SessionId)
                        .ExecuteUpdateAsync(
                            set => set.SetProperty(s => s.LastSeenAt, now).SetProperty(s => s.ExpiresAt, now + SignIn.Lifetime),
                            cancel
                        );
                    await db
                        .Memberships.Where(m => m.OrganizationId == ticket.OrganizationId && m.UserId == ticket.UserId)
                        .ExecuteUpdateAsync(set => set.SetProperty(m => m.LastSeenAt, now), cancel);
                },
                cancel
            );
        }

        var actor = await Of(found.User, found.Member, db, cancel);
        return (found.Lacks ? actor with { Permissions = PermissionSet.None, LacksSecondFactor = true } : actor, found.Session.ExpiresAt);
    }

    // Who may read is not kept out by a disk that is full or busy: the next call notes it again.
    private static async Task Note(BellhopDb db, Func<Task> when, CancellationToken cancel)
    {
        try
        {
            await db.Save(when, cancel);
        }
        catch (Exception error) when (db.FailureOf(error) != DatabaseFailure.None)
        {
            // Nothing was noted.
        }
    }

    private sealed record Kept(Actor Actor, DateTime Until, long Told);
}
