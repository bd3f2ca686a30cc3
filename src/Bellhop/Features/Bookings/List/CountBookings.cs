using Bellhop.Data;
using Bellhop.Platform;
using Plan = Bellhop.Features.Bookings.BookingSql.Plan;

namespace Bellhop.Features.Bookings;

/// <summary>How many bookings a filter matches, of those one may see; counted no further than anybody reads.</summary>
public static class CountBookings
{
    private const int Most = 10_000;
    private const int MostSearched = 1_000; // a common word is compared row by row

    /// <param name="Number">How many.</param>
    /// <param name="IsMore">There are more than that.</param>
    public readonly record struct Row(int Number, bool IsMore);

    /// <exception cref="Refusal">403 without bookings.view; 400 for a parameter that cannot be taken; 404 for a property not
    /// seen.</exception>
    public static async Task<Row> Run(BookingFilter filter, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsView);
        var asked = await BookingQuery.Of(filter, who, db, cancel);
        if (asked.IsNothing)
        {
            return default;
        }

        var most = filter.Q is null ? Most : MostSearched;
        await using var reading = await db.Read(BookingSql.Matches(db, asked.Shape, most + 1), cancel);
        var number = (int)(await asked.Name(reading, db).ToList(row => row.GetInt64(0), cancel))[0];
        return new(Math.Min(number, most), number > most);
    }
}

/// <summary>Bookings made since somebody looked, of those a filter matches: what an open list tells of.</summary>
public static class SeeNewBookings
{
    /// <summary>No more are told apart.</summary>
    public const int Most = 100;

    // Processes' clocks differ a little, and what has a lesser id may be committed later.
    private const long Slack = 60_000;

    /// <param name="Since">Where to look from the next time: a little before the newest booking there is.</param>
    /// <param name="Ids">Those made after that.</param>
    public sealed record Row(Guid Since, IReadOnlyList<Guid> Ids);

    /// <param name="since">What an earlier look gave; null for the first.</param>
    /// <exception cref="Refusal">As <see cref="CountBookings.Run"/>.</exception>
    public static async Task<Row> Run(BookingFilter filter, Guid? since, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsView);
        var asked = await BookingQuery.Of(filter, who, db, cancel);
        var from = since ?? await Newest(who.OrganizationId, db, cancel);
        if (asked.IsNothing)
        {
            return new(from, []);
        }

        await using var reading = await db.Read(BookingSql.Newer(db, asked.Shape, 10 * Most), cancel);
        return new(from, await asked.Name(reading, db, Plan.Walk).With("since", db.Stored(from)).ToList(row => db.ReadId(row, 0), cancel));
    }

    /// <summary>The least id of a time a little before the newest booking's: ids begin with the millisecond they were made in.</summary>
    private static async Task<Guid> Newest(int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var newest = await db.ReadFirst(
            $"SELECT id FROM bookings WHERE organization_id = {organizationId} ORDER BY id DESC LIMIT 1",
            row => row.Id(),
            cancel
        );
        if (newest == Guid.Empty)
        {
            return newest;
        }

        Span<byte> bytes = stackalloc byte[16];
        newest.TryWriteBytes(bytes, bigEndian: true, out _);
        var at = Math.Max(0, (System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16) - Slack);
        bytes.Clear();
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, at << 16);
        return new(bytes, bigEndian: true);
    }
}
