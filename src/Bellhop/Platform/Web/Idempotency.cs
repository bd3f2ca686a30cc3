using System.Collections.Concurrent;
using System.Security.Cryptography;
using Bellhop.Data;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Platform.Web;

/// <summary>
/// A POST with an <c>Idempotency-Key</c> is done once: its answer is written in the save that does it, and given again to the same key and
/// body for 24 hours. Refusals, 429 and 5xx are not kept.
/// </summary>
internal sealed class Idempotency(IDbContextFactory<BellhopDb> dbs, DataFolder folder)
{
    private const int KeyMax = 255;
    private const int InMemory = 64 * 1024;
    private readonly ConcurrentDictionary<(int, Guid, string, string), bool> _running = new();

    public async Task Run(HttpContext http, Actor who, RequestDelegate next)
    {
        var keys = http.Request.Headers["Idempotency-Key"];
        if (
            keys.Count != 1
            || keys[0] is not { Length: > 0 and <= KeyMax } key
            || key.AsSpan().ContainsAnyExceptInRange(' ', '~')
            || string.IsNullOrWhiteSpace(key)
        )
        {
            throw Refusal.Invalid("Idempotency-Key", ErrorText.Of<WebTexts>("IdempotencyKey"));
        }

        var path = http.Request.Path.Value!.TrimEnd('/').ToLowerInvariant();
        var running = (who.OrganizationId, who.Id, path, key);
        if (!_running.TryAdd(running, true))
        {
            throw Refusal.StillRunning();
        }

        var db = http.RequestServices.GetRequiredService<BellhopDb>();
        try
        {
            var call = new IdempotentCall(who, path, key, await Hash(http, folder), dbs);
            if (await call.Find(db, http.RequestAborted) is { } earlier)
            {
                await earlier.ExecuteAsync(http);
                return;
            }

            db.IdempotentCall = call;
            http.Features.Set(call);
            await next(http);
        }
        catch (CalledElsewhere) when (!http.Response.HasStarted)
        {
            await (await http.Features.Get<IdempotentCall>()!.Find(db, http.RequestAborted) ?? throw Refusal.StillRunning()).ExecuteAsync(
                http
            );
        }
        finally
        {
            db.IdempotentCall = null; // the context goes back to its pool
            _running.TryRemove(running, out _);
        }
    }

    private static async Task<byte[]> Hash(HttpContext http, DataFolder folder)
    {
        // A body that is too long for memory is buffered in our own folder and deleted with the request.
        var body = new FileBufferingReadStream(http.Request.Body, InMemory, bufferLimit: null, () => folder.Sub(DataFolder.Temporary));
        http.Response.RegisterForDispose(body);
        http.Request.Body = body;
        var hash = await SHA256.HashDataAsync(http.Request.Body, http.RequestAborted);
        http.Request.Body.Position = 0;
        return hash;
    }
}

/// <summary>Another process has done the same call in the meantime. Its answer can be read.</summary>
internal sealed class CalledElsewhere : Exception;

/// <summary>One call with an <c>Idempotency-Key</c>, while it runs.</summary>
internal sealed class IdempotentCall(Actor who, string path, string key, byte[] bodyHash, IDbContextFactory<BellhopDb> dbs)
{
    private static readonly TimeSpan Kept24Hours = TimeSpan.FromHours(24);
    private bool _expired;
    private bool _written;

    private (object Result, Reply Stored)? _kept;

    /// <summary>The answer of the save, once there is one.</summary>
    public Reply? Kept => _kept is var (result, stored) ? Reply.Of(result, stored) : null;

    /// <summary>The earlier answer to this key; null if there is none.</summary>
    /// <exception cref="Refusal">422 where the key came with another body; 404 where the caller saw properties then that are not theirs any
    /// more.</exception>
    public async Task<Reply?> Find(BellhopDb db, CancellationToken cancel)
    {
        var answer = await Mine(db).AsNoTracking().SingleOrDefaultAsync(cancel);
        if (answer is null || answer.ExpiresAt <= db.Now)
        {
            _expired = answer is not null;
            return null;
        }

        if (!answer.BodyHash.AsSpan().SequenceEqual(bodyHash))
        {
            throw Refusal.OtherBody();
        }

        return who.Properties is null || (answer.Properties?.All(who.Sees) ?? false)
            ? new(answer.Status, answer.Location, answer.ETag, answer.Body)
            : throw Refusal.NotThere();
    }

    /// <summary>Called when the save begins: makes sure that only one process at a time works on this key.</summary>
    /// <exception cref="Refusal">409 while another process works on it.</exception>
    /// <exception cref="CalledElsewhere">Another process has done the call.</exception>
    public async Task Begin(BellhopDb db, bool again, CancellationToken cancel)
    {
        if (_written)
        {
            return; // a later save of the same call
        }

        _kept = null;
        if (!await db.TryLock(Lock(), cancel))
        {
            throw Refusal.StillRunning();
        }

        if (_expired)
        {
            var now = db.Now;
            await Mine(db).Where(a => a.ExpiresAt <= now).ExecuteDeleteAsync(cancel);
        }

        if (again && await Mine(db).AnyAsync(cancel))
        {
            throw new CalledElsewhere();
        }
    }

    /// <summary>The row with the result of the save's block; null if the result is not an answer.</summary>
    public IdempotentResponse? Keep(object? result, DateTime now)
    {
        if (result is not (ISaved or IAnswered) || _kept is not null)
        {
            return null;
        }

        var stored = Reply.OfKept(result);
        _kept = (result, stored);
        return Row(stored, now);
    }

    /// <summary>Called when the save is committed.</summary>
    public void Committed() => _written = _kept is not null;

    /// <summary>Stores the answer in its own save, for a call whose saves returned no answer.</summary>
    public async Task KeepLate(Reply reply, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await db.Save(
            async () =>
            {
                await Begin(db, again: true, cancel);
                db.IdempotentResponses.Add(Row(reply, db.Now));
            },
            cancel
        );
    }

    private IQueryable<IdempotentResponse> Mine(BellhopDb db) =>
        db.IdempotentResponses.Where(a => a.OrganizationId == who.OrganizationId && a.CallerId == who.Id && a.Path == path && a.Key == key);

    private IdempotentResponse Row(Reply reply, DateTime now) =>
        new()
        {
            OrganizationId = who.OrganizationId,
            CallerId = who.Id,
            Properties = who.Properties?.ToArray(),
            Path = path,
            Key = key,
            BodyHash = bodyHash,
            Status = reply.Status,
            Location = reply.Location,
            ETag = reply.ETag,
            Body = reply.Body,
            ContactId = reply.ContactId,
            ExpiresAt = now + Kept24Hours,
        };

    private long Lock() =>
        BitConverter.ToInt64(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{who.OrganizationId}\n{who.Id}\n{path}\n{key}")));
}
