using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Bellhop.Features.ChannelManagers;

/// <summary>
/// Takes a channel manager's message in one save: what it says is kept, and each of its reservations taken or refused by name. What cannot
/// be taken is parked, and the others go through.
/// </summary>
public static class ReceiveReservations
{
    /// <summary>The connection that the call is for, once the secret proves the sender, and whether it is also asked for news.</summary>
    /// <exception cref="Refusal">404 for an unknown connection; 503 while its secret is missing; 401 for a wrong one.</exception>
    internal static async Task<(Connection Connection, bool IsPulled)> Prove(
        Guid connectionId,
        string? secret,
        BellhopDb db,
        ConnectionSecrets secrets,
        CancellationToken cancel
    )
    {
        var connection = await ReceiveHook.Find(ConnectionKind.ChannelManager, connectionId, db, cancel);
        var mine = ReceiveHook.Usable(connection, db.Now).Select(s => secrets.Decrypt(s).SharedSecret).OfType<string>().ToList();
        ReceiveHook.DemandConfigured(mine);
        return secret is not null && mine.Exists(m => ReceiveHook.AreEqual(m, secret))
            ? (connection, ConnectionSecrets.IsPulled(secrets.Decrypt(connection.Secrets)))
            : throw Refusal.NotProved(ErrorText.Of<ChannelTexts>("NotGenuine"));
    }

    /// <summary>What became of each reservation. A repeated message changes nothing, and is answered from what stands.</summary>
    internal static async Task<IReadOnlyList<Outcome>> Run(
        Connection connection,
        bool isPulled,
        SentMessage message,
        BellhopDb db,
        IStringLocalizer<ChannelTexts> texts,
        CancellationToken cancel
    )
    {
        // A trigger has nothing to keep, and the feed waits for its acknowledgement also where the webhook brought the same. What another
        // sender says is no news of the feed, which is Channex's.
        if (isPulled && message.Form == SentForm.Channex && !connection.Paused)
        {
            await db.Save(() => PullReservations.Queue(connection, db, cancel), cancel);
        }

        if (message.IsTrigger)
        {
            return [];
        }

        var outcomes = connection.Paused ? await Keep(connection, message, db, cancel) : await Take(connection, message, db, cancel);
        return Said(outcomes, texts);
    }

    /// <summary>What would become of each reservation. Everything is done as in <see cref="Run"/>, and then taken back.</summary>
    internal static async Task<IReadOnlyList<Outcome>> Try(
        Connection connection,
        SentMessage message,
        BellhopDb db,
        IStringLocalizer<ChannelTexts> texts,
        CancellationToken cancel
    )
    {
        try
        {
            return await Save(connection, message, [.. Enumerable.Range(0, message.Reservations.Count)], db, cancel, isTrial: true);
        }
        catch (TakenBack tried)
        {
            return Said(tried.Outcomes, texts);
        }
        catch (Exception error) when (IsOfTheMessage(error, db, cancel))
        {
            return Said([.. message.Reservations.Select(r => new Outcome(r, r.Fault ?? "failed"))], texts);
        }
    }

    private static IReadOnlyList<Outcome> Said(IReadOnlyList<Outcome> outcomes, IStringLocalizer<ChannelTexts> texts) =>
        [.. outcomes.Select(o => o.Refused is { } reason ? o with { Why = o.Why ?? texts["Parked." + reason] } : o)];

    /// <summary>Ends the save of a trial, so that nothing of it is stored.</summary>
    private sealed class TakenBack(IReadOnlyList<Outcome> outcomes) : Exception("This was a trial.")
    {
        public IReadOnlyList<Outcome> Outcomes => outcomes;
    }

    /// <summary>Takes the message as a whole. If one reservation makes the save fail, each is taken in a save of its own.</summary>
    internal static async Task<IReadOnlyList<Outcome>> Take(
        Connection connection,
        SentMessage message,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var all = Enumerable.Range(0, message.Reservations.Count).ToList();
        try
        {
            return await Save(connection, message, all, db, cancel);
        }
        catch (Exception error) when (all.Count > 0 && IsOfTheMessage(error, db, cancel))
        {
            var outcomes = new List<Outcome>();
            foreach (var index in all)
            {
                outcomes.Add(await TakeAlone(connection, message, index, db, cancel));
            }

            return outcomes;
        }
    }

    private static async Task<Outcome> TakeAlone(
        Connection connection,
        SentMessage message,
        int index,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        try
        {
            return (await Save(connection, message, [index], db, cancel))[0];
        }
        catch (Exception error) when (IsOfTheMessage(error, db, cancel))
        {
            var outcome = new Outcome(message.Reservations[index], "failed");
            await db.Save(
                async () =>
                {
                    await Park(connection, message, outcome, db, cancel);
                    db.TellOfMany(connection.OrganizationId, "connection");
                },
                cancel
            );
            return outcome;
        }
    }

    // A database that is away, full or busy is no fault of what was sent: the sender hears of it, and repeats.
    private static bool IsOfTheMessage(Exception error, BellhopDb db, CancellationToken cancel) =>
        !cancel.IsCancellationRequested && db.IsOfTheRows(error);

    private static Task<IReadOnlyList<Outcome>> Save(
        Connection connection,
        SentMessage message,
        IReadOnlyList<int> which,
        BellhopDb db,
        CancellationToken cancel,
        bool isTrial = false
    ) =>
        db.Save<IReadOnlyList<Outcome>>(
            async () =>
            {
                var who = Actor.System(connection.OrganizationId) with { Name = connection.Name, Properties = [connection.PropertyId] };
                var property = await db.FindProperty(connection.PropertyId, who, cancel) ?? throw Refusal.NotThere();
                var hook = await KeptMessage.Of(connection, message, db, cancel);
                var isRepeated = db.Entry(hook).State != EntityState.Added && hook.ReadAt is not null;
                var reading = new ReservationSave(connection, property, who);
                var parked = isRepeated ? await Parked(connection, db, cancel) : [];
                var outcomes = new List<Outcome>();
                await db.WithoutDetectingChanges(async () =>
                {
                    foreach (var index in which)
                    {
                        // What was refused before may be taken by now.
                        var earlier = parked.Count == 0 ? null : parked.Find(p => p.Body.AsSpan().SequenceEqual(message.Alone(index)));
                        reading.IsRepeated = isRepeated && earlier is null;
                        var outcome = await TakeReservation.Run(message.Reservations[index], reading, db, cancel);
                        outcomes.Add(outcome);
                        if (outcome.Refused is not null)
                        {
                            await Park(connection, message, outcome, db, cancel);
                        }
                        else if (earlier is not null)
                        {
                            db.ParkedItems.Remove(earlier);
                        }
                    }
                });

                // Taken one by one, the message is read with its last one: until then a repetition takes all of them anew.
                if (which.Count == 0 || which[^1] == message.Reservations.Count - 1)
                {
                    (hook.ReadAt, hook.ItemsRead) = (hook.ReadAt ?? db.Now, message.Reservations.Count);
                }

                await KeptMessage.Link(hook, reading, db, cancel);
                await db.Flush(cancel);
                if (isTrial)
                {
                    throw new TakenBack(outcomes);
                }

                await Seen(connection, db, cancel);
                db.TellOfMany(connection.OrganizationId, "connection");
                return outcomes;
            },
            cancel,
            SettingsLock.Shared(connection.OrganizationId)
        );

    /// <summary>During a pause the message is kept, and read when the pause ends.</summary>
    private static Task<IReadOnlyList<Outcome>> Keep(Connection connection, SentMessage message, BellhopDb db, CancellationToken cancel) =>
        db.Save<IReadOnlyList<Outcome>>(
            async () =>
            {
                await KeptMessage.Of(connection, message, db, cancel);
                return [.. message.Reservations.Select(r => new Outcome(r))];
            },
            cancel
        );

    private static Task<List<ParkedItem>> Parked(Connection connection, BellhopDb db, CancellationToken cancel) =>
        db.ParkedItems.Where(p => p.OrganizationId == connection.OrganizationId && p.ConnectionId == connection.Id).ToListAsync(cancel);

    /// <summary>Parks what was refused, once however often it comes.</summary>
    private static async Task Park(Connection connection, SentMessage message, Outcome outcome, BellhopDb db, CancellationToken cancel)
    {
        var body = message.Alone(outcome.Reservation.Index);
        var isParked = await db.ParkedItems.AnyAsync(
            p => p.OrganizationId == connection.OrganizationId && p.ConnectionId == connection.Id && p.Body == body,
            cancel
        );
        if (!isParked)
        {
            db.ParkedItems.Add(
                new()
                {
                    OrganizationId = connection.OrganizationId,
                    ConnectionId = connection.Id,
                    Body = body,
                    Reason = outcome.Refused!,
                    Summary = $"{message.Form} reservation",
                    At = db.Now,
                }
            );
        }
    }

    private static async Task Seen(Connection connection, BellhopDb db, CancellationToken cancel)
    {
        var now = db.Now;
        await db.Execute(
            $"""
            UPDATE connections SET last_event_at = {now} WHERE organization_id = {connection.OrganizationId} AND id = {connection.Id}
            """,
            cancel
        );
    }
}
